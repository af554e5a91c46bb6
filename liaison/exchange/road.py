"""The whole road as proof: every row of a table goes from import to closed, move by move, by the proper people.

In a database of its own that holds the demo university and its cast. Counts come out, never a text.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func, inspect, select

from liaison.core import clock, language
from liaison.core.db import db, engine_options
from liaison.exchange import actions, queries
from liaison.exchange.demo import building
from liaison.exchange.demo.company import Company
from liaison.exchange.entries import Entry, entries
from liaison.exchange.sheets import Unreadable, read
from liaison.people.actor import HOLDER
from liaison.tickets.actions import following
from liaison.tickets.actions.moving import make_move
from liaison.tickets.actions.raising import Raised
from liaison.tickets.models import Telling, Ticket, TicketEvent
from liaison.tickets.queries import visible
from workflows.ticket_states import State

CATEGORIES = {  # how collections of posts call them → our categories
    "宿舍住宿": "01", "水电空调与维修": "03", "网络与一卡通": "03", "教学教务": "04", "奖助学金": "07",
    "实习就业": "08", "安全与环境": "10", "学籍与证书": "12", "学费与收费": "13", "校园建设": "15",
    "快递与商业服务": "15", "学生管理": "16",
}  # fmt: skip
DEPARTMENTS = {  # who they say would act → our units; without a hint the category's own
    "信息中心": "it-centre", "后勤处": "logistics", "学生工作处": "student-affairs", "教务处": "academic-affairs",
    "研究生院": "academic-affairs", "财务处": "finance", "基建处": "construction", "保卫处": "campus-security",
    "就业指导中心": "careers",
}  # fmt: skip
ROAD = [State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.IN_PROGRESS, State.DEPT_REVIEW, State.OFFICE_REVIEW,
        State.FEEDBACK_PENDING, State.FEEDBACK_GIVEN]  # fmt: skip
ANSWER = "已到现场核对并处理，结果在学生事务大厅公示栏可以看到；还有不清楚的，凭查询码可以再问。"
RATING_OVER = timedelta(days=8)


@dataclass(frozen=True)
class Report:
    """How many went how far; `refused` are the rows that were never imported."""

    imported: int
    reached: dict[State, int]
    told: int
    closed: int
    refused: list[Entry]

    @property
    def is_whole(self) -> bool:
        return 0 < self.imported == self.closed


def walk(data: bytes) -> Report:
    """Take all rows of a CSV file through the whole road in the present database, which must be empty.

    Raises Unreadable, or what the process says where a move is refused. Commits once at the end.
    """
    building.build(clock.today())
    company = Company(Random(0))
    sheet = read(data)
    found = entries(sheet, queries.place_finder(), _category_finder())
    raised = actions.import_voices(company.actor("wang"), found, sheet.digest)
    good = [entry for entry in found if not entry.errors]
    walker = Walker(company)
    for entry, one in zip(good, raised, strict=True):
        walker.walk(entry, one)
    with clock.at(clock.now() + walker.passed + RATING_OVER):
        while following.close_settled():
            db.session.flush()
    db.session.commit()
    return _report(len(good), [entry for entry in found if entry.errors])


def _category_finder() -> Callable[[str], int | None]:
    own = queries.category_finder()
    return lambda name: own(CATEGORIES.get(name, name))


class Walker:
    """Makes the everyday moves of one ticket after the other, an hour between two of them."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.passed = timedelta()
        self.numbers = count()

    def walk(self, entry: Entry, raised: Raised) -> None:
        step = _Steps(self.company, raised.ticket_number)
        unit = self._unit(entry, step.ticket("wang"))
        handler, head = self.company.with_role("handler", unit)[0], self.company.with_role("head", unit)[0]
        category = step.ticket("wang").category_id or self.company.categories["20"]
        step("accept", "wang", urgency="ordinary", category=str(category))
        limit_class = step.ticket("wang").limit_class or "general"
        step("dispatch", "wang", lead=str(self.company.units[unit]), limit_class=str(limit_class))
        step("sign", handler, handler=str(self.company.people[handler]))
        step("submit_answer", handler, outcome="A", answer=ANSWER)
        step("head_approve", head)
        step("office_approve", "zhao-clerk")
        step("tell", "wang", voice_id=raised.voice_id, channel="phone")
        if next(self.numbers) % 2:
            self._rate(raised, step)
        self.passed = max(self.passed, step.passed)

    def _unit(self, entry: Entry, ticket: Ticket) -> str:
        """The hint first, then the unit the category usually goes to."""
        if entry.hint in DEPARTMENTS:
            return DEPARTMENTS[entry.hint]
        codes = {number: code for code, number in self.company.categories.items()}
        return building.usual_units()[codes.get(ticket.category_id or 0, "20")]

    def _rate(self, raised: Raised, step: _Steps) -> None:
        with clock.at(step.moment()):
            ticket = db.session.get_one(Ticket, raised.ticket_id)
            given: dict[str, Any] = {"solved": "yes", "satisfied": 5}
            make_move(ticket, "rate", actor=HOLDER, as_holder=True, voice_id=raised.voice_id, **given)
            following.follow(ticket, "rate")


class _Steps:
    """One move after another on one ticket; whoever makes it must be able to see the ticket."""

    def __init__(self, company: Company, number: str) -> None:
        self.company, self.number = company, number
        self.begun, self.passed = clock.now(), timedelta()

    def __call__(self, move: str, login: str, voice_id: int | None = None, **given: Any) -> None:
        with clock.at(self.moment()):
            make_move(self.ticket(login), move, actor=self.company.actor(login), voice_id=voice_id, **given)

    def ticket(self, login: str) -> Ticket:
        return visible.load(self.company.actor(login), self.number)

    def moment(self) -> datetime:
        self.passed += timedelta(hours=1)
        return self.begun + self.passed


def _report(imported: int, refused: list[Entry]) -> Report:
    """Counted from the event rows, not from what the walk believes it did."""
    by_state = select(TicketEvent.to_state, func.count(TicketEvent.ticket_id.distinct())).group_by(TicketEvent.to_state)
    reached = {row[0]: row[1] for row in db.session.execute(by_state)}
    told = db.session.scalar(select(func.count(Telling.voice_id.distinct()))) or 0
    closed = db.session.scalar(select(func.count()).where(Ticket.state == State.CLOSED)) or 0
    return Report(imported, reached, told, closed, refused)


@contextmanager
def own_database(url: str = "") -> Iterator[None]:
    """A fresh database with all tables: SQLite in a temporary folder, gone afterwards, or the empty one named,
    which keeps the road for whoever wants to look at it.

    Raises Unreadable where the named database holds anything.
    """
    with tempfile.TemporaryDirectory(prefix="liaison-road-") as folder:
        app = _bare_application(url or f"sqlite:///{Path(folder) / 'road.db'}")
        with app.app_context():
            if inspect(db.engine).get_table_names():
                raise Unreadable("这个数据库不是空的；请写一个空库的地址，或不写 --database-url。")
            try:
                db.create_all()
                yield
            finally:
                db.session.remove()
                db.engine.dispose()


def _bare_application(url: str) -> Flask:
    """The present settings without pages, on another database."""
    app = Flask("liaison")
    app.config.update(current_app.config)
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    language.init_app(app)
    return app
