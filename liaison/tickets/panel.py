"""One ticket as a person sees it: its page, and exactly the buttons he may press now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for

from liaison.access import parts_of
from liaison.core import clock
from liaison.core.language import said
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets import counting, presenting, sentences
from liaison.tickets.actions import assists, noting, publishing, recurring, requesting
from liaison.tickets.buttons import AT_HAND, Button, deed_button, drawn_form, move_button
from liaison.tickets.counting import Counted
from liaison.tickets.forms import DEED_FORMS, PAGES, PER_VOICE, MoveForm, Offered, form_for
from liaison.tickets.forms.moves import fill
from liaison.tickets.models import Ticket
from liaison.tickets.models.requests import Life, Standing
from liaison.tickets.models.work import Duty
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import page as reading_page
from liaison.tickets.queries import recurrences, requests, visible
from workflows.assists import ASSISTS
from workflows.engine import Offer, offers
from workflows.parts import DIRECTORS, LEAD_UNIT, OFFICE, RECEPTION, Part
from workflows.proposals import PROPOSABLE
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality
from workflows.tickets import TICKETS

ASKED_BY = {"propose", "ask_extension"}  # the events that say something was asked for
YES_NO = ("agree", "decline")
SAID_WHY = {"close", "submit_answer", "sign", "unmerge", "resume"}  # where what still stands in the way is said


@dataclass(frozen=True)
class Posted:
    """A form that came back: of which deed, and of which row where it is about one (a voice, a co-unit, a request)."""

    name: str
    form: MoveForm
    row: int = 0


class Panel:
    """Everything `templates/tickets/_ticket.html` draws, asked for once."""

    def __init__(
        self,
        actor: Actor,
        ticket: Ticket,
        *,
        posted: Posted | None = None,
        all_events: bool = False,
        back: str = "",
    ) -> None:
        self.actor, self.ticket, self.posted, self.back = actor, ticket, posted, back or request.form.get("back", "")
        self.asked = request.args.get("do", "")  # the side road whose form is wanted
        self.page = reading_page.load_page(ticket, all_events=all_events)
        self.names = self.page.names
        self.facts = presenting.four_facts(ticket)
        self.who = presenting.who_has_it(ticket, self.names)
        self.waited = presenting.waited_days(ticket)
        self.promise = presenting.promise_words(ticket)
        self.marks = presenting.marks(ticket)
        self.limit = presenting.limit_words_beside(ticket)

    @cached_property
    def due(self) -> tuple[str, str]:
        """Until when, with its tone: for a unit that only helps its own day, not the lead's."""
        own = None if self.parts & (LEAD_UNIT | RECEPTION | DIRECTORS) else self._own_help
        return presenting.due_of_help(self.ticket, own) if own else presenting.due(self.ticket, clock.now())

    @property
    def _own_help(self) -> Any | None:
        units = self.actor.at(Role.HEAD) | self.actor.at(Role.HANDLER)
        return next((a for a in self._open_co_assignments() if a.unit_id in units and a.due_at), None)

    @cached_property
    def offered(self) -> Offered:
        """What the forms offer to choose from."""
        return Offered(self.ticket)

    @property
    def is_sealed(self) -> bool:
        return self.ticket.confidentiality is Confidentiality.SEALED

    @cached_property
    def entries(self) -> list[dict[str, str]]:
        return sentences.entries(self.page.events, is_sealed=self.is_sealed)

    @property
    def ground(self) -> str:
        """Why a unit gives it back, for whoever rules on that."""
        asked = [event for event in self.page.events if event.move == "request_return"]
        if self.ticket.state is not State.RETURN_REQUESTED or not asked or self.is_sealed:
            return ""
        return sentences.entries(asked[-1:])[0]["sentence"]

    @cached_property
    def counted(self) -> Counted | None:
        """Which days of the limit were counted."""
        return counting.counted(self.ticket, self.page.events)

    @cached_property
    def hops(self) -> list[tuple[str, int]]:
        """The units it went through, with the days each of them had it."""
        return presenting.hops(self.page.assignments)

    @cached_property
    def parts(self) -> frozenset[Part]:
        rows = [(a.unit_id, a.handler_id) for a in self._open_co_assignments()]
        return parts_of(self.actor, visible.relation(self.actor, self.ticket, rows))

    @cached_property
    def known(self) -> TicketFacts:
        return reading.facts_for(self.actor, self.ticket)

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(TICKETS, state=self.ticket.state, parts=self.parts, facts=self.known)

    def _open_co_assignments(self) -> Sequence[Any]:
        return [a for a in self.page.assignments if a.duty is Duty.CO and a.ending is None]

    # the moves

    @cached_property
    def buttons(self) -> list[Button]:
        """What this person may do now, the leading step first, then what he may ask for or say."""
        live = [o.move.name for o in self.offers if not o.reasons and o.move.name in set(PAGES) - PER_VOICE]
        if self.is_sealed and "hand_off" in live:
            live = ["hand_off"]  # nothing is kept that could be answered
        names = [name for name in live if name not in self._waiting_for_me]
        asking = [name for name in self._askable if name not in names]
        waits = self.posted.name if self.posted and not self.posted.row else ""
        if waits in TICKETS_MOVES - {*names, *asking, *PER_VOICE}:
            names.append(waits)  # what was typed must not vanish with the button
        moves = [self._button(name) for name in names] + [self._button(name, asks=True) for name in asking]
        said = [self._beside(name) for name in noting.allowed(self.ticket, self.actor, self.parts)]
        said += [self._beside(name) for name in publishing.allowed(self.ticket, self.parts, lambda: self.known)]
        return [*self._signing, *sorted(moves, key=lambda button: not button.is_main), *self._ask_co(), *said]

    @cached_property
    def leading(self) -> str:
        """The one button drawn in the accent: what waits for this person's yes, else the step that leads on."""
        deciding = [button for row in self.requests for button in self.request_buttons(row)]
        found = [button.id for button in [*deciding, *self.buttons] if button.is_main]
        if any(button.opened for button in self.buttons):
            return ""  # the form that lies open has its own
        handing_off = [button.id for button in self.buttons if self.is_sealed and button.name == "hand_off"]
        return next(iter([*handing_off, *found, *self._owed]), "")

    @property
    def _owed(self) -> list[str]:
        """While somebody has to be told, the telling leads on."""
        may_tell = any(o.move.name == "tell" and not o.reasons for o in self.offers)
        is_owed = may_tell and self.ticket.state in {State.FEEDBACK_PENDING, State.REDIRECTED}
        return [f"tell-{voice.id}" for voice in self.page.voices if is_owed and not voice.told_at]

    @cached_property
    def _waiting_for_me(self) -> set[str]:
        """The moves that were asked for and wait for this person's yes or no: he does not make them beside it."""
        return {row.move for row in self.requests if self.request_buttons(row)}

    @cached_property
    def _askable(self) -> list[str]:
        """What this person may ask somebody else for; not what already waits for an answer."""
        waiting = {row.move for row in self.requests if self.is_waiting(row)}
        found = requesting.askable(self.ticket, self.parts, self.known)
        return [name for name in found if name in PAGES and name not in waiting]

    def _button(self, name: str, *, asks: bool = False) -> Button:
        posted = self._posted(name)
        if posted is None and name not in {*AT_HAND, self.asked}:
            return move_button(name, self._way_to(name), None, asks=asks)
        form = posted or drawn_form(self.actor, self.ticket, name, self.offered)
        form.version.data = self.ticket.version
        opened = posted is not None or name == self.asked
        return move_button(name, self._address(name), form, opened=opened, asks=asks)

    def _way_to(self, name: str) -> str:
        """This page once more, with the form of a side road: a dozen forms at once would only be in the way."""
        if not self.back:
            return url_for("tickets.show", number=self.ticket.number, do=name, _anchor="do")
        joint = "&" if "?" in self.back else "?"
        return f"{self.back}{joint}open={self.ticket.number}&do={name}#do"

    def _posted(self, name: str, row: int = 0) -> MoveForm | None:
        """The form of this deed as it came back, if it is the one that was sent."""
        if self.posted is None or (self.posted.name, self.posted.row) != (name, row):
            return None
        for field in self.posted.form:
            if field.name in {"same", "lead"}:
                fill(field, self.offered)
        return self.posted.form

    def _address(self, name: str) -> str:
        return url_for("tickets.move", number=self.ticket.number, move=name)

    def voice_buttons(self, voice: Any) -> list[Button]:
        """Telling, or marking unreachable, beside the voice it is about."""
        if voice.told_at:
            return []
        live = [o.move.name for o in self.offers if not o.reasons and o.move.name in PER_VOICE]
        if voice.unreachable:
            live = [name for name in live if name != "mark_unreachable"]
        return [self._voice_button(name, voice) for name in live]

    def _voice_button(self, name: str, voice: Any) -> Button:
        posted = self._posted(name, voice.id)
        form = posted or drawn_form(self.actor, self.ticket, name, self.offered)
        form.version.data, form["voice"].data = self.ticket.version, voice.id
        return move_button(name, self._address(name), form, opened=posted is not None, row=voice.id)

    @cached_property
    def waiting_for(self) -> list[tuple[str, str]]:
        """What still stands in the way of a move that will be this person's: label and reason."""
        blocked = [o for o in self.offers if o.reasons and o.move.name in SAID_WHY]
        return [(o.move.label, said(o.reasons)) for o in blocked]

    # beside the moves

    def _beside(self, name: str) -> Button:
        """A deed about the whole ticket; its form lies on the page when it was asked for or came back."""
        if name == self.asked or self._posted(name) is not None:
            return self._deed(name)
        return deed_button(name, self._way_to(name), None)

    def _deed(self, name: str, row: int = 0, address: str = "", offered: Offered | None = None) -> Button:
        posted, kind = self._posted(name, row), DEED_FORMS[name]
        form = posted or form_for(name, offered or self.offered, self._preset(name), posted=False, kind=kind)
        form.version.data = self.ticket.version
        opened = posted is not None or (name == self.asked and not row)
        return deed_button(name, address or self._address(name), form, opened=opened, row=row)

    def _preset(self, name: str) -> dict[str, Any]:
        return {"handler": str(self.actor.id)} if name == "sign_co" else {}

    def _ask_co(self) -> list[Button]:
        facts = assists.facts(self.ticket, None)
        possible = offers(ASSISTS, state=None, parts=self.parts, facts=facts)
        has_lead = self.ticket.lead_unit_id is not None and self.ticket.is_open
        return [self._beside("ask_co") for offer in possible if has_lead and not offer.reasons]

    def co_buttons(self, row: Any) -> list[Button]:
        """What this person may do with one co-assignment, but for signing it: that leads on, and stands above."""
        return [button for button in self._co_buttons.get(row.id, []) if button.name != "sign_co"]

    @property
    def _signing(self) -> list[Button]:
        return [button for found in self._co_buttons.values() for button in found if button.name == "sign_co"]

    @cached_property
    def _co_buttons(self) -> dict[int, list[Button]]:
        return {row.id: self._of_help(row) for row in self._open_co_assignments()}

    def _of_help(self, row: Any) -> list[Button]:
        parts = assists.parts(self.ticket, row, self.actor)
        known = assists.facts(self.ticket, row.unit_id)
        live = [o.move.name for o in offers(ASSISTS, state=row.state, parts=parts, facts=known) if not o.reasons]
        names = [assists.DEEDS[name] for name in live if name in assists.DEEDS]
        if self._may_give_back(row, parts):
            names.append("give_back_co")
        offered = Offered(self.ticket, row.unit_id)
        return [self._deed(name, row.id, self._row_address("assist", row.id, name), offered) for name in names]

    def _may_give_back(self, row: Any, parts: frozenset[Part]) -> bool:
        is_asked = any(one.asking == row.id for one in self.requests)
        return Part.CO_HEAD in parts and row.answered_at is None and not is_asked and assists.is_fresh(row)

    def _row_address(self, view: str, row: int, deed: str) -> str:
        return url_for(f"tickets.{view}", number=self.ticket.number, row=row, deed=deed)

    @cached_property
    def recurrences(self) -> tuple[list[Any], list[Any]]:
        """可能复发: what is proposed (thirty days) and what is only shown (ninety); for the office, while undecided."""
        moves = {event.move for event in self.page.events}
        if not self.parts & OFFICE or recurring.CONFIRMED in moves:
            return [], []
        declined = {event.data["of_id"] for event in self.page.events if event.move == recurring.DECLINED}
        found = [row for row in recurrences.may_be(self.ticket) if row.id not in declined]
        near = [row for row in found if recurrences.is_near(self.ticket, row)]
        return near, [row for row in found if row not in near]

    def recurrence_buttons(self, row: Any) -> list[Button]:
        deeds = (recurring.CONFIRMED, recurring.DECLINED)
        return [self._deed(one, row.id, self._row_address("recur", row.id, one)) for one in deeds]

    @cached_property
    def requests(self) -> Sequence[Any]:
        """What was asked for on this ticket, the newest first."""
        is_told = any(event.move in ASKED_BY for event in self.page.events)
        return requests.of_ticket(self.ticket.id) if is_told or self.page.has_more_events else []

    def is_waiting(self, row: Any) -> bool:
        """Undecided, and the ticket still stands where it was asked."""
        return row.standing is Standing.OPEN and row.state in (None, self.ticket.state)

    def request_title(self, row: Any) -> str:
        return presenting.request_title(row)

    def request_words(self, row: Any) -> list[tuple[Any, str]]:
        return presenting.request_words(row)

    def request_buttons(self, row: Any) -> list[Button]:
        """Yes and no, for whom they wait."""
        return self._settling.get(row.id, [])

    @cached_property
    def _settling(self) -> dict[int, list[Button]]:
        mine = [row.id for row in self.requests if self.is_waiting(row) and self._decides(row)]
        return {key: [self._deed(one, key, self._row_address("settle", key, one)) for one in YES_NO] for key in mine}

    def _decides(self, row: Any) -> bool:
        if row.life is Life.PROPOSAL:
            signs = PROPOSABLE[row.move].confirmers
            return bool(signs & self.parts) and row.asked_by_id != self.actor.id
        return requesting.decides(row.life, self.parts, self.known)


TICKETS_MOVES = {move.name for move in TICKETS.moves}
