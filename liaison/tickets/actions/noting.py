"""What is said beside the moves: an objection to a redirection, a unit's word on a return, a call nobody answered."""

from __future__ import annotations

from dataclasses import dataclass

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.tickets.actions import notices
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.moving import refuse_late
from liaison.tickets.models import Ticket
from liaison.tickets.models.requests import Decider
from liaison.tickets.queries import visible
from workflows.parts import OFFICE, Part
from workflows.ticket_states import State


@dataclass(frozen=True)
class Deed:
    """Where it may be said, by whom (the head of the suggested unit plays no part of the process), and who hears."""

    state: State
    by: frozenset[Part]
    text: str = ""
    is_of_the_suggested: bool = False
    is_said: bool = True  # words belong to it


DEEDS: dict[str, Deed] = {
    "object": Deed(State.REDIRECTED, frozenset({Part.FILER, Part.HOLDER}), "ticket.objected"),
    "comment": Deed(State.RETURN_REQUESTED, frozenset(), is_of_the_suggested=True),
    "attempt": Deed(State.CALLBACK, OFFICE, is_said=False),
}


def allowed(ticket: Ticket, actor: Actor, parts: frozenset[Part]) -> list[str]:
    """What this person may say here now."""
    return [name for name, deed in DEEDS.items() if ticket.state is deed.state and _is_his(deed, ticket, actor, parts)]


def say(
    ticket: Ticket, name: str, *, actor: Actor, version: int | None = None, words: str = "", as_holder: bool = False
) -> None:
    """Note it. NotAllowed, Conflict or BadInput as for a move. Commits nothing."""
    deed = DEEDS[name]
    refuse_late(ticket, version)
    if ticket.state is not deed.state:
        raise Conflict(_("现在是“%(state)s”，不用再说明。", state=_(ticket.state.label)))
    parts = frozenset({Part.HOLDER}) if as_holder else parts_of(actor, visible.relation(actor, ticket))
    if not _is_his(deed, ticket, actor, parts):
        raise NotAllowed(_("这一步由他人办理。"))
    if deed.is_said and not words.strip():
        raise BadInput(reason=_("请填写这一项。"))
    seq = note(ticket, name, actor, {"by_holder": as_holder}, reason=words.strip())
    if deed.text:
        notices.beside(ticket, deed.text, notices.DECIDERS[Decider.DIRECTOR], seq=seq, besides=actor.id)
    audit.append(actor.id, f"ticket.{name}", object=ticket.number, with_address=actor.id is not None)


def _is_his(deed: Deed, ticket: Ticket, actor: Actor, parts: frozenset[Part]) -> bool:
    if deed.is_of_the_suggested:
        return ticket.suggested_unit_id in actor.at(Role.HEAD)
    return bool(parts & deed.by)
