"""Ratings that came together: counted without keeping whose they were (domain.md §6.2, I11; rulings §8).

The block of an address is only ever a keyed hash in the table of tries, forgotten after a quiet day. What stays is
a unit, an hour and a number.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import select

from liaison.core.clock import now
from liaison.core.db import add, run
from liaison.people import throttling
from liaison.tickets.models import Ticket
from liaison.tickets.models.tellings import TOGETHER, WITHIN_MINUTES, RatingMark
from workflows.ticket_words import Confidentiality

WINDOW = timedelta(minutes=WITHIN_MINUTES)
RULE = throttling.Rule(TOGETHER, WINDOW, WINDOW)
BITS = {4: 24, 6: 64}  # of a block, by the version of the address


def rated(ticket_id: int, address: str) -> None:
    """One rating came from this address; the fifth of a unit within ten minutes leaves a mark."""
    unit_id = _unit(ticket_id)
    if unit_id is not None and throttling.counted("rating", f"{unit_id}:{block(address)}", RULE):
        _mark(unit_id, TOGETHER)


def tried_by_staff(ticket_id: int) -> None:
    """A member of staff, signed in, pressed the button of a rating. It is not taken."""
    unit_id = _unit(ticket_id)
    if unit_id is not None:
        _mark(unit_id, 1)


def block(address: str) -> str:
    """The network an address lies in; what is no address is a block of its own."""
    try:
        bits = BITS[ip_address(address).version]
        return str(ip_network(f"{address}/{bits}", strict=False))
    except ValueError:
        return address


def _unit(ticket_id: int) -> int | None:
    """Whose answer it is. Restricted matters are left out, as in every prompt."""
    is_normal = Ticket.confidentiality == Confidentiality.NORMAL
    unit_id: int | None = run(select(Ticket.lead_unit_id).where(Ticket.id == ticket_id, is_normal)).scalar()
    return unit_id


def _mark(unit_id: int, count: int) -> None:
    hour = now().replace(minute=0, second=0, microsecond=0)  # no rating can be told by it
    add(RatingMark, {"unit_id": unit_id, "count": count, "at": hour})
