"""How long a whole university takes to come in: 2 140 people, 959 classes, 4 424 rooms in one workbook (issue 5)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from openpyxl import Workbook

from liaison import create_app
from liaison.core.db import db
from liaison.exchange.models import RosterImport
from liaison.exchange.rosters import closing, planning, reading, undoing, writing
from liaison.exchange.rosters.sheets import BY_CODE
from liaison.people.actions import first_administrator
from liaison.people.actor import Actor
from liaison.people.queries.accounts import by_login
from liaison.people.queries.acting import actor_of

GOAL = 30  # seconds
PEOPLE, CLASSES, ROOMS, COLLEGES = 2140, 959, 4424, 30
Sheets = dict[str, list[dict[str, Any]]]


def university() -> Sheets:
    """Its rosters, row by row."""
    college = [f"Y{n:02d}" for n in range(COLLEGES)]
    units = [{"code": code, "name": f"第{code}学院", "type": "院系", "can_receive_tickets": "否"} for code in college]
    people = [{"staff_no": f"{n:06d}", "name": f"教师{n}", "unit": college[n % COLLEGES]} for n in range(1, PEOPLE + 1)]
    posts = [
        {**post, "title": "教师", "category": "其他", "from_on": "2026年9月1日", "is_principal": "是"}
        for post in ({"staff_no": one["staff_no"], "unit": one["unit"]} for one in people)
    ]
    classes = [
        {"code": f"B{n:04d}", "name": f"{n}班", "college": college[n % COLLEGES], "grade": "2026", "size": 11}
        for n in range(CLASSES)
    ]
    rooms = [
        {
            "building": f"L{n // 150:02d}",
            "name": f"{n // 150}号楼",
            "campus": "本部",
            "room": f"{n % 150 + 101}",
            "size": 4,
        }
        for n in range(ROOMS)
    ]
    return {"org_unit": units, "person": people, "appointment": posts, "class": classes, "dorm": rooms}


def workbook(sheets: Sheets) -> bytes:
    book = Workbook(write_only=True)
    for code, rows in sheets.items():
        columns = [column for column in BY_CODE[code].columns if column.code in rows[0]]
        sheet = book.create_sheet(BY_CODE[code].title)
        for row in [[column.title for column in columns], *([row[c.code] for c in columns] for row in rows)]:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure() -> dict[str, float]:
    """CPU seconds of each step, in the order in which they happen."""
    data = workbook(university())
    with TemporaryDirectory() as folder:
        settings = {"INSTANCE": folder, "DATABASE_URL": f"sqlite:///{folder}/rosters.db", "SECRET_KEY": "only here"}
        app = create_app(settings)
        with app.app_context():
            db.create_all()
            first_administrator()
            db.session.commit()
            return dict(_steps(data, _administrator()))


def _administrator() -> Actor:
    person = by_login("admin")
    actor = actor_of(person.id) if person else None
    assert actor is not None
    return actor


def _steps(data: bytes, actor: Actor) -> Iterator[tuple[str, float]]:
    book, seconds = _timed(lambda: reading.unpacked(reading.read(data).packed()))
    yield "read", seconds
    plan, seconds = _timed(lambda: planning.plan(book, actor))
    assert not plan.faults
    yield "looked through", seconds

    def write() -> int:
        again = planning.plan(book, actor)
        key = writing.write(again, closing.closings(again, actor), (), actor, lambda _done, _of: None)
        db.session.commit()
        return key

    key, seconds = _timed(write)
    yield "written", seconds
    _same, seconds = _timed(lambda: planning.plan(book, actor))
    yield "looked through again", seconds

    def undo() -> int:
        found = undoing.undo(db.session.get_one(RosterImport, key), actor)
        db.session.commit()
        return len(found.stay)

    stayed, seconds = _timed(undo)
    assert stayed == 0
    yield "taken back", seconds


def _timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    begun = process_time()
    done = deed()
    return done, process_time() - begun


def line() -> str:
    """For the page of benchmarks."""
    steps = measure()
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in steps.items())
    whole = sum(steps[name] for name in ("read", "looked through", "written"))
    size = f"{PEOPLE} people with posts, {CLASSES} classes, {ROOMS} rooms"
    return f"A workbook of {size} (goal {GOAL} s): {whole:.1f} s; {told}."


if __name__ == "__main__":
    print(line())
