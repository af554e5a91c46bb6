"""附件1、附件2 as one workbook: a sheet that explains, a sheet of rows; counts are numbers, moments are dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from liaison.oversight.papers import mark_of
from liaison.oversight.record_forms import CUT_OFF, STRENGTHS, TITLES, RecordForm
from liaison.oversight.workbook import opened
from liaison.people.actor import Actor
from liaison.programmes.words import MonthlyFormKind

HISTORY = (("数据版本", 22), ("更正", 40))
COLUMNS = {  # heading and width
    MonthlyFormKind.FIVE_LINKS: (
        ("姓名", 10),
        ("职务", 18),
        ("项目", 10),
        ("群体、载体", 12),
        ("名称", 24),
        ("时间", 20),
        ("工作简况", 60),
        ("本人确认", 18),
        *HISTORY,
    ),
    MonthlyFormKind.THREE_STRENGTHS: (
        ("姓名", 10),
        ("部门", 18),
        ("职务", 18),
        *((word, 20) for word in STRENGTHS),
        ("联系载体：教师", 24),
        ("联系载体：学生", 24),
        ("工作内容", 70),
        ("收集问题", 10),
        ("已反馈", 10),
        ("本人确认", 18),
        *HISTORY,
    ),
}
MEANING = (
    "“收集问题”是当月联系中听到的诉求数，“已反馈”是其中已经告知反映人的数。",
    "同一次联系列入两行的，注明“（同次）”。",
    "空着的，是没有记录。",
)


def written(kind: MonthlyFormKind, month: date, forms: Sequence[RecordForm], reader: Actor) -> bytes:
    """The file. `reader`: whose copy it is."""
    file, notes = BytesIO(), forms[0].notes if forms else ()
    with opened(file) as book:
        book.explain((TITLES[kind][1], f"{month.year}年{month.month}月", CUT_OFF, *notes, *MEANING, mark_of(reader)))
        book.rows(TITLES[kind][0].replace(" ", ""), COLUMNS[kind], (row for form in forms for row in ROWS[kind](form)))
    return file.getvalue()


def _five_links(form: RecordForm) -> Iterator[list[Any]]:
    holder = form.holder
    for block, lines in (("五个联系", form.links), ("七个走进", form.entries)):
        for one in lines:
            yield [holder.name, holder.title, block, one.label, one.name, one.days, one.work, *_below(form)]


def _three_strengths(form: RecordForm) -> Iterator[list[Any]]:
    holder, plan = form.holder, form.plan
    carriers = ["；".join(plan.staff), "；".join(plan.groups)]
    counts = [form.collected, form.told]
    yield [holder.name, holder.unit, holder.title, *plan.strengths, *carriers, form.work, *counts, *_below(form)]


def _below(form: RecordForm) -> list[Any]:
    return [form.confirmed_at, form.edition, form.corrections]


ROWS = {MonthlyFormKind.FIVE_LINKS: _five_links, MonthlyFormKind.THREE_STRENGTHS: _three_strengths}
