"""Writing notices and marking them read. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, String, Update, and_, bindparam, cast, delete, or_, select, update

from liaison.core.clock import now, today
from liaison.core.db import Key, Moment, db, insert_or, run
from liaison.notifications.models import Notice
from liaison.notifications.texts import TEXTS
from liaison.people.models import Person, RoleGrant
from liaison.people.queries.acting import valid
from liaison.people.words import Role
from workflows.ticket_states import Stage

if TYPE_CHECKING:
    from liaison.people.actor import Actor


@dataclass(frozen=True)
class Holders:
    """People by the roles they hold today: `anywhere`, or `there` at one unit. The statement that tells finds them."""

    anywhere: tuple[Role, ...] = ()
    there: tuple[Role, ...] = ()
    unit_id: int | None = None


def tell(
    recipients: Iterable[int] | Holders,
    text_key: str,
    *,
    about: str,
    stage: Stage | None,
    path: str,
    urgent: bool = False,
    dedupe: str | None = None,
    besides: Collection[int | None] = (),
) -> None:
    """Put one notice into the inbox of every active recipient: one statement, in the caller's transaction.

    `about` is a number, `path` an address of ours, `besides` those who are not to be told. With `dedupe` a person
    hears once of what it names for this number, however often it is told. Who may see the matter is for the
    caller to know (and for the sender to ask again). KeyError for a text that texts.py does not have.
    """
    _known(text_key, path)
    given = {
        **_whom(recipients),
        "besides": [person for person in besides if person is not None],
        "text": text_key,
        "number": about,
        "at_stage": stage,
        "address": path,
        "urgent": urgent,
        "at": now(),
        "event": None if dedupe is None else f"{about}:{dedupe}:",
    }
    if given.get("people") != []:
        run(_telling(db.engine.dialect.name, isinstance(recipients, Holders)), given)


def _whom(recipients: Iterable[int] | Holders) -> dict[str, Any]:
    if isinstance(recipients, Holders):
        return {**vars(recipients), "day": today()}
    return {"people": sorted(set(recipients))}


def take_back(text_key: str, about: Collection[str]) -> None:
    """Remove the notices with this text about these numbers: the matter is no more, and nobody shall be reminded."""
    gone = delete(Notice).where(Notice.text_key == text_key, Notice.about.in_(about))
    db.session.execute(gone.execution_options(synchronize_session=False))


def mark_read(actor: Actor, ids: Iterable[int]) -> None:
    """Mark the actor's own among these notices as read; those of others stay as they are."""
    db.session.execute(_reading(actor).where(Notice.id.in_(set(ids))))


def mark_all_read(actor: Actor, until: int) -> None:
    """Mark the actor's notices up to this one as read, so that one which came meanwhile is not lost."""
    db.session.execute(_reading(actor).where(Notice.id <= until))


def _reading(actor: Actor) -> Update:
    unread = update(Notice).where(Notice.recipient_id == actor.id, Notice.read_at.is_(None))
    return unread.values(read_at=now()).execution_options(synchronize_session=False)


@cache
def _telling(dialect: str, by_role: bool) -> Any:
    """INSERT … SELECT … ON CONFLICT DO NOTHING, built once: every move passes here."""
    row: dict[Any, Any] = {
        Notice.recipient_id: Person.id,
        Notice.text_key: bindparam("text", type_=String),
        Notice.about: bindparam("number", type_=String),
        Notice.stage: bindparam("at_stage", type_=Notice.__table__.c.stage.type),
        Notice.path: bindparam("address", type_=String),
        Notice.is_urgent: bindparam("urgent", type_=Boolean),
        Notice.created_at: bindparam("at", type_=Moment),
        Notice.dedupe_key: bindparam("event", type_=String) + cast(Person.id, String),  # NULL stays NULL
    }
    meant = Person.id.in_(_HOLDERS if by_role else bindparam("people", expanding=True))
    is_beside = Person.id.in_(bindparam("besides", expanding=True))
    active = select(*row.values()).where(meant, ~is_beside, Person.is_active)
    return insert_or(Notice, dialect).from_select([column.key for column in row], active).on_conflict_do_nothing()


def _holders() -> Any:
    def holds(name: str) -> Any:
        return RoleGrant.role.in_(bindparam(name, expanding=True))

    at_unit = and_(holds("there"), RoleGrant.unit_id == bindparam("unit_id", type_=Key))
    is_valid = valid(RoleGrant, bindparam("day", type_=Date))
    return select(RoleGrant.person_id).where(is_valid, or_(holds("anywhere"), at_unit))


_HOLDERS = _holders()


def _known(text_key: str, path: str) -> None:
    """A slip in a caller shows at the deed, not when somebody opens the inbox."""
    if text_key not in TEXTS:
        raise KeyError(f"{text_key} is not in liaison/notifications/texts.py")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"not an address of ours: {path}")
