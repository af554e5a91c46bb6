"""Histories of chance: deeds that fit the state, by whose they are; what the process refuses does not happen."""

from contextlib import suppress
from datetime import date, timedelta

from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.oversight.history.deeds import Deeds
from liaison.oversight.history.house import House
from workflows.engine import MoveRefused
from workflows.ticket_states import State

S = State
BEGIN = date(2026, 3, 2)
UNITS = ("一处", "二处", "三处")
ASKED = "三处"
MAY: dict[S, list[tuple[str, str]]] = {
    S.SUBMITTED: [("accept", "clerk")] * 9 + [("merge", "clerk"), ("withdraw", "filer"), ("confirm_onspot", "clerk")],
    S.TRIAGE: [("dispatch", "clerk")] * 12
    + [("redirect", "director"), ("merge", "clerk"), ("split", "clerk"), ("ask_info", "clerk"), ("void", "director")]
    + [("designate", "director")],
    S.INFO_NEEDED: [("supplement", "filer")],
    S.DISPATCHED: [("sign", "handler")] * 5 + [("request_return", "head"), ("merge", "clerk")],
    S.RETURN_REQUESTED: [("uphold_return", "clerk"), ("uphold_return", "director"), ("reject_return", "director")],
    S.IN_PROGRESS: [("submit_answer", "handler")] * 9
    + [("progress", "handler"), ("extend", "director"), ("convene", "director"), ("interim_answer", "head")]
    + [("plan", "director"), ("ask_info", "handler"), ("merge", "clerk"), ("co_answer", "co_head")] * 2,
    S.COORDINATING: [("meeting_result", "director")],
    S.LONG_TERM: [("review_plan", "head"), ("resume", "head")],
    S.DEPT_REVIEW: [("head_approve", "head")] * 5 + [("head_return", "head")],
    S.OFFICE_REVIEW: [("office_approve", "clerk")] * 5 + [("office_return", "clerk")],
    S.FEEDBACK_PENDING: [("tell", "clerk")] * 5 + [("know", "filer")] * 2 + [("reopen", "clerk")],
    S.FEEDBACK_GIVEN: [("rate", "holder")] * 2
    + [("look", "checker")] * 2
    + [("close", "system")] * 3
    + [("reopen", "clerk"), ("tell", "clerk"), ("know", "filer")],
    S.CLOSED: [("look", "checker"), ("reopen", "clerk"), ("reopen_onspot", "clerk"), ("rate", "holder")]
    + [("know", "filer")] * 2,
    S.REDIRECTED: [("tell", "clerk")],
    S.MERGED: [("unmerge", "clerk"), ("know", "filer")] + [("remain", "")] * 4,  # mostly it stays so
}
EVERYDAY = "accept dispatch sign submit_answer head_approve office_approve tell".split()  # chance alone seldom ends it
REFUSED = (BadInput, Conflict, NotAllowed, MoveRefused, LookupError)


def house():
    """The university of every walk: its units stand before the first deed, for a refused one is rolled back."""
    with clock.at(lambda: clock.moment(BEGIN)):
        made = House()
        for unit in UNITS:
            made.unit(unit)
        made.place("宿舍楼")
    return made


class Walk:
    """Some tickets that live through some weeks of March and April 2026. Commits nothing."""

    def __init__(self, house, chance):
        self.deeds, self.chance, self.now = Deeds(house), chance, clock.moment(BEGIN)

    def go(self, tickets, steps):
        with clock.at(lambda: self.now):
            for n in range(tickets):
                self._later()
                facts = {"on_spot": "当场答复了同学的问题，已经办好"} if self.chance.random() < 0.15 else {}
                facts |= {"kind": "praise"} if self.chance.random() < 0.05 else {}
                self.deeds.submit(f"T{n}", "filer", facts)
            if self.chance.random() < 0.5:
                self._finish("T0")
            for _step in range(steps):
                self._later()
                self._step()
            db.session.flush()

    def _later(self):
        self.now += timedelta(hours=self.chance.choice([0.3, 2, 5, 20]))

    def _finish(self, name):
        """The everyday road to its end, where the time for ratings is over."""
        for deed in EVERYDAY:
            self._later()
            ticket = self.deeds.ticket(name)
            parts = dict(MAY.get(ticket.state, ()))
            if deed in parts:
                self._do(deed, parts[deed], name, ticket)
        self.now += timedelta(days=self.chance.choice([1, 8, 8]))

    def _step(self):
        name = self.chance.choice(list(self.deeds.tickets))
        ticket = self.deeds.ticket(name)
        if ticket.state not in MAY:
            return
        deed, part = self.chance.choice(MAY[ticket.state])
        if self.chance.random() < 0.03 and ticket.handled_at is None:
            deed, part = "recurrence", "clerk"
        self._do(deed, part, name, ticket)

    def _do(self, deed, part, name, ticket):
        with suppress(*REFUSED):
            with db.session.begin_nested():
                self.deeds.do(deed, name, part, self._facts(deed, ticket))
            return
        db.session.expire_all()

    def _facts(self, deed, ticket):
        today, pick = clock.today(), self.chance.choice
        other = pick([name for name in self.deeds.tickets if self.deeds.tickets[name] != ticket.id])
        facts = {
            "dispatch": lambda: self._dispatched(pick(UNITS), pick(["general", "general", "simple", "complex"])),
            "co_answer": lambda: {"unit": ASKED},
            "designate": lambda: {"lead": pick(UNITS), "limit_class": "general"},
            "merge": lambda: {"lead_ticket": other},
            "recurrence": lambda: {"of": other},
            "request_return": lambda: {"suggested_unit": pick(UNITS)},
            "submit_answer": lambda: {"outcome": pick("AAAD")},
            "extend": lambda: {"due_on": str(today + timedelta(days=pick([3, 6, 9])))},
            "convene": lambda: {"meeting_on": str(today)},
            "meeting_result": lambda: {"due_on": str(today + timedelta(days=9))} if pick([0, 1]) else {},
            "interim_answer": lambda: {"expected_on": str(today + timedelta(days=20))},
            "plan": lambda: {"milestones": [str(today + timedelta(days=2))], "expected_on": str(today + timedelta(30))},
            "review_plan": lambda: {"milestone_state": pick(["reached", "delayed", "dropped"])},
            "split": lambda: {"children": ["图书馆的座位太少了", "奖学金还没有发下来"]},
            "tell": lambda: {"channel": pick(["phone", "class_meeting"]), "voice": self._a_voice(ticket)},
            "rate": lambda: {"solved": pick(["yes", "no", "partly"]), "satisfied": pick([1, 2, 3, 4, 5])},
            "look": lambda: {"result": pick(["true", "true", "false", "unreached"]), "note": "当面问过"},
            "reopen": lambda: {"reason": f"又坏了（{self.chance.random()}）"},
            "reopen_onspot": lambda: {"reason": f"又坏了（{self.chance.random()}）"},
        }
        return facts[deed]() if deed in facts else {}

    def _dispatched(self, lead, limit_class):
        """Now and then another unit is asked beside the lead."""
        facts = {"lead": lead, "limit_class": limit_class}
        asked = {"co": [ASKED], "co_questions": {ASKED: "电表归谁管？"}}
        return facts | asked if lead != ASKED and self.chance.random() < 0.4 else facts

    def _a_voice(self, ticket):
        """Its own, or that of a ticket merged into it."""
        mine = [n for n, key in self.deeds.tickets.items() if key == ticket.id or self._leads_to(key, ticket.id)]
        return self.chance.choice(mine)

    def _leads_to(self, key, lead):
        return self.deeds.ticket(next(n for n, k in self.deeds.tickets.items() if k == key)).merged_into_id == lead
