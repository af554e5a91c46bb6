"""联系制度 in the demo: links of every sort, days away, courses, rounds of the five links; then what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from liaison.calendars.models import Term
from liaison.contacts.actions.crediting import renew
from liaison.core import clock
from liaison.core.clock import moment
from liaison.core.db import db
from liaison.exchange.demo.calendar_of_visits import Visit
from liaison.exchange.demo.content import Row
from liaison.exchange.demo.school_year import Season
from liaison.people.models import Link, StaffLink
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.in_force import known
from liaison.programmes.models import Absence, Course, StaffObliged
from liaison.programmes.queries.people import obliged_ids
from liaison.programmes.words import AbsenceType

SITES = {  # leader → the college whose 党总支, 班子, 党支部 he keeps contact with, and a young teacher there
    "li": ("mechanical", "mechanical-1"),
    "president": ("mathematics", "liaison-mathematics"),
    "deputy-secretary": ("computing", "computing-1"),
    "discipline-secretary": ("civil", "liaison-civil"),
    "chen": ("electrical", "liaison-electrical"),
    "vice-teaching": ("management", "management-1"),
    "vice-staff": ("languages", "liaison-languages"),
    "vice-careers": ("life-sciences", "liaison-life-sciences"),
}
AWAY: list[tuple[str, AbsenceType, int, int]] = [  # who, why, from so many days before today, for so many days
    ("discipline-secretary", AbsenceType.TRAINING, 45, 19),
    ("vice-staff", AbsenceType.BUSINESS, 24, 3),
    ("chen", AbsenceType.BUSINESS, 10, 2),
    ("zhang", AbsenceType.LEAVE, 30, 5),
    ("library-head", AbsenceType.SICK, 60, 40),
]
COURSES = {  # 思政课 of every term
    "IP101": "思想道德与法治",
    "IP102": "中国近现代史纲要",
    "IP103": "马克思主义基本原理",
    "IP104": "形势与政策",
}
LISTED = ("mechanical-head", "computing-head", "management-head", "electrical-cadre")  # asked to visit a family
ROUND: list[tuple[str, str, str, int]] = [  # kind, unit of the college, what is said of it, minutes
    ("visit_general_branch", "general-branch-{}", "到党总支了解一线情况。", 70),
    ("on_site_office", "{}", "驻点办公半天，听取师生意见。", 190),
    ("visit_branch", "branch-{}", "参加学生党支部的学习活动。", 60),
]
DONE = 0.75  # of the rounds a month asks for
Keys = dict[str, int]


def build(units: Keys, people: Keys, since: date, today: date) -> None:
    """Rows beside those of `building`; links to classes, dormitories and clubs are there already."""
    tied = [
        {"person_id": people[leader], "unit_id": units[unit], "from_on": since}
        for leader, (college, _teacher) in SITES.items()
        for unit in (college, f"general-branch-{college}", f"branch-{college}")
    ]
    young = [
        {"person_id": people[leader], "colleague_id": people[teacher], "is_young_teacher": True, "from_on": since}
        for leader, (_college, teacher) in SITES.items()
    ]
    db.session.execute(insert(Link), tied)
    db.session.execute(insert(StaffLink), young)
    db.session.execute(insert(StaffObliged), [{"person_id": people[one], "from_on": since} for one in LISTED])
    db.session.execute(
        insert(Absence), [_away(people[who], today, why, before, days) for who, why, before, days in AWAY]
    )


def courses(units: Keys) -> None:
    """The ideology courses, in every term there is."""
    rows = [
        {"code": code, "name": name, "term_id": term, "unit_id": units["marxism"], "is_ideology": True}
        for term in db.session.scalars(select(Term.id))
        for code, name in COURSES.items()
    ]
    db.session.execute(insert(Course), rows)


def rounds(term: Season, today: date, seed: int) -> Iterator[tuple[Visit, str]]:
    """What each leader did of the five links in the months of a term, with a chance of its own."""
    chance = Random(f"{seed} rounds")
    month, last = term.first_monday.replace(day=1), min(term.last_day, today - timedelta(days=1))
    while month <= last:
        for leader, (college, _teacher) in SITES.items():
            for kind, unit, words, minutes in ROUND:
                day = month + timedelta(days=chance.randrange(6, 27))
                is_done = chance.random() < DONE
                if is_done and term.first_monday <= day <= last and day.weekday() < 5:
                    yield _visit(day, chance, kind, unit.format(college), words, minutes), leader
        month = (month + timedelta(days=32)).replace(day=1)


def count() -> None:
    """Put every programme in force and compute once what the two terms come to."""
    settle_programmes(all_in_force=True)
    school = known().school
    for year in (school.academic_year(clock.today() - timedelta(days=365)), school.academic_year(clock.today())):
        renew(obliged_ids(), year)


def _away(person_id: int, today: date, why: AbsenceType, before: int, days: int) -> Row:
    first = today - timedelta(days=before)
    return {"person_id": person_id, "type": why, "from_on": first, "until_on": first + timedelta(days=days - 1)}


def _visit(day: date, chance: Random, kind: str, place: str, words: str, minutes: int) -> Visit:
    held_at: datetime = moment(day, time(chance.choice([9, 10, 14]), chance.choice([0, 10, 30])))
    line: dict[str, Any] = {"text": words, "minutes": minutes, "students": "6-20"}
    return Visit(held_at, kind, place, line)
