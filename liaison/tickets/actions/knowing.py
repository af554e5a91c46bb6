"""知悉: the filer opened the answer to what he brought in (domain.md §4.6 «Sequence», figure `filer_told`).

Written when a page that shows the answer was drawn for him, once for each answer. He alone counts: neither the liaison
who filed it for him nor a substitute. A matter that was merged has its answer from where merging led.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from liaison.core.db import run, writing
from liaison.core.errors import Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.actions import events
from liaison.tickets.models import Ticket, TicketEvent
from liaison.tickets.models.events import KNOWN
from liaison.tickets.queries.voices import lead_of


def seen(ticket: Ticket, shown: Iterable[Any], actor: Actor) -> None:
    """The page of a ticket was drawn for this person; `shown` are its events. Asks nothing where nothing is new.

    Ends the reading transaction where something is.
    """
    answer_id = ticket.answer_id  # of this episode: reopening takes it away
    if answer_id is None or not _is_filer(ticket, actor):
        return
    if not any(event.move == KNOWN and event.data["answer"] == answer_id for event in shown):
        seen_together({ticket.id: answer_id}, actor)


def seen_together(answers: Mapping[int, int], actor: Actor) -> None:
    """A page showed its filer the answers to these tickets. Commits, if there are any."""
    if answers:
        with writing():
            _note(answers, actor)


def open_answer(ticket: Ticket, *, actor: Actor) -> None:
    """The same as a deed of its own, for a history. NotAllowed: not his; Conflict: there is nothing to open."""
    if not _is_filer(ticket, actor):
        raise NotAllowed(_("提交人自己打开才算知悉。"))
    answer_id = run(_OFFERED, {"ticket": ticket.id}).scalar()
    if answer_id is None:
        raise Conflict(_("还没有可以打开的答复。"))
    _note({ticket.id: answer_id}, actor)


def _is_filer(ticket: Ticket, actor: Actor) -> bool:
    """Himself: whoever filed it, or the one in whose name it was filed."""
    return actor.id is not None and actor.id == (ticket.filed_for_id or ticket.filed_by_id)


def _note(answers: Mapping[int, int], actor: Actor) -> None:
    """Each once: the rows are held first, so that of two windows opened at once the second finds it written."""
    given = {"tickets": sorted(answers)}
    run(_HELD, given)
    known = {(row.ticket_id, row.data["answer"]) for row in run(_KNOWN, given)}
    if new := {one: {"answer": answer} for one, answer in answers.items() if (one, answer) not in known}:
        events.write_quietly(KNOWN, actor, new)


_TICKETS: Any = bindparam("tickets", expanding=True)
_LEAD = aliased(Ticket)
_HELD = select(Ticket.id).where(Ticket.id.in_(_TICKETS)).order_by(Ticket.id).with_for_update()
_KNOWN = select(TicketEvent.ticket_id, TicketEvent.data).where(
    TicketEvent.ticket_id.in_(_TICKETS), TicketEvent.move == KNOWN
)
_OFFERED = (
    select(_LEAD.answer_id)
    .join_from(Ticket, _LEAD, _LEAD.id == lead_of(Ticket))
    .where(Ticket.id == bindparam("ticket"))
)
