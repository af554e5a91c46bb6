"""What may stand in a line: the moves of `workflows/tickets.py`, and a few deeds beside them.

A fact that a person would type and no figure looks at may be left out; USUAL stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from liaison.calendars import in_force
from liaison.calendars.limit_rules import Days, Limits
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.actions import limits
from liaison.oversight.history.house import House
from liaison.people.actor import Actor
from liaison.tickets.actions import checks, knowing, recurring, sampling
from liaison.tickets.actions.moving import make_move
from liaison.tickets.actions.raising import raise_voice
from liaison.tickets.models import Ticket
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.models.voices import Source
from liaison.tickets.queries.names import own_voice
from workflows.needs import Need
from workflows.ticket_words import CheckResult, Confidentiality, Kind, LimitClass
from workflows.tickets import TICKETS

Facts = dict[str, Any]
Word = TypeVar("Word", bound=StrEnum)
Shape = TypeVar("Shape", bool, int, list[Any])
DAYS = {"due_on", "expected_on", "meeting_on", "review_on"}
UNITS = {"lead", "suggested_unit", "praised_unit"}
OPTIONAL = {  # facts that no move insists on, beside those of `workflows/needs.py`
    *("co", "co_questions", "co_due", "extension_days", "names", "reason_class", "alternative", "review_on"),
    *("level", "kind", "receipt", "instruction", "internal_note", "checklist", "told_channel"),
}
LISTS = {"co", "names", "children", "milestones"}
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
        """One deed by the public action for it. What the action refuses, it raises; LookupError and ValueError say in
        words what the line lacks or misspells, KeyError which fact is missing."""
        beside, known = BESIDE.get(deed, (None, OF_MOVES))
        if unknown := set(facts) - known:
            raise ValueError(f"facts 里不认识 {'、'.join(sorted(unknown))}。")
        for one in LISTS & facts.keys():
            _shaped(facts, one, list, "写成一列：[…]")
        if beside:
            beside(self, name, part, facts)
        else:
            self._move(deed, name, part, facts)

    def ticket(self, name: str) -> Ticket:
        return db.session.get_one(Ticket, _of(self.tickets, name, "前面没有叫“{}”的事项。"))

    def _move(self, deed: str, name: str, part: str, facts: Facts) -> None:
        unit = str(facts.pop("unit", ""))
        ticket, whose = self.ticket(name), str(facts.pop("voice", name))
        about = _of(self.voices, whose, "前面没有“{}”的诉求。") if deed in OF_A_VOICE else None
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
            given.setdefault("category", str(self.house.category("03")))
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
            return str(self.house.category(value))
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
            kind=_word(Kind, facts.get("kind", "help")),
            source=Source.OFFICE,
            category_id=self.house.category(facts["category"]) if "category" in facts else None,
            is_urgent=_shaped(facts, "urgent", bool, "写 true 或 false"),
            on_spot_answer=facts.get("on_spot", ""),
            answered_by_id=self.house.filer() if facts.get("on_spot") else None,
            confidentiality=_word(Confidentiality, facts.get("confidentiality", "normal")),
        )
        self.tickets[name], self.voices[name] = found.ticket_id, found.voice_id

    def look(self, name: str, part: str, facts: Facts) -> None:
        """核实 without a move, on a file that is answered or shut."""
        kind, result = _word(CheckKind, facts.get("kind", "site")), _word(CheckResult, facts["result"])
        checks.look(self.ticket(name), result, kind, actor=self._actor(part), version=None, note=facts.get("note", ""))

    def know(self, name: str, part: str, _facts: Facts) -> None:
        """知悉: the filer opens the answer, on the page of his ticket or before a visit."""
        knowing.open_answer(self.ticket(name), actor=self._actor(part))

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
        present, limit_class = in_force.rules(), _word(LimitClass, facts.get("class", "general"))
        before = present.rows[limit_class]
        steps: Mapping[str, Any] = {
            name: Days(_days(facts, name)) if name in facts else getattr(before, name)
            for name in ("accept", "triage", "sign", "handle", "office", "feedback")
        }
        extension = _days(facts, "extension") if "extension" in facts else before.extension
        changed = Limits(**steps, extension=extension, calendar=before.calendar)
        limits.change(limit_class, changed, self._actor(part), base=present.label, note="历史文件")
        db.session.commit()
        in_force.renew()

    def _actor(self, part: str) -> Actor:
        return self.house.actor(part, None)


def _of(known: Mapping[str, int], name: str, sentence: str) -> int:
    if name not in known:
        raise LookupError(sentence.format(name))
    return known[name]


def _word(words: type[Word], value: Any) -> Word:
    if not isinstance(value, str) or value not in set(words):
        raise ValueError(f"“{value}”不在可选的词里：{'、'.join(words)}。")
    return words(value)


def _days(facts: Facts, name: str) -> int:
    days = _shaped(facts, name, int, "写天数，如 7")
    if days < 0 or isinstance(days, bool):
        raise ValueError(f"{name} 要写天数，如 7。")
    return days


def _shaped(facts: Facts, name: str, shape: type[Shape], how: str) -> Shape:
    """The fact, or the empty one of its kind where it is left out."""
    value = facts.get(name, shape())
    if not isinstance(value, shape):
        raise ValueError(f"{name} 要{how}。")
    return value


OF_MOVES = {*map(str, Need), *OPTIONAL}
BESIDE: dict[str, tuple[Callable[[Deeds, str, str, Facts], None], set[str]]] = {  # each with the facts it knows
    "submit": (Deeds.submit, set("raised text place kind category urgent on_spot confidentiality".split())),
    "look": (Deeds.look, {"kind", "result", "note"}),
    "know": (Deeds.know, set()),
    "recurrence": (Deeds.recurrence, {"of"}),
    "seed": (Deeds.seed, {"seed"}),
    "draw": (Deeds.draw, set()),
    "limits": (Deeds.limits, set("class accept triage sign handle office feedback extension".split())),
}
