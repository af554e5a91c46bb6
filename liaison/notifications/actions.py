"""Writing notices and marking them read. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, String, Update, bindparam, cast, select, update
from sqlalchemy.dialects import postgresql, sqlite

from liaison.core.clock import now
from liaison.core.db import Moment, db
from liaison.notifications.models import Notice
from liaison.notifications.texts import TEXTS
from liaison.people.models import Person
from workflows.ticket_states import Stage

if TYPE_CHECKING:
    from liaison.people.actor import Actor

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def tell(
    recipients: Iterable[int],
    text_key: str,
    *,
    about: str,
    stage: Stage | None,
    path: str,
    urgent: bool = False,
    dedupe: str | None = None,
) -> None:
    """Put one notice into the inbox of every active recipient: one statement, in the caller's transaction.

    `about` is a number, `path` an address of ours. With `dedupe` a person hears once of what it names for
    this number, however often it is told. Who may see the matter is for the caller to know (and for the
    sender to ask again). KeyError for a text that texts.py does not have.
    """
    _known(text_key, path)
    given = {
        "people": sorted(set(recipients)),
        "text": text_key,
        "number": about,
        "at_stage": stage,
        "address": path,
        "urgent": urgent,
        "at": now(),
        "event": None if dedupe is None else f"{about}:{dedupe}:",
    }
    if given["people"]:
        db.session.execute(_telling(db.engine.dialect.name), given)


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
def _telling(dialect: str) -> Any:
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
    named = Person.id.in_(bindparam("people", expanding=True))
    active = select(*row.values()).where(named, Person.is_active)
    insert = INSERT[dialect](Notice.__table__)
    return insert.from_select([column.key for column in row], active).on_conflict_do_nothing()


def _known(text_key: str, path: str) -> None:
    """A slip in a caller shows at the deed, not when somebody opens the inbox."""
    if text_key not in TEXTS:
        raise KeyError(f"{text_key} is not in liaison/notifications/texts.py")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"not an address of ours: {path}")
