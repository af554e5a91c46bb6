"""公开 beside the move itself: keep back with a reason, take down with a reason (promise B18).

Every finished matter ends up public or kept back for a reason that is counted: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, update

from liaison.access import parts_of
from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import add, run, table
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions.beside import note
from liaison.tickets.actions.moving import refuse_late
from liaison.tickets.models import Ticket
from liaison.tickets.models.publications import Decision, Publication, WhyWithheld
from liaison.tickets.queries import facts as reading
from liaison.tickets.queries import visible
from workflows.parts import Part
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import State


def withhold(ticket: Ticket, *, actor: Actor, version: int | None = None, why: str = "", **_more: Any) -> None:
    """不公开: said with a reason of the list, by the director; counted beside what is public."""
    if why not in {one.value for one in WhyWithheld}:
        raise BadInput(why=_("请选一项。"))
    _permit(ticket, "withhold", actor, version)
    row = {"ticket_id": ticket.id, "decision": Decision.WITHHELD, "why": WhyWithheld(why)}
    add(Publication, row | {"by_id": actor.id, "at": clock.now()})
    note(ticket, "withhold", actor, {"why": why})
    audit.append(actor.id, "publication.withheld", object=ticket.number, why=why)


def take_back(ticket: Ticket, *, actor: Actor, version: int | None = None, reason: str = "", **_more: Any) -> None:
    """撤下: the public text is gone at once; the row stays with who took it down and why."""
    if not reason.strip():
        raise BadInput(reason=_("请填写这一项。"))
    _permit(ticket, "take_back", actor, version)
    end(ticket.id, at=clock.now(), by_id=actor.id, reason=reason)
    note(ticket, "take_back", actor, {}, reason=reason.strip())
    audit.append(actor.id, "publication.taken_back", object=ticket.number)


def end(ticket_id: int, *, at: datetime, by_id: int | None, reason: str) -> None:
    """Whatever stands decided about this ticket stands no longer; nothing happens where nothing does."""
    run(_ENDING, {"of_ticket": ticket_id, "moment": at, "person": by_id, "ground": reason.strip()[:300]})


def ending(ticket_id: int, *, at: datetime, by_id: int | None, reason: str) -> Callable[[], None]:
    """The same, for later."""
    return partial(end, ticket_id, at=at, by_id=by_id, reason=reason)


def allowed(ticket: Ticket, parts: frozenset[Part], known: Callable[[], TicketFacts]) -> list[str]:
    """Which of the two these parts may do now. The facts are asked for only where the answer depends on them."""
    if ticket.state is not State.CLOSED or Part.DIRECTOR not in parts or ticket.outcome is None:
        return []
    facts = known()
    if facts.published:
        return ["take_back"]
    return [] if facts.withheld or not facts.reopen_window_over else ["withhold"]


def _permit(ticket: Ticket, deed: str, actor: Actor, version: int | None) -> None:
    refuse_late(ticket, version)
    parts = parts_of(actor, visible.relation(actor, ticket))
    if Part.DIRECTOR not in parts:
        raise NotAllowed(_("这一步由他人办理。"))
    if deed not in allowed(ticket, parts, partial(reading.facts_for, actor, ticket)):
        raise Conflict(_("现在是“%(state)s”，公开与否已有决定，或还没到时候。", state=_(ticket.state.label)))


_COLUMNS = table(Publication).c
_ENDING = (
    update(table(Publication))
    .where(_COLUMNS.ticket_id == bindparam("of_ticket"), _COLUMNS.ended_at.is_(None))
    .values(ended_at=bindparam("moment"), ended_by_id=bindparam("person"), end_reason=bindparam("ground"))
)
