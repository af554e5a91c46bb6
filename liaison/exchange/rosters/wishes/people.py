"""Sheets 04 and 05: staff, and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.rosters.lines import Line, Wish, words_of
from liaison.people.words import PostCategory

STANDINGS = {"在岗": True, "挂职": True, "离岗": False, "退休": False}  # may the account sign in?


def of_person(line: Line) -> Iterator[Wish]:
    """04 人员. An account without a password: the administrator hands one out."""
    number, login = line.key_code("staff_no", 40), line.code("login", 40).lower()
    values = {
        "name": line.text("name", 40),
        "unit_id": line.code("unit") or None,
        "login": login,
        "is_active": line.word("standing", STANDINGS),
    }
    fresh = {"staff_no": number, "login": login or number.lower(), "created_at": clock.now()}
    said = {"unit_id": "unit", "is_active": "standing", "no": "staff_no"}
    yield line.wish("person", f"{number} {values['name']}", {"no": number}, values, fresh=fresh, said=said)


def of_post(line: Line) -> Iterator[Wish]:
    """05 任职: what somebody owes follows from the category, never from the title."""
    first, last = line.needed_day("from_on"), line.day("until_on")
    if last and last < first:
        line.wrong("until_on", _("不能早于任职起。"))
    key = {
        "person_id": line.key_code("staff_no", 40),
        "unit_id": line.key_code("unit"),
        "title": line.needed_text("title", 60),
        "from_on": first,
    }
    values = {
        "until_on": last,
        "category": line.word("category", words_of(PostCategory)),
        "rank": line.text("rank", 10),
        "is_principal": line.yes("is_principal"),
        "order": line.count("order", 9999) or 0,
    }
    label = f"{key['person_id']} {key['title']}"
    yield line.wish("post", label, key, values, said={"person_id": "staff_no", "unit_id": "unit"})
