"""What a person's inbox holds. Every question is about the actor's own notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.core.paging import Page, page
from liaison.notifications.models import Notice

if TYPE_CHECKING:
    from liaison.people.actor import Actor

SIZE = 25
COUNTED = 100  # more unread than this is "99+": nobody reads the figure, everybody pays for it

COLUMNS: list[Any] = [
    Notice.id,
    Notice.text_key,
    Notice.about,
    Notice.stage,
    Notice.is_urgent,
    Notice.created_at,
    Notice.read_at,
]


def inbox(actor: Actor, asked: Mapping[str, str]) -> Page:
    """A page of notices, newest first; `asked` holds the key `before` or `after` of the address."""
    own = select(*COLUMNS).where(Notice.recipient_id == actor.id)
    return page(own, [Notice.id], asked, size=SIZE, is_descending=True)


def unread_count(actor: Actor) -> int:
    """How many unread notices there are; COUNTED stands for "as many or more"."""
    unread = select(Notice.id).where(Notice.recipient_id == actor.id, Notice.read_at.is_(None)).limit(COUNTED)
    return db.session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def path_of(actor: Actor, notice_id: int) -> str:
    """The address a notice of the actor points to; NotVisible for those of others."""
    own = (Notice.id == notice_id, Notice.recipient_id == actor.id)
    path = db.session.scalar(select(Notice.path).where(*own))
    if path is None:
        raise NotVisible
    return path
