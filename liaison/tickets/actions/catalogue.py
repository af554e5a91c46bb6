"""派单目录: every ruling on whose duty it is proposes a line; the director puts it into force (domain.md §4.5, B9)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import Key, add, db, run, table
from liaison.core.errors import Conflict, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.tickets.models import CatalogueLine, Ticket, TicketEvent
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.queries import catalogue
from workflows.ticket_words import Confidentiality, ReturnReason

if TYPE_CHECKING:
    from liaison.tickets.actions.moving import Step

OF_DUTY = {ReturnReason.NOT_OUR_DUTY.label, ReturnReason.LEAD_CO_WRONG.label}  # not: lacking information, recusal


def last_return(ticket: Ticket) -> Any:
    """What the unit said when it gave the ticket back, and what it is called: data, unit."""
    return run(_LAST_RETURN, {"ticket": ticket.id, "unit": ticket.lead_unit_id}).one()


def propose_from_return(step: Step, asked: Any) -> None:
    """同意退回: whoever gave it back named the right owner and the clause; the ruling says he was right."""
    if step.ticket.suggested_unit_id is not None and asked.get("reason") in OF_DUTY:
        _propose(step, step.ticket.suggested_unit_id, str(asked.get("duty_clause", "")))


def propose_from_designation(step: Step) -> None:
    """指定承办: the director's ruling itself."""
    _propose(step, int(step.given["lead"]), str(step.given["basis"]))


def _propose(step: Step, unit_id: int, clause: str) -> None:
    if step.ticket.confidentiality is Confidentiality.NORMAL:
        step.after.append(partial(_write, step.ticket, unit_id, clause, step.at))


def _write(ticket: Ticket, unit_id: int, clause: str, at: datetime) -> None:
    row: dict[str, Any] = {
        "category_id": ticket.category_id,
        "of_place": ticket.place_id,
        "words": ticket.title[:120],
        "unit_id": unit_id,
        "duty_clause": clause[:300],
        "ticket_id": ticket.id,
        "event_seq": ticket.event_count,
        "ruled_at": at,
        "standing": LineStanding.PROPOSED,
    }
    run(_PROPOSING, row)


def load(key: int) -> CatalogueLine:
    found = db.session.get(CatalogueLine, key)
    if found is None:
        raise NotVisible(f"line {key}")
    return found


def decide(line: CatalogueLine, is_adopted: bool, *, actor: Actor, words: str = "") -> None:
    """采纳 or 不采纳 a proposed line. Adopting raises the version of the catalogue; a like line in force is replaced.

    `words`: what the matter is called, where the director says it better than the ticket did. Conflict where
    somebody decided before. Commits nothing.
    """
    called = words.strip()[:120] or line.words
    decided: dict[str, Any] = {"decided_at": clock.now(), "decided_by_id": actor.id, "words": called}
    if is_adopted:
        replaced = catalogue.in_force_like(line, called)
        decided |= {"standing": LineStanding.IN_FORCE, "version": run(_NEWEST).scalar_one() + 1}
        decided["replaces_id"] = replaced[0] if replaced else None
        for key in replaced:
            run(_REPLACING, {"this_line": key})
    else:
        decided["standing"] = LineStanding.REJECTED
    if run(_DECIDING, {"this_line": line.id, **decided}).rowcount != 1:
        db.session.rollback()
        raise Conflict(_("这一条已经有了决定。"))
    db.session.expire(line)
    audit.append(actor.id, f"catalogue.{'adopted' if is_adopted else 'rejected'}", object=str(line.id))


def pass_on(unit_id: int, successor_id: int, actor: Actor) -> None:
    """A unit closes: what it is competent for is its successor's, under a new version; what is undecided too."""
    wanted = (CatalogueLine.unit_id == unit_id, CatalogueLine.standing == LineStanding.IN_FORCE)
    for line in db.session.scalars(select(CatalogueLine).where(*wanted).order_by(CatalogueLine.version)).all():
        kept = {column.key: getattr(line, column.key) for column in _LINES if column.key != "id"}
        decided = {"decided_at": clock.now(), "decided_by_id": actor.id, "version": run(_NEWEST).scalar_one() + 1}
        run(_REPLACING, {"this_line": line.id})
        add(CatalogueLine, {**kept, **decided, "unit_id": successor_id, "replaces_id": line.id})
        db.session.expire(line)
    undecided = (_LINES.unit_id == unit_id, _LINES.standing == LineStanding.PROPOSED)
    run(update(table(CatalogueLine)).where(*undecided).values(unit_id=successor_id))


_LINES = table(CatalogueLine).c
_PROPOSING = insert(table(CatalogueLine)).values(
    place_type=select(Unit.type).where(Unit.id == bindparam("of_place", type_=Key)).scalar_subquery()
)
_NEWEST = select(func.coalesce(func.max(_LINES.version), 0))
_REPLACING = update(table(CatalogueLine)).where(_LINES.id == bindparam("this_line")).values(
    standing=LineStanding.REPLACED
)  # fmt: skip
_DECIDING = update(table(CatalogueLine)).where(
    _LINES.id == bindparam("this_line"), _LINES.standing == LineStanding.PROPOSED
)
_LAST_RETURN = (
    select(TicketEvent.data, Unit.name.label("unit"))
    .outerjoin(Unit, Unit.id == bindparam("unit", type_=Key))
    .where(TicketEvent.ticket_id == bindparam("ticket"), TicketEvent.move == "request_return")
    .order_by(TicketEvent.seq.desc())
    .limit(1)
)
