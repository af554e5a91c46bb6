"""The voices of a ticket: its own and those of all tickets pointing at it (domain.md §4.0).

Statements are built once: building them at every request cost more than running them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, select
from sqlalchemy.orm import aliased

from liaison.core.db import Moment
from liaison.tickets.models import Ticket, Voice

TICKET: Any = bindparam("ticket")
SINCE: Any = bindparam("since", type_=Moment)  # what was told of an earlier route is history


def _family() -> Any:
    """The ids of a ticket and of everything merged into it, however long the chain."""
    chain = select(Ticket.id).where(Ticket.id == TICKET).cte("family", recursive=True)
    pointing = aliased(Ticket)
    chain = chain.union_all(select(pointing.id).where(pointing.merged_into_id == chain.c.id))
    return select(chain.c.id)


FAMILY = _family()  # takes the parameter «ticket»
OWN: ColumnElement[bool] = Voice.ticket_id == TICKET
OWN_AND_MERGED: ColumnElement[bool] = Voice.ticket_id.in_(FAMILY)


def family(ticket_id: int) -> Any:
    """`FAMILY` for one ticket, for use inside other statements."""
    return FAMILY.params(ticket=ticket_id)


def lead_of(ticket: Any) -> ColumnElement[Any]:
    """The key of the ticket whose answer the voices of `ticket` wait for: itself, or what it was merged into, however
    long the chain. `ticket`: Ticket or an alias of it, in the statement around.

    Only for the few that are merged is anything followed, each step by its key.
    """
    own, step = select(ticket.id, ticket.merged_into_id.label("into")).correlate(ticket), aliased(Ticket)
    chain = own.cte("chain", recursive=True, nesting=True)
    chain = chain.union_all(select(step.id, step.merged_into_id).join(chain, step.id == chain.c.into))
    end = select(chain.c.id).where(chain.c.into.is_(None)).correlate(ticket).scalar_subquery()
    return case((ticket.merged_into_id.is_(None), ticket.id), else_=end)


def whose(ticket: Ticket) -> bool:
    """True where other tickets point at this one, so that its voices are more than its own."""
    return ticket.voice_count > 1


def since(ticket: Ticket) -> datetime:
    """From when a telling speaks of the present route or withdrawal (rulings §13: each route is told anew)."""
    return ticket.offered_at or ticket.state_since
