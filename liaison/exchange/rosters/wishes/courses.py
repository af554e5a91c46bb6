"""Sheets 09 and 14: the courses leaders listen to; which unit a category's matters usually go to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from liaison.exchange.rosters.lines import Line, Wish, words_of
from workflows.ticket_words import LimitClass

TERM = re.compile(r"(20\d\d)[-—–~至]+(20\d\d)(?:学年)?[-—–~ 第]*([123一二三])(?:学期)?")
NUMBERS = {"一": "1", "二": "2", "三": "3"}


def of_course(line: Line) -> Iterator[Wish]:
    """09 思政课程, of one term; no timetable of students."""
    code, term = line.key_code("code", 20), _term(line)
    values = {
        "name": line.text("name", 60),
        "unit_id": line.code("unit") or None,
        "is_ideology": line.yes("is_ideology"),
    }
    said = {"term_id": "term", "unit_id": "unit"}
    yield line.wish("course", f"{code} {values['name']}", {"code": code, "term_id": term}, values, said=said)


def of_category(line: Line) -> Iterator[Wish]:
    """14 事项分类与派单目录: of a category its usual unit and class; what rulings settled stays as it is."""
    code = line.key_code("code", 2)
    values = {
        "name": line.text("name", 40),
        "lead_unit_id": line.code("unit") or None,
        "limit_class": line.word("limit_class", words_of(LimitClass)),
        "words": line.text("words", 400),
    }
    label = f"{code} {values['name']}"
    yield line.wish("category", label, {"code": code}, values, said={"lead_unit_id": "unit"})


def _term(line: Line) -> str:
    """2026-2027-1, however it is written."""
    said = line.key_code("term", 30)
    found = TERM.fullmatch(said)
    if said and not found:
        line.wrong("term", _("请写成 2026-2027-1。"))
    first, last, number = found.groups() if found else ("", "", "")
    return f"{first}-{last}-{NUMBERS.get(number, number)}"
