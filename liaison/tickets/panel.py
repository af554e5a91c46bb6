"""One ticket as a person sees it: its page, and exactly the buttons he may press now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request

from liaison.access import parts_of
from liaison.core import clock
from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.core.language import said
from liaison.people.actor import Actor
from liaison.tickets import counting, presenting, sentences
from liaison.tickets.counting import Counted
from liaison.tickets.forms import EVERYDAY, EXTRA, PER_VOICE, MoveForm, form_for
from liaison.tickets.models import Category, Ticket
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import page as reading_page
from liaison.tickets.queries import visible
from workflows.engine import Move, Offer, offers
from workflows.ticket_words import Urgency
from workflows.tickets import TICKETS

KEYS = {  # one letter per move, for triage without a mouse
    "accept": "a",
    "dispatch": "d",
    "ask_info": "i",
    "supplement": "i",
    "sign": "s",
    "progress": "p",
    "submit_answer": "r",
    "submit_answer_direct": "r",
    "head_approve": "y",
    "head_approve_direct": "y",
    "office_approve": "y",
    "head_return": "n",
    "office_return": "n",
    "close": "c",
    "close_untold": "c",
    "reopen": "o",
    "confirm_onspot": "y",
    "record_praise": "y",
}
MAIN = {  # the step that leads on; drawn first and in the accent
    "accept",
    "dispatch",
    "sign",
    "submit_answer",
    "submit_answer_direct",
    "head_approve",
    "head_approve_direct",
    "office_approve",
    "supplement",
    "close",
    "close_untold",
    "confirm_onspot",
    "record_praise",
}


DEEDS = {  # what the button of the form says: the deed, not «submit»; the rest use the move's own word
    "accept": _l("受理这件事项"),
    "confirm_onspot": _l("确认当场解决"),
    "record_praise": _l("转达表扬"),
    "ask_info": _l("请提交人补充"),
    "supplement": _l("补上这些情况"),
    "dispatch": _l("交办给主办单位"),
    "sign": _l("签收"),
    "progress": _l("记下进展"),
    "submit_answer": _l("提交负责人审定"),
    "submit_answer_direct": _l("提交答复"),
    "head_approve": _l("审定通过，报党政办公室"),
    "head_approve_direct": _l("审定通过，备好答复"),
    "head_return": _l("退回经办人修改"),
    "office_approve": _l("审核通过，备好答复"),
    "office_return": _l("退回部门修改"),
    "tell": _l("记下已经告知"),
    "mark_unreachable": _l("标为无法告知"),
    "close": _l("办结"),
    "close_untold": _l("未能告知，办结"),
    "reopen": _l("重新办理"),
    "reopen_onspot": _l("重新研判"),
    "withdraw": _l("撤回"),
    "void": _l("作废"),
}


@dataclass(frozen=True)
class Button:
    """A move with its form. `opened`: it was sent and came back with something to mend."""

    move: Move
    form: MoveForm
    key: str | None
    is_main: bool
    opened: bool = False

    @property
    def label(self) -> str:
        return self.move.label

    @property
    def deed(self) -> Any:
        return DEEDS.get(self.move.name, self.move.label)

    @property
    def needed(self) -> list[Any]:
        """What the process asks for, in its order."""
        return [f for f in self._fields if f.name not in self._extra_names]

    @property
    def extra(self) -> list[Any]:
        """What may be added; folded."""
        return [f for f in self._fields if f.name in self._extra_names]

    @property
    def extra_title(self) -> str:
        return _("暂不能办的，请填原因、依据和替代办法") if "reason_class" in self._extra_names else _("更多")

    @property
    def extra_open(self) -> bool:
        return any(f.errors or f.data for f in self.extra)

    @property
    def has_fields(self) -> bool:
        return bool(self._fields)

    @property
    def _fields(self) -> list[Any]:
        return [f for f in self.form if f.name not in {"csrf_token", "version", "voice"}]

    @property
    def _extra_names(self) -> list[str]:
        return EXTRA.get(self.move.name, [])


class Panel:
    """Everything `templates/tickets/_ticket.html` draws, asked for once."""

    def __init__(
        self,
        actor: Actor,
        ticket: Ticket,
        *,
        posted: tuple[str, MoveForm] | None = None,
        all_events: bool = False,
        back: str = "",
    ) -> None:
        self.actor, self.ticket, self.posted, self.back = actor, ticket, posted, back or request.form.get("back", "")
        self.page = reading_page.load_page(ticket, all_events=all_events)
        self.names = self.page.names
        self.facts = presenting.four_facts(ticket)
        self.due_words, self.due_tone = presenting.due(ticket, clock.now())
        self.who = presenting.who_has_it(ticket, self.names)
        self.waited = presenting.waited_days(ticket)
        self.promise = presenting.promise_words(ticket)
        self.marks = presenting.marks(ticket)
        self.limit = presenting.limit_words_beside(ticket)

    @cached_property
    def entries(self) -> list[dict[str, str]]:
        return sentences.entries(self.page.events)

    @cached_property
    def counted(self) -> Counted | None:
        """Which days of the limit were counted."""
        return counting.counted(self.ticket, self.page.events)

    @cached_property
    def offers(self) -> list[Offer]:
        rows = [(a.unit_id, a.handler_id) for a in self._open_co_assignments()]
        parts = parts_of(self.actor, visible.relation(self.actor, self.ticket, rows))
        facts = reading.facts_for(self.actor, self.ticket)
        return offers(TICKETS, state=self.ticket.state, parts=parts, facts=facts)

    def _open_co_assignments(self) -> Sequence[Any]:
        return [a for a in self.page.assignments if a.duty is Duty.CO and a.ending is None]

    @cached_property
    def buttons(self) -> list[Button]:
        """The moves this person may make now, the leading one first."""
        names = [o.move.name for o in self.offers if not o.reasons and o.move.name in set(EVERYDAY) - PER_VOICE]
        if self.posted and self.posted[0] not in {*names, *PER_VOICE}:
            names.append(self.posted[0])  # what was typed must not vanish with the button
        return sorted((self._button(name) for name in names), key=lambda button: not button.is_main)

    def _button(self, name: str) -> Button:
        is_posted = self.posted is not None and self.posted[0] == name
        form = self.posted[1] if self.posted and is_posted else drawn_form(self.actor, self.ticket, name)
        form.version.data = self.ticket.version
        return Button(TICKETS.move(name), form, KEYS.get(name), name in MAIN, is_posted)

    def voice_buttons(self, voice: Any) -> list[Button]:
        """Telling, or marking unreachable, beside the voice it is about."""
        if voice.told_at:
            return []
        live = [o.move.name for o in self.offers if not o.reasons and o.move.name in PER_VOICE]
        if voice.unreachable:
            live = [name for name in live if name != "mark_unreachable"]
        return [self._voice_button(name, voice) for name in live]

    def _voice_button(self, name: str, voice: Any) -> Button:
        is_posted = bool(self.posted and self.posted[0] == name and self.posted[1]["voice"].data == voice.id)
        form = self.posted[1] if self.posted and is_posted else drawn_form(self.actor, self.ticket, name)
        form.version.data, form["voice"].data = self.ticket.version, voice.id
        return Button(TICKETS.move(name), form, None, name == "tell", is_posted)

    @cached_property
    def waiting_for(self) -> list[tuple[str, str]]:
        """What still stands in the way of a move that will be this person's: label and reason."""
        blocked = [o for o in self.offers if o.reasons and o.move.name in {"close", "submit_answer", "sign"}]
        return [(o.move.label, said(o.reasons)) for o in blocked]


def drawn_form(actor: Actor, ticket: Ticket, move: str) -> MoveForm:
    """The form of a move before anybody typed: what is known is filled in."""
    return form_for(move, ticket, presets(actor, ticket, move), posted=False)


def presets(actor: Actor, ticket: Ticket, move: str) -> dict[str, Any]:
    """What the form proposes, so that a clear ticket needs no typing."""
    if move == "accept":
        urgency = Urgency.URGENT if ticket.is_urgent else Urgency.ORDINARY
        return {"urgency": urgency.value, "category": str(ticket.category_id or "")}
    if move == "dispatch":
        category = db.session.get(Category, ticket.category_id) if ticket.category_id else None
        lead = category.lead_unit_id if category else None
        return {"lead": str(lead or ""), "limit_class": ticket.limit_class.value if ticket.limit_class else None}
    if move == "sign":
        return {"handler": str(actor.id)}
    if move == "confirm_onspot":
        return {"answer": reading.spot_answer(ticket.id), "answered_by": str(ticket.filed_for_id or ticket.filed_by_id)}
    return {}
