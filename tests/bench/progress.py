"""Progress of a large university (issue 5): a year recomputed from nothing, one contact's change, the two pages.

2 140 staff who all owe a contact a week, nine of them every line of the three programmes; 85 600 contacts in forty
weeks; on both databases, on one core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions import crediting
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import SYSTEM
from liaison.programmes.actions.editions import save_edition
from liaison.programmes.derived import Credit, Progress
from liaison.programmes.queries import rules
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import ContactKind, MeetingChannel, Period, QuantityUnit, SubjectRole
from tests.bench import university
from tests.bench.storage import Database, build
from tests.bench.visitor import Request, Visitor, measure
from workflows.contacts import State

NAME, YEAR, WEEKS, TIMES = "progress", "2026-2027", 40, 40
NOW = clock.moment(date(2027, 7, 20))
STARTS = (date(2026, 9, 7), date(2027, 3, 1))  # twenty weeks each
KINDS = [ContactKind.ENTER_DORM, ContactKind.ENTER_GROUP, ContactKind.ENTER_CANTEEN, ContactKind.IDEOLOGY_LECTURE]
PERSON = university.LEADERS[0]
FIRST = (PERSON - 1) * WEEKS + 1  # of his contacts
TABLE = "/progress"
PAGES = {  # name, who, address, query
    "my duties": (PERSON, "/duties", ""),
    "the office's table, a month": (university.CLERKS[0], TABLE, "programme=MOE19&period=2027-06"),
    "the office's table, a term": (university.CLERKS[0], TABLE, "programme=MOE19&period=2026-2027-2"),
    "the office's table, five links": (university.CLERKS[0], TABLE, "programme=FJ21&period=2026-2027-2"),
}
WEEKLY = RuleText(
    code="BENCH-WEEK",
    title="每周联系一次",
    subject_role=SubjectRole.CADRE,
    period=Period.WEEK,
    minimum=1,
    unit=QuantityUnit.WEEKS,
    channel=MeetingChannel.FACE_TO_FACE,
)


def measured(database: Database, app_for: Callable[[str], Flask]) -> list[tuple[str, str, str]]:
    """What was done, the goal, and what it took in CPU time."""
    with clock.at(NOW):
        build(database, NAME, app_for, [*university.tables(), *_year()])
        app = app_for(database.url(NAME))
        with app.app_context():
            _weekly()
            found = [("a year from nothing", "≤ 60 s", f"{_seconds(database, recomputing.recompute):.1f} s")]
            db.session.remove()
            database.finish(NAME)  # what autovacuum does within the minute, where it is on
            found += [
                ("one contact's change", "milliseconds", _milliseconds(database, _changed)),
                ("nothing to do: the tick", "", f"{_seconds(database, recomputing.renew_stale):.1f} s"),
            ]
            sizes = [db.session.scalar(select(func.count()).select_from(one)) for one in (Contact, Credit, Progress)]
            db.session.remove()
        pages = [(name, "≤ 300 ms", _page(app, database, *asked)) for name, asked in PAGES.items()]
        with app.app_context():
            db.engine.dispose()
    return [("contacts, credits, lines", "", " · ".join(f"{size:,}" for size in sizes)), *found, *pages]


def table(of: dict[str, list[tuple[str, str, str]]]) -> list[str]:
    """The lines of a table with a column for each database."""
    head = ["Progress of 2 140 people (CPU time, one core; pages: program + server · statements).", ""]
    rows = zip(*of.values(), strict=True)
    lines = [f"| {one[0][0]} | {one[0][1]} | {' | '.join(cell[2] for cell in one)} |" for one in rows]
    return [*head, f"| work | goal | {' | '.join(of)} |", f"| --- | --- |{' ---: |' * len(of)}", *lines]


def _page(app: Flask, database: Database, person: int, path: str, query: str) -> str:
    cost, _answers = measure(Visitor(app, database, person), [Request(path, query)] * (TIMES // 2))
    return f"{cost.program:.1f}+{cost.server:.1f} ms · {cost.statements}"


def _weekly() -> None:
    """Everybody owes a contact a week."""
    moe19 = rules.programme("MOE19")
    assert moe19 is not None
    lines = [_text(one) for one in rules.requirements(rules.editions(moe19.id)[0].id)]
    save_edition(SYSTEM, moe19, [*lines, WEEKLY], base=1, from_on=date(2026, 1, 1))
    db.session.commit()


def _text(line: Any) -> RuleText:
    """A stored line as it is typed."""
    names = RuleText.__dataclass_fields__
    return replace(RuleText(**{name: getattr(line, name) for name in names}), kinds=tuple(line.kinds))


def _year() -> Iterator[tuple[Any, str, Iterator[tuple[Any, ...]]]]:
    """Two terms, and one contact a week for everybody, on weekdays in turn."""
    yield Term, "id name academic_year term_no first_monday teaching_weeks exam_weeks last_day", _terms()
    columns = "id number state held_at filed_at filed_by_id place_id kind channel minutes"
    yield Contact, columns, (_contact(key) for key in range(1, university.STAFF * WEEKS + 1))
    leaders = ((key, key, _filer(key), _held(key)) for key in range(1, university.STAFF * WEEKS + 1))
    yield ContactLeader, "id contact_id person_id confirmed_at", leaders


def _terms() -> Iterator[tuple[Any, ...]]:
    for number, first in enumerate(STARTS, start=1):
        last = first + timedelta(weeks=20, days=-1)
        yield number, f"第{number}学期", YEAR, number, first.isoformat(), 18, 2, last.isoformat()


def _contact(key: int) -> tuple[Any, ...]:
    person, week, at = _filer(key), _week(key), _held(key)
    place = university.PLACES[(person * 7 + week) % len(university.PLACES)]
    kind = KINDS[(person + week) % len(KINDS)].value
    return key, f"LJ{key}", State.CONFIRMED.value, at, at, person, place, kind, MeetingChannel.FACE_TO_FACE.value, 60


def _filer(key: int) -> int:
    return (key - 1) // WEEKS + 1


def _week(key: int) -> int:
    return (key - 1) % WEEKS


def _held(key: int) -> str:
    person, week = _filer(key), _week(key)
    monday = STARTS[week // 20] + timedelta(weeks=week % 20)
    held_at = clock.moment(monday + timedelta(days=(person + week) % 5)) + timedelta(hours=10 + person % 9)
    return held_at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _changed(number: int) -> None:
    """A leader's contact becomes one of another kind: what every deed on a contact costs besides itself."""
    contact = FIRST + number % WEEKS
    kind = ContactKind.RECEPTION_DAY if number % 2 else ContactKind.ENTER_CLUB
    db.session.execute(update(Contact).where(Contact.id == contact).values(kind=kind))
    crediting.recount(contact)
    db.session.commit()
    recomputing.count_new()


def _milliseconds(database: Database, work: Callable[[int], None]) -> str:
    """The median of forty, with what the tick does about it."""
    spent = median(_seconds(database, lambda n=n: work(n)) for n in range(TIMES))  # type: ignore[misc]
    return f"{spent * 1000:.1f} ms"


def _seconds(database: Database, work: Callable[[], Any]) -> float:
    """Of the program and of the server that answers it."""
    begun = process_time() + database.processor_time()
    work()
    return process_time() + database.processor_time() - begun
