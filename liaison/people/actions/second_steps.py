"""两步验证: opened by the person, proven at each sign-in, taken away by himself or an administrator (safety.md §3)."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.core.language import gettext as _
from liaison.people import second_factor
from liaison.people.actions.sessions import end_sessions_of
from liaison.people.models import Person, SecondFactor, SignIn


def open_second_step(person_id: int, sign_in_id: int, secret: str, code: str) -> bool:
    """From now on this secret is asked for. False, and nothing done, when the code is not of it.

    This session counts as proven, the others end. Conflict where there is one already.
    """
    if has_second_step(person_id):
        raise Conflict(_("两步验证已经开启。"))
    step = second_factor.step_of(secret, code)
    if step is None:
        return False
    sealed = second_factor.seal(secret)
    db.session.add(SecondFactor(person_id=person_id, sealed=sealed, since=now(), last_step=step))
    _prove(sign_in_id)
    append(person_id, "second_step.opened", ended=end_sessions_of(person_id, sign_in_id))
    return True


def prove(person_id: int, sign_in_id: int, code: str) -> bool:
    """Compare the code; right and new, it opens this session. Each code opens once, also for two at the same moment."""
    row = db.session.get_one(SecondFactor, person_id)
    step = second_factor.step_of(second_factor.unseal(row.sealed), code)
    if step is None:
        return False
    newer = update(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.last_step < step)
    if not db.session.scalar(newer.values(last_step=step).returning(SecondFactor.person_id)):
        return False
    _prove(sign_in_id)
    append(person_id, "second_step.proven", session=sign_in_id)
    return True


def end_second_step(person: Person, *, actor_id: int | None) -> None:
    """Ask no more: a lost telephone, a new one. All sessions end when somebody else did it. Twice is harmless."""
    ended = db.session.scalar(
        delete(SecondFactor).where(SecondFactor.person_id == person.id).returning(SecondFactor.person_id)
    )
    if ended:
        sessions = 0 if actor_id == person.id else end_sessions_of(person.id)
        append(actor_id, "second_step.ended", object=person.login, ended=sessions)


def has_second_step(person_id: int) -> bool:
    return db.session.scalar(select(SecondFactor.person_id).where(SecondFactor.person_id == person_id)) is not None


def _prove(sign_in_id: int) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(proven_at=now()))
