"""公开情况 for the office: published + kept back + undecided = told; no refusal is dropped in silence (promise B18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from liaison.core import clock
from liaison.core.db import Moment, run
from liaison.core.language import lazy_gettext as _l
from liaison.core.paging import Page, page
from liaison.feedback.board.renewing import SHOWN
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.settings import in_force
from liaison.tickets.models import Category, Publication, Ticket
from liaison.tickets.models.publications import Decision, WhyWithheld
from liaison.tickets.queries import visible
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Outcome

WAITING, PUBLISHED, WITHHELD = "waiting", "published", "withheld"
TABS = {WAITING: _l("等决定"), PUBLISHED: _l("已公开"), WITHHELD: _l("不公开")}


def tab(asked: str) -> str:
    return asked if asked in TABS else WAITING


def balance() -> list[SimpleNamespace]:
    """Of what was told in the last half year, by outcome: told, published, kept back by reason, undecided."""
    rows = run(_BALANCE, {"since": _since()}).all()
    return [_sums(outcome, [row for row in rows if row.outcome is outcome]) for outcome in (Outcome.A, Outcome.D)]


def _sums(outcome: Outcome, rows: list[Any]) -> SimpleNamespace:
    kept = {row.why: row.n for row in rows if row.decision is Decision.WITHHELD}
    return SimpleNamespace(
        outcome=outcome,
        told=sum(row.n for row in rows),
        published=sum(row.n for row in rows if row.decision is Decision.PUBLISHED),
        withheld=[(why, kept[why]) for why in WhyWithheld if why in kept],
        undecided=sum(row.n for row in rows if row.decision is None),
    )


def listed(actor: Actor, chosen: str, asked: Mapping[str, str]) -> Page:
    """One page: finished matters that nobody decided on yet, or decisions in force, the newest first."""
    if chosen == WAITING:
        return _waiting(actor, asked)
    wanted = _ROWS.join(Publication, Publication.ticket_id == Ticket.id).join(Person, Person.id == Publication.by_id)
    shown = wanted.add_columns(
        Publication.id, Publication.said, Publication.done, Publication.why, Publication.at, Person.name.label("by")
    )
    held = (Publication.decision == chosen, Publication.ended_at.is_(None), _visible(actor))
    return page(shown.where(*held).params(visible.given(actor)), [Publication.id], asked, is_descending=True)


def _waiting(actor: Actor, asked: Mapping[str, str]) -> Page:
    over = clock.moment(clock.today() - timedelta(days=in_force.number("reopen_days")))
    decided = select(Publication.id).where(Publication.ticket_id == Ticket.id, Publication.ended_at.is_(None))
    wanted = _ROWS.add_columns(Ticket.handled_at, Ticket.id).where(
        *_FINISHED, Ticket.closed_at < over, ~decided.exists(), _visible(actor)
    )
    given = {**visible.given(actor), "since": _since()}
    return page(wanted.params(given), [Ticket.handled_at, Ticket.id], asked, is_descending=True)


def _visible(actor: Actor) -> Any:
    return visible.visible(visible.alike(actor))


def _since() -> datetime:
    return clock.now() - SHOWN


_FINISHED = (
    Ticket.state == State.CLOSED,
    Ticket.handled_at >= bindparam("since", type_=Moment),
    Ticket.confidentiality == Confidentiality.NORMAL,
    Ticket.told_count > 0,
)
_ROWS = (
    select(Ticket.number, Ticket.title, Ticket.outcome, Unit.name.label("place"), Category.name.label("category"))
    .outerjoin(Unit, Unit.id == Ticket.place_id)
    .outerjoin(Category, Category.id == Ticket.category_id)
)
_BALANCE = (
    select(Ticket.outcome, Publication.decision, Publication.why, func.count().label("n"))
    .outerjoin(Publication, and_(Publication.ticket_id == Ticket.id, Publication.ended_at.is_(None)))
    .where(*_FINISHED)
    .group_by(Ticket.outcome, Publication.decision, Publication.why)
)
