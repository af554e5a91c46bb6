"""Accounts: made, closed, opened again; passwords; one's own settings."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import insert

from liaison.audit.actions import append
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.people import passwords, throttling
from liaison.people.actions.roles import keep_an_administrator
from liaison.people.actions.sessions import end_sessions_of
from liaison.people.models import PasswordHistory, Person, RoleGrant
from liaison.people.queries.accounts import any_person, by_login, earlier_passwords
from liaison.people.queries.acting import ties_of
from liaison.people.words import Role


def create_person(
    login: str, name: str, *, actor_id: int | None, staff_no: str | None = None, email: str | None = None
) -> tuple[Person, str]:
    """A new account without any role, with its one-time password. BadInput when the login is taken."""
    login = login.strip().lower()
    if by_login(login):
        raise BadInput(login=_("这个账号已有人用。"))
    word = passwords.one_time()
    person = Person(login=login, name=name, staff_no=staff_no or None, email=email or None, created_at=now())
    _set_one_time(person, word)
    db.session.add(person)
    db.session.flush()
    append(actor_id, "person.created", object=login)
    return person, word


def first_administrator() -> str | None:
    """The account `admin` with a one-time password, which is returned; None when anybody exists already."""
    if any_person():
        return None
    person, word = create_person("admin", "管理员", actor_id=None)
    grant = {"person_id": person.id, "role": Role.ADMIN, "granted_at": now(), "from_on": today()}
    db.session.execute(insert(RoleGrant).values(grant))
    append(None, "role.granted", object=person.login, role=Role.ADMIN)
    return word


def reset_password(person: Person, *, actor_id: int | None) -> str:
    """A one-time password to hand over; ends every session and every wait for wrong tries."""
    word = passwords.one_time()
    _set_one_time(person, word)
    ended = end_sessions_of(person.id)
    throttling.cleared("account", person.login)
    append(actor_id, "password.reset", object=person.login, ended=ended)
    return word


def change_password(person: Person, new: str, school: str) -> None:
    """Replace the password by one of the person's own; ends all sessions. BadInput(new=…) when it will not do."""
    rules = passwords.profile()
    own_words = tuple(filter(None, (person.login, person.staff_no, person.name, school)))
    wrong = passwords.weaknesses(new, rules, own_words) or _repeats(person, new, rules)
    if wrong:
        raise BadInput(new=" ".join(wrong))
    word = passwords.hashed(new)
    person.password_hash, person.password_set_at, person.must_change_password = word, now(), False
    db.session.execute(insert(PasswordHistory).values(person_id=person.id, password_hash=word, set_at=now()))
    append(person.id, "password.changed", object=person.login, ended=end_sessions_of(person.id))


def deactivate(person: Person, *, actor_id: int) -> None:
    """Close an account: its sessions end, it opens no more. Nobody closes his own."""
    if person.id == actor_id:
        raise Conflict(_("自己的账号由另一位管理员停用。"))
    if Role.ADMIN in ties_of(person.id).roles:
        keep_an_administrator(person.id)
    person.is_active = False
    append(actor_id, "person.deactivated", object=person.login, ended=end_sessions_of(person.id))


def activate(person: Person, *, actor_id: int) -> None:
    """Open a closed account again, with the roles that are still valid."""
    person.is_active = True
    append(actor_id, "person.activated", object=person.login)


def set_language(person: Person, language: str) -> None:
    person.language = language


def set_email(person: Person, email: str, *, actor_id: int | None) -> None:
    """The address at work that digests and urgent notices go to; empty: none."""
    person.email = email or None
    append(actor_id, "person.changed", object=person.login, email=bool(email))


def set_type_size(person: Person, is_large: bool) -> None:
    person.is_large_type = is_large


def _set_one_time(person: Person, word: str) -> None:
    person.password_hash, person.password_set_at, person.must_change_password = passwords.hashed(word), now(), True


def _repeats(person: Person, new: str, rules: passwords.Profile) -> list[str]:
    """The present password is refused everywhere, the last five where the profile remembers them."""
    earlier = [person.password_hash, *earlier_passwords(person.id, rules.remembered)]
    if any(passwords.is_right(stored, new) for stored in earlier if stored):
        return [_("这个口令以前用过，请换一个。")]
    return []
