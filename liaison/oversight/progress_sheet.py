"""条目完成表 as a workbook: person by requirement, in organisational order (domain.md §5.4); nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any

from liaison.oversight import duties as words
from liaison.oversight.progress_rows import Codes, Row
from liaison.oversight.workbook import opened
from liaison.programmes.reckoning import Line, Rule

WHO = (("姓名", 10), ("职务", 24))
EACH = (("完成", 8), ("要求", 8), ("状态", 12))
REMARKS = (("备注", 40),)
MEANING = (
    "一行一人，按组织机构顺序，不加总，不排名。每个条目三列：已计入的数、要求的数、状态。",
    "空白：这个条目不要求此人。免计的没有要求数。倡导的条目只列出，不作要求。待本人确认的联系不计入，写在备注。",
)


def write(people: Iterable[Row], columns: Mapping[Codes, Rule], today: date, into: IO[bytes], said: list[str]) -> int:
    """Returns how many people. `said`: title, period, whose copy, what for."""
    heads = [(f"{rule.title}：{name}", width) for rule in columns.values() for name, width in EACH]
    with opened(into) as book:
        book.explain([*said, *MEANING])
        return book.rows("条目完成表", [*WHO, *heads, *REMARKS], (_cells(one, columns, today) for one in people))


def _cells(row: Row, columns: Iterable[Codes], today: date) -> Iterator[Any]:
    yield from (row.name, row.title)
    for codes in columns:
        line = row.line(codes)
        yield from _told(line, today) if line else (None, None, None)
    yield "；".join(row.remarks)


def _told(line: Line, today: date) -> tuple[Any, Any, str]:
    """What a person declared of his time is a band of words, not a number."""
    done = words.amount_words(line) if line.band else line.done
    return done, line.required, words.duty(line, today).status
