"""Posts: a title at a unit, for a time. Kept for ever: papers of a month print the post of that month."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from liaison.audit.actions import append
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.people.models import Person, Post, Unit
from liaison.people.queries.acting import valid
from liaison.people.words import PostCategory


def add_post(
    person: Person,
    title: str,
    unit: Unit,
    from_on: date,
    until_on: date | None = None,
    *,
    category: PostCategory = PostCategory.OTHER,
    rank: str = "",
    is_principal: bool = False,
    actor_id: int | None,
) -> Post:
    """Give a post. BadInput(title=…) when the person holds the same one already."""
    same = (Post.person_id == person.id, Post.unit_id == unit.id, Post.title == title, valid(Post, from_on))
    if db.session.scalar(select(Post.id).where(*same)):
        raise BadInput(title=_("这个职务已经登记过。"))
    given = {"title": title, "category": category, "rank": rank, "is_principal": is_principal}
    post = Post(person_id=person.id, unit_id=unit.id, from_on=from_on, until_on=until_on, **given)
    db.session.add(post)
    append(actor_id, "post.added", object=person.login, unit=unit.code, category=category)
    return post


def end_post(person: Person, post_id: int, *, actor_id: int) -> None:
    """End a post: yesterday was its last day. NotVisible when it is not this person's."""
    post = db.session.scalar(select(Post).where(Post.id == post_id, Post.person_id == person.id))
    if post is None:
        raise NotVisible
    post.until_on = today() - timedelta(days=1)
    append(actor_id, "post.ended", object=person.login)
