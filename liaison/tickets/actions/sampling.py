"""抽查: which answers somebody else looks at is decided by lots that anyone can draw again (domain.md §4.8).

The hash of a month's seed is public from the beginning, the seed once the month is over and its list frozen.
Every step may come late, or twice: a month has one row, an answer one lot.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from liaison.audit import actions as audit
from liaison.core.clock import local, now, today
from liaison.core.db import add, change, db
from liaison.people.actor import SYSTEM
from liaison.settings.in_force import number
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket
from liaison.tickets.models.draws import Draw, Lot, Why
from liaison.tickets.queries import draws
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Outcome

KEYS = 2**32
LEAST = 5  # answers of a unit that somebody looks at in any month, or all it has


def key_of(seed: str, number: str, episode: int) -> float:
    """The key of one handled answer, from 0 to 1: the same for everybody who knows the month's seed."""
    return int(sha256(f"{seed}:{number}:{episode}".encode()).hexdigest()[:8], 16) / KEYS


def hash_of(text: str) -> str:
    """What is published of a text that somebody may want to check later."""
    return sha256(text.encode()).hexdigest()


def month_of(moment: datetime) -> date:
    """The first day of the Chinese month a moment lies in."""
    return local(moment).date().replace(day=1)


def open_month(month: date, seed: str = "") -> Draw:
    """The draw of a month; the first to ask makes its seed and lays down the rate. Commits nothing."""
    there = draws.of_month(month)
    if there is not None:
        return there
    seed = seed or secrets.token_hex(8)
    rate = number("sample_rate", now())
    made = Draw(month=month, seed=seed, seed_hash=hash_of(seed), rate=rate, opened_at=now())
    db.session.add(made)
    db.session.flush()
    audit.append(None, "draw.opened", object=f"{month:%Y-%m}", seed_hash=made.seed_hash, rate=rate)
    return made


def _urn(handled_at: datetime) -> Draw:
    """A sample belongs to the month of handling; what was accepted after that list was frozen, to this month."""
    draw = open_month(month_of(handled_at))
    return open_month(month_of(now())) if draw.frozen_at else draw


def mark_spot(ticket: Ticket) -> bool:
    """当场解决: the lot is drawn before the office confirms, so that a hit goes to the call-backs at once."""
    draw = _urn(ticket.raised_at)
    if ticket.is_drawn or ticket.state is not State.SUBMITTED or not _why(ticket, draw, Outcome.A):
        return False
    _mark(ticket)
    return True


def draw(ticket: Ticket) -> bool:
    """Draw for a final answer, once; a hit that was told goes to the call-backs (T35). Returns whether it is one.

    A hit on a file that is shut already waits in the list of checks and moves nothing. Commits nothing.
    """
    if ticket.handled_at is None or ticket.answer_id is None:
        return False
    lot = draws.lot_of(ticket.id, ticket.episode) or _written(ticket, _urn(ticket.handled_at))
    if lot.why is not None:
        send(ticket)
    return lot.why is not None


def send(ticket: Ticket) -> bool:
    """A drawn answer that was told goes to the call-backs."""
    if ticket.state is not State.FEEDBACK_GIVEN or ticket.is_drawn:
        return False
    _mark(ticket)
    make_move(ticket, "sample", actor=SYSTEM, as_system=True)
    return True


def _written(ticket: Ticket, draw: Draw) -> Lot:
    lot = Lot(**_row(ticket, draw))
    db.session.add(lot)
    db.session.flush()
    return lot


def _row(ticket: Any, draw: Draw) -> dict[str, Any]:
    is_listed = ticket.outcome is Outcome.A and ticket.confidentiality is Confidentiality.NORMAL
    return {
        "draw_id": draw.id,
        "ticket_id": ticket.id,
        "number": ticket.number,
        "episode": ticket.episode,
        "answer_id": ticket.answer_id,
        "unit_id": ticket.lead_unit_id,
        "is_listed": is_listed,
        "why": _why(ticket, draw, ticket.outcome),
        "at": now(),
    }


def _why(ticket: Any, draw: Draw, outcome: Outcome) -> Why | None:
    """Why this answer is looked at; the base sample first, for only it feeds the estimate."""
    is_normal = ticket.confidentiality is Confidentiality.NORMAL
    if is_normal and outcome is Outcome.A and key_of(draw.seed, ticket.number, ticket.episode) < draw.rate / 100:
        return Why.BASE
    if not is_normal:
        return Why.RESTRICTED
    if outcome is Outcome.D:
        return Why.EXPLAINED
    if ticket.reopen_count:
        return Why.REOPENED
    return Why.ON_SPOT if ticket.is_on_spot and draws.is_in_first_month(ticket) else None


def freeze(draw: Draw) -> bool:
    """月末封存: the list is completed and hashed, each unit topped up, the seed published. False when it was done.

    Nothing that happens to a ticket later changes the list.
    """
    if draw.frozen_at is not None or draw.month >= today().replace(day=1):
        return False
    for ticket in draws.unlisted(draw.month):
        add(Lot, _row(ticket, draw))
    lots = draws.listed(draw.id)
    for lot in top_up(lots, draw.seed):
        change(Lot, lot.id, why=Why.TOP_UP)
    list_hash = hash_of(draws.as_text(lots))
    change(Draw, draw.id, frozen_at=now(), list_hash=list_hash)
    audit.append(None, "draw.frozen", object=f"{draw.month:%Y-%m}", list_hash=list_hash, answers=len(lots))
    return True


def top_up(lots: Iterable[Any], seed: str) -> Iterator[Any]:
    """The lots with a unit's smallest keys, until five of it are looked at; those passed by so far."""
    by_unit: dict[str, list[Any]] = defaultdict(list)
    for lot in lots:
        by_unit[lot.unit].append(lot)
    for mine in by_unit.values():
        smallest = sorted(mine, key=lambda lot: key_of(seed, lot.number, lot.episode))[:LEAST]
        yield from (lot for lot in smallest if lot.why is None)


def _mark(ticket: Ticket) -> None:
    drawn = update(Ticket).where(Ticket.id == ticket.id).values(is_drawn=True)
    db.session.execute(drawn.execution_options(synchronize_session=False))
    set_committed_value(ticket, "is_drawn", True)
