"""三个纳入: asked for on a numbered request, seen and contested by the person, then issued. Nothing here commits."""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from liaison.audit.actions import append
from liaison.calendars.working_days import add_working_days
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.notifications.actions import tell
from liaison.oversight.reports.blocks import as_plain
from liaison.oversight.reports.statement import statement
from liaison.oversight.reports.statement_models import Stance, Statement
from liaison.people.actor import Actor

DAYS = 5  # working days in which the person may look at it, as with a prompt (domain.md §6.3)


def ask(actor: Actor, *, number: str, purpose: str, person_id: int, first: date, last: date) -> int:
    """The request as it came; the person is told at once. Returns its key. BadInput where there is one already."""
    if last < first:
        raise BadInput(last=_("结束的日期不能早于开始的日期。"))
    given = {"number": number, "purpose": purpose, "person_id": person_id, "first_on": first, "last_on": last}
    due = add_working_days(today(), DAYS)
    row = Statement(**given, asked_at=now(), asked_by_id=actor.id, due_on=due)
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise BadInput(number=_("这个来函编号对这个人已经登记过了。")) from None
    tell([person_id], "paper.statement", about=number, stage=None, path=f"/statements/{row.id}")
    append(actor.id, "statement.asked", object=number, text=purpose, person=person_id)
    return row.id


def answer(actor: Actor, row: Statement, *, stance: Stance, note: str) -> None:
    """本人意见: until it is issued he may change his mind. NotAllowed for everybody else."""
    if row.person_id != actor.id:
        raise NotAllowed
    if row.issued_at is not None:
        raise Conflict(_("这份说明已经出具，意见以出具时的为准。"))
    if stance is Stance.OBJECTED and not note:
        raise BadInput(note=_("请写明哪里不一致。"))
    row.stance, row.note, row.answered_at = stance, note, now()
    append(actor.id, "statement.answered", object=row.number, stance=stance.value)


def issue(actor: Actor, row: Statement) -> None:
    """出具: once the person has answered, or five working days have passed. Twice is harmless."""
    if row.issued_at is not None:
        return
    if row.stance is None and today() <= row.due_on:
        raise Conflict(_("先等本人看过：本人提出意见以后，或者期限过了，才能出具。"))
    row.content = as_plain(statement(row))
    row.issued_at, row.issued_by_id = now(), actor.id
    append(actor.id, "statement.issued", object=row.number, text=row.purpose, person=row.person_id)
