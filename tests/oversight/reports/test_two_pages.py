"""月报 is two pages of words: whatever was heard, its tables stand in the annex (domain.md §5.2)."""

from dataclasses import replace
from io import BytesIO
from math import ceil

import pytest
from docx import Document

from liaison.oversight import report_document
from liaison.oversight.papers import clipped
from liaison.oversight.queries.reports import Unwritten
from liaison.oversight.reports import making, periods
from liaison.oversight.reports.blocks import Column, Table
from liaison.oversight.reports.heard import CLIP, HOT, MOST, PROBLEM
from tests.factories import actor

LINES, CHARACTERS = 2 * 22, 28  # of two pages, of a line (GB/T 9704-2012)
TABLE = 8  # lines that five matters of two small lines and their head take: 5 × 33 pt + 22 pt and the air
TABLES_IN_ORDER = [
    "表1　校领导联系情况",
    "表2　承办部门办理情况",
    "表3　没有办成的和长期推进的",
    "表4　诉求类别",
    "表5　指标表",
]


@pytest.fixture
def full(november):
    """November, with five matters heard together most, each as long as it may be."""
    words = Unwritten(account="走" * 50, next_steps="看" * 50)
    found = making.report(periods.of("2026-11"), words)
    heads = tuple(Column(name) for name in ("问题", "诉求", "承办部门", "目标和期限", "工作措施"))
    row = (clipped("热" * 99, PROBLEM), 28, "后勤保障处", "11月30日前答复", clipped("换" * 99, CLIP))
    hot = Table(HOT, heads, (row,) * MOST)
    sections = [
        replace(one, paragraphs=(), tables=(hot, *one.tables)) if HOT in one.heading else one for one in found.sections
    ]
    return replace(found, sections=tuple(sections))


def word_of(report):
    return Document(BytesIO(report_document.written(report, actor("director"), "报校党委", finalised_at=None)))


def test_the_words_and_the_five_matters_are_two_pages(full):
    texts = [one.text for one in word_of(full).paragraphs]
    body = texts[: texts.index("附件：1.领导班子成员“五联七进”工作记录表") - 1]
    assert body[-2:] == ["七、下月安排", "看" * 50]
    assert sum(lines(part) for text in body for part in text.split("\n")) + TABLE <= LINES


def test_the_tables_stand_numbered_in_the_annex_and_the_text_says_where(full):
    word = word_of(full)
    texts = [one.text for one in word.paragraphs]
    annex = texts[texts.index("附件4") + 1 :]
    assert [text for text in annex if text.startswith("表")] == TABLES_IN_ORDER
    assert "见附件4表1。" in texts
    assert any(text.endswith("见附件4表2、表3。") for text in texts)
    assert word.tables[0].rows[0].cells[0].text == "问题"  # the five stay in the body


def test_an_annex_that_is_the_only_one_has_no_number(november):
    november["time"].to("2027-03-06 09:00")
    texts = [one.text for one in word_of(making.report(periods.of("2026-2027-1"), Unwritten())).paragraphs]
    assert {"附件：数据表", "附件", "见附件表1、表2。"} <= set(texts)


def test_the_date_begins_two_characters_after_the_office(full):
    office, day = (one for one in word_of(full).paragraphs if one.text in ("党政办公室", "2026年12月6日"))
    begins = [width(one.text) + one.paragraph_format.right_indent.pt / 16 for one in (office, day)]
    assert begins[0] - begins[1] == 2
    assert day.paragraph_format.right_indent.pt == 32


def lines(text):
    """Figures take half a character; each paragraph begins two in."""
    return max(ceil((width(text) + 2) / CHARACTERS), 1)


def width(text):
    return sum(0.5 if one.isascii() else 1 for one in text)
