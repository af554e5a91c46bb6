"""知情人与回避: who is named to read a restricted ticket, and whom it is about: he takes no part (rulings §8)."""

from __future__ import annotations

from sqlalchemy import delete, update

from liaison.audit import actions as audit
from liaison.core.db import add, db
from liaison.core.errors import Conflict
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.models.confidential import Recused
from liaison.tickets.models.tickets import Reader
from liaison.tickets.queries import names, readers


def name(ticket: Ticket, person_id: int, actor: Actor) -> None:
    """One more person reads it. Conflict for whom it is about, and for who reads it already."""
    if readers.is_complained_of(ticket, person_id):
        raise Conflict(_("诉求涉及这位同志或他的单位，应当回避。"))
    if not readers.may_be_named(person_id):
        raise Conflict(_("知情人从部门负责人中指定。"))
    if person_id in {row.id for row in readers.named(ticket)}:
        raise Conflict(_("这位同志已经是知情人。"))
    add(Reader, {"ticket_id": ticket.id, "person_id": person_id})
    audit.append(actor.id, "reader.named", object=ticket.number, person=person_id)


def name_heads(ticket: Ticket, unit_id: int) -> None:
    """The heads of a unit that is asked beside the lead, save whom it is about."""
    known = {row.id for row in [*readers.named(ticket), *readers.recused(ticket)]}
    rows = [{"ticket_id": ticket.id, "person_id": one} for one in names.heads(unit_id) if one not in known]
    if rows:
        add(Reader, *rows)


def forget_heads(ticket: Ticket, unit_id: int) -> None:
    """The heads of a unit that has nothing to do with it any more."""
    _forget(names.heads(unit_id), ticket)


def drop(ticket: Ticket, person_id: int, actor: Actor) -> None:
    """He reads it no more; nothing happens where he did not."""
    _forget([person_id], ticket)
    audit.append(actor.id, "reader.removed", object=ticket.number, person=person_id)


def recuse_person(ticket: Ticket, person_id: int, actor: Actor) -> None:
    """The matter is about him: he neither reads nor works it. Conflict while he does work it."""
    if person_id == ticket.handler_id:
        raise Conflict(_("这位同志正在经办，请先改派。"))
    if person_id in {row.id for row in readers.recused(ticket)}:
        raise Conflict(_("已经登记过。"))
    add(Recused, {"ticket_id": ticket.id, "person_id": person_id})
    _forget([person_id], ticket)
    audit.append(actor.id, "recusal.named", object=ticket.number, person=person_id)


def admit_person(ticket: Ticket, person_id: int, actor: Actor) -> None:
    """It was not about him after all."""
    mine = (Recused.ticket_id == ticket.id, Recused.person_id == person_id)
    db.session.execute(delete(Recused).where(*mine).execution_options(synchronize_session=False))
    audit.append(actor.id, "recusal.removed", object=ticket.number, person=person_id)


def recuse_unit(ticket: Ticket, unit_id: int | None, actor: Actor) -> None:
    """The unit the matter is about: neither lead, co nor reader. Conflict while it works on it."""
    if unit_id is not None and unit_id in readers.working_units(ticket):
        raise Conflict(_("这个单位正在承办或协办，请先收回。"))
    named = update(Ticket).where(Ticket.id == ticket.id).values(complained_of_id=unit_id)
    db.session.execute(named.execution_options(synchronize_session=False))
    db.session.refresh(ticket)
    _forget([row.id for row in readers.named(ticket) if readers.is_complained_of(ticket, row.id)], ticket)
    audit.append(actor.id, "recusal.named" if unit_id else "recusal.removed", object=ticket.number, unit=unit_id)


def _forget(people: list[int], ticket: Ticket) -> None:
    gone = delete(Reader).where(Reader.ticket_id == ticket.id, Reader.person_id.in_(people))
    db.session.execute(gone.execution_options(synchronize_session=False))
