"""Sessions: begun at sign-in, ended at sign-out, password change, role change and deactivation (R21)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people import throttling
from liaison.people.models import Person, SignIn
from liaison.people.passwords import hashed, is_right, needs_rehash
from liaison.people.queries.acting import roles_to_come, token_hash
from liaison.people.session_limits import limits_for, slides


@dataclass(frozen=True)
class Begun:
    """A new session: the token for the cookie, and how long the browser keeps it (None: until it is closed)."""

    token: str
    keeps: timedelta | None


def begin_session(person_id: int, device: str, proven_at: datetime | None = None) -> Begun:
    """Open a session with a new token; only its hash is stored. Recorded in the audit log.

    `proven_at`: when the second step was made in the session that this one follows.
    """
    token, at = secrets.token_urlsafe(32), now()
    limits = limits_for(roles_to_come(person_id))
    row = SignIn(
        token_hash=token_hash(token),
        person_id=person_id,
        started_at=at,
        seen_at=at,
        confirmed_at=at,
        ends_at=at + limits.absolute,
        idle_minutes=int(limits.idle.total_seconds() // 60),
        device=device[:120],
        proven_at=proven_at,
    )
    db.session.add(row)
    db.session.flush()
    append(person_id, "sign_in.made", session=row.id)
    return Begun(token, limits.idle if slides(limits.idle) else None)


def note_failure(login: str, address: str, *, is_known: bool) -> None:
    """Count a wrong try for the account and for the address; record it. What nobody is called is not kept."""
    is_locked = throttling.failed("account", login, throttling.ACCOUNT)
    throttling.failed("address", address, throttling.ADDRESS)
    deed = "sign_in.locked" if is_locked else "sign_in.failed"
    append(None, deed, object=login if is_known else "", result="failed")


def note_wrong_code(person_id: int, login: str) -> None:
    """Count a wrong code of the second step; record it."""
    is_locked = throttling.failed("second step", login, throttling.ACCOUNT)
    append(person_id, "second_step.locked" if is_locked else "second_step.failed", object=login, result="failed")


def end_session(sign_in_id: int, person_id: int) -> None:
    """End one session of a person. NotVisible when it is not his."""
    mine = (SignIn.id == sign_in_id, SignIn.person_id == person_id)
    ended = db.session.scalar(delete(SignIn).where(*mine).returning(SignIn.id))
    if ended is None:
        raise NotVisible
    append(person_id, "sign_in.ended", session=sign_in_id)


def end_sessions_of(person_id: int, except_id: int | None = None) -> int:
    """End every session of a person, or every other one; says how many."""
    theirs = delete(SignIn).where(SignIn.person_id == person_id, SignIn.id.is_distinct_from(except_id))
    return len(db.session.scalars(theirs.returning(SignIn.id)).all())


def end_all_sessions(person: Person, *, actor_id: int) -> None:
    """An administrator ends whatever a person has open: a lost phone, a borrowed machine."""
    append(actor_id, "sign_in.ended", object=person.login, ended=end_sessions_of(person.id))


def confirm_password(sign_in_id: int, person_id: int) -> None:
    """Note that the password was typed again just now, which opens approvals and exports for a while."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(confirmed_at=now()))
    append(person_id, "sign_in.confirmed", session=sign_in_id)


def keep_hash_current(person_id: int, password: str) -> None:
    """Hash a right password again when the parameters have grown since."""
    stored = db.session.scalar(select(Person.password_hash).where(Person.id == person_id))
    if stored and needs_rehash(stored) and is_right(stored, password):
        db.session.execute(update(Person).where(Person.id == person_id).values(password_hash=hashed(password)))


def sweep() -> None:
    """Remove sessions and counts of wrong tries that are long over."""
    db.session.execute(delete(SignIn).where(SignIn.ends_at < now()))
    throttling.sweep()
