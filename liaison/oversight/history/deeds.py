"""What may stand in a line: the moves of `workflows/tickets.py`, and a few deeds beside them.

A fact that a person would type and no figure looks at may be left out; USUAL stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from liaison.calendars import in_force
from liaison.calendars.limit_rules import Days, Limits
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.actions import limits
from liaison.oversight.history.house import House
from liaison.people.actor import Actor
from liaison.tickets.actions import checks, recurring, sampling
from liaison.tickets.actions.moving import make_move
from liaison.tickets.actions.raising import raise_voice
from liaison.tickets.models import Ticket
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.models.voices import Source
from liaison.tickets.queries.names import own_voice
from workflows.ticket_words import CheckResult, Confidentiality, Kind, LimitClass
from workflows.tickets import TICKETS

Facts = dict[str, Any]
DAYS = {"due_on", "expected_on", "meeting_on", "review_on"}
UNITS = {"lead", "suggested_unit", "praised_unit"}
OF_A_VOICE = {"tell", "rate", "mark_unreachable", "reopen", "reopen_onspot"}

USUAL: dict[str, Any] = {  # for what a move needs and no figure looks at
    "answer": "已到现场查看并处理完毕，今后按周巡查，再有问题请照旧反映。",
    "basis": "职责范围和现有条件",
    "alternative": "可以先使用邻近的同类设施",
    "reason_class": "facts",
    "reason": "见历史文件",
    "question": "请补充时间和地点",
    "text": "补充的情况见历史文件",
    "note": "已到现场，正在处理",
    "duty_clause": "机构职责第1条",
    "decision": "按会议决定办理",
    "invited": "有关单位",
    "options": "按历史文件",
    "plan_name": "年度计划",
    "owner": "承办单位",
    "route": "请向有关渠道反映",
    "order": "请按期办理",
}
CODES = {"redirect": "outside", "request_return": "not_our_duty", "mark_unreachable": "unopened"}


class Deeds:
    """Does one line after another; knows each ticket by the name the file gives it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.tickets: dict[str, int] = {}
        self.voices: dict[str, int] = {}

    def do(self, deed: str, name: str, part: str, facts: Facts) -> None:
        """One deed by the public action for it. What the action refuses, it raises."""
        if deed in BESIDE:
            BESIDE[deed](self, name, part, facts)
            return
        self._move(deed, name, part, facts)

    def ticket(self, name: str) -> Ticket:
        return db.session.get_one(Ticket, self.tickets[name])

    def _move(self, deed: str, name: str, part: str, facts: Facts) -> None:
        unit = str(facts.pop("unit", ""))
        about = self.voices[str(facts.pop("voice", name))] if deed in OF_A_VOICE else None
        ticket = self.ticket(name)
        actor = self.house.actor(part.removeprefix("co_"), ticket, unit)
        roles: Facts = {"as_system": part == "system", "as_holder": part == "holder"}
        make_move(ticket, deed, actor=actor, voice_id=about, **roles, **self._given(deed, ticket, facts))
        if deed == "split":
            self._name_children(ticket, facts)

    def _name_children(self, parent: Ticket, facts: Facts) -> None:
        """T05 splits into T05.1, T05.2 … where the file names none."""
        mine = next(name for name, key in self.tickets.items() if key == parent.id)
        born = db.session.scalars(db.select(Ticket.id).where(Ticket.parent_id == parent.id).order_by(Ticket.id)).all()
        for place, key in enumerate(born):
            names = facts.get("names") or []
            name = names[place] if place < len(names) else f"{mine}.{place + 1}"
            self.tickets[name], self.voices[name] = key, own_voice(key)

    def _given(self, deed: str, ticket: Ticket, facts: Facts) -> Facts:
        """What was typed, as the move wants it: names turned into keys, days into days, the usual words added."""
        given = {name: self._value(name, value) for name, value in facts.items() if name != "names"}
        if deed == "sign" and ticket.lead_unit_id:
            given.setdefault("handler", str(self.house.person("handler", ticket.lead_unit_id)))
        if deed == "confirm_onspot":
            given.setdefault("answered_by", str(self.house.filer()))
        if deed == "accept":
            given.setdefault("urgency", "ordinary")
            given.setdefault("category", str(self.house.categories["03"]))
        if deed in CODES:
            given.setdefault("reason_code", CODES[deed])
        for need in (str(need) for need in TICKETS.move(deed).needs):
            if need in USUAL:
                given.setdefault(need, USUAL[need])
        if str(given.get("outcome")) == "D":
            given = {name: USUAL[name] for name in ("reason_class", "basis", "alternative")} | given
        return given

    def _value(self, name: str, value: Any) -> Any:
        if name in UNITS:
            return str(self.house.unit(value))
        if name == "co":
            return [str(self.house.unit(one)) for one in value]
        if name == "co_questions":
            return {str(self.house.unit(one)): words for one, words in value.items()}
        if name == "category":
            return str(self.house.categories[value])
        if name == "lead_ticket":
            return self.ticket(value).number
        if name in DAYS:
            return date.fromisoformat(value)
        if name == "milestones":
            return [date.fromisoformat(day) for day in value]
        return datetime.fromisoformat(value).replace(tzinfo=clock.CHINA) if name == "called_at" else value

    # --- beside the moves --------------------------------------------------------------------------

    def submit(self, name: str, part: str, facts: Facts) -> None:
        """A voice with its ticket. `raised` is when it was said, where it was typed later."""
        raised = facts.get("raised")
        found = raise_voice(
            self._actor(part),
            text=facts.get("text") or "同学反映的一件事，见历史文件",
            place_id=self.house.place(facts.get("place", "宿舍楼")),
            raised_at=datetime.fromisoformat(raised).replace(tzinfo=clock.CHINA) if raised else clock.now(),
            kind=Kind(facts.get("kind", "help")),
            source=Source.OFFICE,
            category_id=self.house.categories.get(facts.get("category", "")),
            is_urgent=bool(facts.get("urgent")),
            on_spot_answer=facts.get("on_spot", ""),
            answered_by_id=self.house.filer() if facts.get("on_spot") else None,
            confidentiality=Confidentiality(facts.get("confidentiality", "normal")),
        )
        self.tickets[name], self.voices[name] = found.ticket_id, found.voice_id

    def look(self, name: str, part: str, facts: Facts) -> None:
        """核实 without a move, on a file that is answered or shut."""
        kind, result = CheckKind(facts.get("kind", "site")), CheckResult(facts["result"])
        checks.look(self.ticket(name), result, kind, actor=self._actor(part), version=None, note=facts.get("note", ""))

    def recurrence(self, name: str, part: str, facts: Facts) -> None:
        """确认复发: this ticket is `of` come back."""
        recurring.confirm(self.ticket(name), self.ticket(facts["of"]), actor=self._actor(part))

    def seed(self, _name: str, _part: str, facts: Facts) -> None:
        """The seed of the present month's draw."""
        sampling.open_month(clock.today().replace(day=1), facts["seed"])

    def draw(self, name: str, _part: str, _facts: Facts) -> None:
        """抽取回访: the lot decides."""
        sampling.draw(self.ticket(name))

    def limits(self, _name: str, part: str, facts: Facts) -> None:
        """A class of time limits, for what is dispatched from now on. Days."""
        present, limit_class = in_force.rules(), LimitClass(facts.get("class", "general"))
        before = present.rows[limit_class]
        steps: Mapping[str, Any] = {
            name: Days(facts[name]) if name in facts else getattr(before, name)
            for name in ("accept", "triage", "sign", "handle", "office", "feedback")
        }
        extension = int(facts.get("extension", before.extension))
        changed = Limits(**steps, extension=extension, calendar=before.calendar)
        limits.change(limit_class, changed, self._actor(part), base=present.label, note="历史文件")
        db.session.commit()
        in_force.renew()

    def _actor(self, part: str) -> Actor:
        return self.house.actor(part, None)


BESIDE: dict[str, Callable[[Deeds, str, str, Facts], None]] = {
    "submit": Deeds.submit,
    "look": Deeds.look,
    "recurrence": Deeds.recurrence,
    "seed": Deeds.seed,
    "draw": Deeds.draw,
    "limits": Deeds.limits,
}
