"""Who acts for which leader, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from liaison.core.db import db
from liaison.core.paging import Page, page
from liaison.people.models import Delegation, Person


def delegations(asked: Mapping[str, str]) -> Page:
    """All delegations, the latest first."""
    leader, liaison = aliased(Person), aliased(Person)
    names = (leader.name.label("leader"), liaison.name.label("liaison"))
    statement: Any = (
        select(Delegation.id, Delegation.from_on, Delegation.until_on, *names)
        .join(leader, leader.id == Delegation.leader_id)
        .join(liaison, liaison.id == Delegation.liaison_id)
    )
    return page(statement, [Delegation.id], asked, is_descending=True)


def overlapping(leader_id: int, liaison_id: int, from_on: date, until_on: date | None) -> Delegation | None:
    """A delegation between the two that shares a day with the given ones."""
    where = [
        Delegation.leader_id == leader_id,
        Delegation.liaison_id == liaison_id,
        Delegation.until_on.is_(None) | (Delegation.until_on >= from_on),
    ]
    if until_on:
        where.append(Delegation.from_on <= until_on)
    return db.session.scalar(select(Delegation).where(*where).limit(1))
