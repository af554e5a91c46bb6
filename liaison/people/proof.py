"""Is it he? A password is compared while the database is left alone, and wrong ones are counted (safety.md §3).

Hashing takes 24 ms on purpose; done inside a writing transaction it would keep everybody else from writing.
"""

from __future__ import annotations

from flask import request

from liaison.core.db import db, read_only, writing
from liaison.people import passwords, throttling
from liaison.people.actions.sessions import note_failure
from liaison.people.models import Person
from liaison.people.queries.accounts import by_login


def person_with(login: str, password: str) -> Person | None:
    """Whose password it is. Nobody, the wrong word and a closed account look alike, and take the same time.

    Raises TooMany while the account or the address must wait. The person returned is detached.
    """
    read_only(True)
    throttling.check("account", login)
    throttling.check("address", _address())
    person = by_login(login)
    if person:
        db.session.expunge(person)
    db.session.rollback()
    is_right = passwords.is_right(person.password_hash if person else None, password)
    if person and is_right and person.is_active and not passwords.is_spent(person):
        return person
    with writing():
        note_failure(login, _address(), is_known=person is not None)
    return None


def knows_password(person_id: int, login: str, password: str) -> bool:
    """Is it the password of the person who is signed in? Guessing it waits as it does at sign-in (TooMany).

    Ends the transaction of the request; afterwards the request may write.
    """
    db.session.rollback()
    read_only(True)
    throttling.check("account", login)
    stored = db.session.get_one(Person, person_id).password_hash
    db.session.rollback()
    is_right = passwords.is_right(stored, password)
    if not is_right:
        with writing():
            note_failure(login, _address(), is_known=True)
    read_only(False)
    return is_right


def _address() -> str:
    return request.remote_addr or ""
