"""Progress of a large university (issue 5): a year recomputed from nothing, one contact's change, one person's lines.

2 140 staff who all owe a contact a week, nine of them every line of the three programmes; 85 600 contacts in forty
weeks; on SQLite, on one core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Any

from sqlalchemy import func, insert, select, update

from liaison import create_app
from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions import crediting
from liaison.contacts.models import Contact, ContactLeader
from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import SYSTEM
from liaison.people.models import Post
from liaison.people.words import PostCategory
from liaison.programmes.actions.editions import save_edition, settle_programmes
from liaison.programmes.derived import Credit, Progress
from liaison.programmes.queries import progress, rules
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import ContactKind, MeetingChannel, Period, QuantityUnit, SubjectRole
from tests.bench import university
from tests.bench.storage import KEPT
from workflows.contacts import State

YEAR, WEEKS, TIMES = "2026-2027", 40, 40
NOW = clock.moment(date(2027, 7, 20))
STARTS = (date(2026, 9, 7), date(2027, 3, 1))  # twenty weeks each
KINDS = [ContactKind.ENTER_DORM, ContactKind.ENTER_GROUP, ContactKind.ENTER_CANTEEN, ContactKind.IDEOLOGY_LECTURE]
GOALS = {"a year from nothing": "≤ 60 s", "one contact's change": "milliseconds", "one person's lines": "≤ 300 ms"}
WEEKLY = RuleText(
    code="BENCH-WEEK",
    title="每周联系一次",
    subject_role=SubjectRole.CADRE,
    period=Period.WEEK,
    minimum=1,
    unit=QuantityUnit.WEEKS,
    channel=MeetingChannel.FACE_TO_FACE,
)


def measure() -> list[str]:
    """What it took, in CPU time, beside the goals: lines of a table."""
    app = create_app({"INSTANCE": str(KEPT), "DATABASE_URL": _fresh(), "SECRET_KEY": "only for measuring"})
    with app.app_context(), clock.at(NOW):
        _build()
        whole = _seconds(recomputing.recompute)
        change = median(_seconds(lambda n=n: _changed(n)) for n in range(TIMES))
        person = university.LEADERS[0]
        read = median(_seconds(lambda: progress.lines_of([person], YEAR)) for _n in range(TIMES))
        sizes = [db.session.scalar(select(func.count()).select_from(one)) for one in (Contact, Credit, Progress)]
        db.session.remove()
        db.engine.dispose()
    told = [f"{whole:.1f} s", f"{change * 1000:.1f} ms", f"{read * 1000:.1f} ms"]
    rows = [f"| {name} | {goal} | {took} |" for (name, goal), took in zip(GOALS.items(), told, strict=True)]
    head = "Progress: {:,} contacts, {:,} credits, {:,} lines of 2 140 people (CPU time, one core, SQLite).".format(
        *sizes
    )
    return [head, "", "| work | goal | took |", "| --- | --- | ---: |", *rows]


def _fresh() -> str:
    KEPT.mkdir(parents=True, exist_ok=True)
    for end in ("", "-wal", "-shm"):
        (KEPT / f"progress.db{end}").unlink(missing_ok=True)
    return f"sqlite:///{KEPT / 'progress.db'}"


def _build() -> None:
    db.create_all()
    for model, names, rows in university.tables():
        _fill(model, names, rows)
    db.session.execute(update(Post).values(category=PostCategory.DIVISION_DEPUTY))
    leaders = update(Post).where(Post.person_id.in_(list(university.LEADERS)))
    db.session.execute(leaders.values(category=PostCategory.VICE_LEADER))
    for number, first in enumerate(STARTS, start=1):
        weeks = {"teaching_weeks": 18, "exam_weeks": 2, "last_day": first + timedelta(weeks=20, days=-1)}
        db.session.add(Term(name=f"第{number}学期", academic_year=YEAR, term_no=number, first_monday=first, **weeks))
    settle_programmes(all_in_force=True)
    moe19 = rules.programme("MOE19")
    assert moe19 is not None
    lines = [_text(one) for one in rules.requirements(rules.editions(moe19.id)[0].id)]
    save_edition(SYSTEM, moe19, [*lines, WEEKLY], base=1, from_on=date(2026, 1, 1))
    _contacts()
    db.session.commit()


def _text(line: Any) -> RuleText:
    """A stored line as it is typed."""
    names = RuleText.__dataclass_fields__
    return replace(RuleText(**{name: getattr(line, name) for name in names}), kinds=tuple(line.kinds))


def _fill(model: Any, names: str, rows: Iterator[tuple[Any, ...]]) -> None:
    """Past the column types: the generator writes them as SQLite keeps them."""
    columns = names.split()
    table = model.__table__
    given = [
        {
            column.name: column.default.arg
            for column in table.columns
            if column.default is not None and column.default.is_scalar
        }
        | dict(zip(columns, row, strict=True))
        for row in rows
    ]
    named, marks = (", ".join(form.format(name) for name in given[0]) for form in ('"{}"', ":{}"))
    statement = f"INSERT INTO {table.name} ({named}) VALUES ({marks})"
    db.session.connection().connection.driver_connection.executemany(statement, [_plain(row) for row in given])  # type: ignore[union-attr]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "value", value) for name, value in row.items()}


def _contacts() -> None:
    """One a week for everybody, on weekdays in turn."""
    contacts, leaders = [], []
    days = [first + timedelta(weeks=n) for first in STARTS for n in range(WEEKS // 2)]
    for person in range(1, university.STAFF + 1):
        for week, monday in enumerate(days):
            held_at = clock.moment(monday + timedelta(days=(person + week) % 5)) + timedelta(hours=10 + person % 9)
            key = len(contacts) + 1
            contacts.append(
                {
                    "id": key,
                    "number": f"LJ{key}",
                    "state": State.CONFIRMED,
                    "held_at": held_at,
                    "filed_at": held_at,
                    "filed_by_id": person,
                    "place_id": university.PLACES[(person * 7 + week) % len(university.PLACES)],
                    "kind": KINDS[(person + week) % len(KINDS)],
                    "channel": MeetingChannel.FACE_TO_FACE,
                    "minutes": 60,
                }
            )
            leaders.append({"contact_id": key, "person_id": person, "confirmed_at": held_at})
    db.session.execute(insert(Contact), contacts)
    db.session.execute(insert(ContactLeader), leaders)


def _changed(number: int) -> None:
    """A leader's contact becomes one of another kind: what every deed on a contact costs besides itself."""
    contact = (university.LEADERS[0] - 1) * WEEKS + 1 + number % WEEKS
    kind = ContactKind.RECEPTION_DAY if number % 2 else ContactKind.ENTER_CLUB
    db.session.execute(update(Contact).where(Contact.id == contact).values(kind=kind))
    crediting.follow([contact])
    db.session.commit()


def _seconds(work: Callable[[], Any]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


if __name__ == "__main__":
    print("\n".join(measure()))
