"""What is asked: the rows of performance.md, one after another, by the people who do them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.core.db import db
from liaison.tickets.models import Ticket, Voice
from tests.bench import archive, rows
from tests.bench import university as u
from tests.bench.storage import Database
from tests.bench.visitor import Answer, Cost, Request, Visitor, measure
from workflows.ticket_states import State

TIMES = 40  # requests per row
CLERK, SECOND_CLERK, LEADER, CADRE = u.CLERKS[0], u.CLERKS[1], u.LEADERS[0], u.CADRES[0]
UNIT = u.RECEIVING[0]  # the busiest: two fifths of everything
HEAD, HANDLER, OTHER_HANDLER = u.head_of(UNIT), u.handler_of(UNIT), u.handler_of(UNIT, 1)


@dataclass(frozen=True)
class Goal:
    milliseconds: float
    statements: int


LIST, PAGE, DEED, CODE, SEARCH = Goal(4, 6), Goal(6, 12), Goal(5, 15), Goal(3, 4), Goal(10, 4)
FIGURES, FIGURE = Goal(300, 10), Goal(150, 10)  # issue 6: of server time


@dataclass(frozen=True)
class Work:
    """One measured row."""

    group: str
    name: str
    goal: Goal
    cost: Cost


class Day:
    """One round through everything, on one database."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app, self.database = app, database
        self.walked: list[str] = []  # numbers of the tickets that go the whole road

    def works(self) -> Iterator[Work]:
        yield from self._queues()
        yield from self._lists()
        yield from self._pages()
        yield from self.figures()
        yield from self._captures()
        yield from self._road()
        yield from self._side_steps()
        yield from self._code_pages()

    def _visitor(self, person_id: int | None) -> Visitor:
        return Visitor(self.app, self.database, person_id)

    def _get(self, group: str, name: str, goal: Goal, person: int | None, *requests: Request) -> Work:
        asked = [requests[n % len(requests)] for n in range(TIMES)]
        return Work(group, name, goal, measure(self._visitor(person), asked)[0])

    # --- reading -----------------------------------------------------------------------------------

    def _queues(self) -> Iterator[Work]:
        people = {"clerk": CLERK, "head": HEAD, "handler": HANDLER, "leader": LEADER, "director": u.DIRECTOR}
        for name, person in people.items():
            yield self._get("queue", name, LIST, person, Request("/queue"))
        yield self._get("queue", "clerk, one tab", LIST, CLERK, Request("/queue", "tab=triage"))

    def _lists(self) -> Iterator[Work]:
        deep = self._key_at(200 * 25)
        asked = {
            "plain": "",
            "page 200": f"after={deep}",
            "open": "progress=open",
            "one stage": "stage=resolve",
            "one state": "state=in_progress",
            "closed": "state=closed",
            "closed, page 200": f"state=closed&after={deep}",
            "one unit": f"unit={UNIT}",
            "one unit, open": f"unit={UNIT}&progress=open",
            "one category": "category=3",
            "a term": f"term={self._term()}",
        }
        for name, query in asked.items():
            yield self._get("list", name, LIST, CLERK, Request("/tickets/", query))
        for name, person in {"head": HEAD, "handler": HANDLER, "leader": LEADER, "cadre": CADRE}.items():
            yield self._get("list", f"plain, {name}", LIST, person, Request("/tickets/"))
        yield self._get("list", "page 200, head", LIST, HEAD, Request("/tickets/", f"after={deep}"))
        for name, word in {"frequent": "宿舍", "rare": "驿站", "absent": "恐龙"}.items():
            look = Request("/tickets/", urlencode({"text": word}))
            yield self._get("search", f"two characters, {name}", SEARCH, CLERK, look)

    def _pages(self) -> Iterator[Work]:
        closed = [Request(f"/tickets/{number}") for number in self._numbers(State.CLOSED, TIMES)]
        yield self._get("ticket page", "closed, four events", PAGE, CLERK, *closed)
        working = [Request(f"/tickets/{number}") for number in self._numbers(State.IN_PROGRESS, TIMES)]
        yield self._get("ticket page", "in progress, head", PAGE, HEAD, *working)
        triage = [Request(f"/tickets/{number}") for number in self._numbers(State.TRIAGE, TIMES)]
        yield self._get("ticket page", "triage, with its forms", PAGE, CLERK, *triage)

    def figures(self) -> Iterator[Work]:
        """The month that is running: the whole catalogue, and the list behind a figure of each set."""
        yield self._get("figures", "dashboard of the office", FIGURES, u.DIRECTOR, Request("/dashboard"))
        yield self._get("figures", "the catalogue of a month", FIGURES, u.DIRECTOR, Request("/figures"))
        for name in ("answered_final.cohort", "on_time_final.due", "satisfied_wide.flow", "open_stock.stock"):
            yield self._get("figures", f"list, {name}", FIGURE, u.DIRECTOR, Request(f"/figures/{name}"))

    # --- writing -----------------------------------------------------------------------------------

    def _captures(self) -> Iterator[Work]:
        yield self._get("capture", "open the page", DEED, LEADER, Request("/contacts/new"))
        plain = [Request("/contacts/new", form=self._contact(n, "")) for n in range(TIMES)]
        cost, _answers = measure(self._visitor(CADRE), plain, expect=303)
        yield Work("capture", "file without a problem", DEED, cost)
        last = self._last_ticket()
        heard = [Request("/contacts/new", form=self._contact(n, self._said(n))) for n in range(TIMES)]
        cost, answers = measure(self._visitor(LEADER), heard, expect=303)
        yield Work("capture", "file with one problem", DEED, cost)
        self.walked = self._numbers_after(last)
        assert len(self.walked) == len(answers), "every capture opens one ticket"

    def _contact(self, n: int, said: str) -> tuple[tuple[str, str], ...]:
        at = clock.local(clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
        return (
            ("form_id", uuid.uuid4().hex),
            ("kind", "enter_dorm"),
            ("place_id", str(u.PLACES[n])),
            ("place_text", ""),
            ("held_at", at),
            ("channel", "face_to_face"),
            ("leaders", str(LEADER if said else CADRE)),
            ("summary", ""),
            ("second_kind", ""),
            ("minutes", ""),
            ("problems-0-text", said),
            ("problems-0-kind", "help"),
            ("problems-0-category_id", "3"),
            ("problems-0-answer", ""),
            ("late_reason", ""),
            ("acknowledged", "yes"),
        )

    def _said(self, n: int) -> str:
        return f"{n}区{archive.sayings()[n % 100]}"

    def _road(self) -> Iterator[Work]:
        """The everyday road, each step by its person."""
        answer = (("outcome", "A"), ("answer", rows.ANSWERED))
        steps: list[tuple[str, int, tuple[tuple[str, str], ...]]] = [
            ("accept", CLERK, (("urgency", "ordinary"), ("category", "3"))),
            ("dispatch", CLERK, (("lead", str(UNIT)), ("limit_class", "general"), ("instruction", "请到现场查看。"))),
            ("sign", HEAD, (("handler", str(HANDLER)),)),
            ("progress", HANDLER, (("note", "已到现场查看，配件明天到。"),)),
            ("submit_answer", HANDLER, answer),
            ("head_approve", HEAD, ()),
            ("office_approve", SECOND_CLERK, ()),
        ]
        for move, person, typed in steps:
            yield self._move(move, person, self.walked, typed)
        told = (("channel", "face_to_face"), ("telling_note", ""))
        yield self._move("tell", LEADER, self.walked, told, with_voice=True)
        pages = [Request(f"/tickets/{number}") for number in self.walked]
        yield self._get("ticket page", "told, nine events", PAGE, CLERK, *pages)
        yield self._move("reopen", CLERK, self.walked, (("reason", "反映人说热水又停了，需要再查。"),))

    def _side_steps(self) -> Iterator[Work]:
        triage = self._numbers(State.TRIAGE, 3 * TIMES)
        yield self._move("ask_info", CLERK, triage[:TIMES], (("question", "是几楼的哪一间？"),))
        yield self._move("supplement", CLERK, triage[:TIMES], (("text", "是三楼东边的水房。"),))
        review = self._numbers(State.OFFICE_REVIEW, TIMES)
        yield self._move("office_return", CLERK, review, (("reason", "请写明完成的日期。"),))

    def _move(
        self,
        move: str,
        person: int,
        numbers: list[str],
        typed: tuple[tuple[str, str], ...],
        *,
        with_voice: bool = False,
    ) -> Work:
        requests = []
        for number, version, voice in self._rows(numbers):
            named = (("voice", str(voice)),) if with_voice else ()
            requests.append(Request(f"/tickets/{number}/{move}", form=(("version", str(version)), *named, *typed)))
        cost, _answers = measure(self._visitor(person), requests, expect=303)
        return Work("move", move, DEED, cost)

    # --- the student -------------------------------------------------------------------------------

    def _code_pages(self) -> Iterator[Work]:
        told = self._codes(Voice.opened_at.is_not(None))
        looks = [Request(f"/code/{code}") for code in told]
        yield self._get("code page", "look at the link", CODE, None, *looks)
        pages = [Request("/code", form=(("code", code),)) for code in told]
        yield self._get("code page", "open again", CODE, None, *pages)
        untold = self._codes(Voice.opened_at.is_(None), Ticket.state == State.FEEDBACK_PENDING)
        first = [Request("/code", form=(("code", code),)) for code in untold]
        yield Work("code page", "first opening, which tells", DEED, measure(self._visitor(None), first)[0])

    # --- what is there -----------------------------------------------------------------------------

    def _ask(self, statement: Any) -> list[Any]:
        with self.app.app_context():
            found = list(db.session.execute(statement))
            db.session.remove()
        return found

    def _numbers(self, state: State, count: int) -> list[str]:
        """Tickets of the archive in a state, at the busiest unit where they have one; the newest."""
        at_unit = (Ticket.lead_unit_id == UNIT) if state.stage.value == "resolve" else True
        wanted = select(Ticket.number).where(Ticket.state == state, at_unit, Ticket.number.startswith("LX-0"))
        normal = wanted.where(Ticket.confidentiality == "normal").order_by(Ticket.id.desc()).limit(count)
        found = [number for (number,) in self._ask(normal)]
        assert found, f"no ticket is {state}"
        return found

    def _rows(self, numbers: list[str]) -> list[Any]:
        wanted = select(Ticket.number, Ticket.version, func.min(Voice.id)).join(Voice, Voice.ticket_id == Ticket.id)
        return self._ask(wanted.where(Ticket.number.in_(numbers)).group_by(Ticket.number, Ticket.version))

    def _key_at(self, depth: int) -> int:
        return int(self._ask(select(Ticket.id).order_by(Ticket.id.desc()).offset(depth).limit(1))[0][0])

    def _last_ticket(self) -> int:
        return int(self._ask(select(func.max(Ticket.id)))[0][0])

    def _numbers_after(self, key: int) -> list[str]:
        return [number for (number,) in self._ask(select(Ticket.number).where(Ticket.id > key).order_by(Ticket.id))]

    def _term(self) -> int:
        return int(self._ask(select(Term.id).order_by(Term.first_monday.desc()))[0][0])

    def _codes(self, *where: Any) -> list[str]:
        normal = [Ticket.confidentiality == "normal", Ticket.number.startswith("LX-0"), *where]
        wanted = select(Voice.id).join(Ticket, Ticket.id == Voice.ticket_id).where(*normal)
        return [archive.code_of(key) for (key,) in self._ask(wanted.order_by(Voice.id.desc()).limit(TIMES))]


__all__ = ["Answer", "Day", "Goal", "Work"]
