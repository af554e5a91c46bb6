"""Delegations: a liaison acts for a leader between two days (domain.md §2.2)."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from liaison.audit.actions import append
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.people.models import Delegation, Person
from liaison.people.queries.acting import ties_of
from liaison.people.queries.delegations import overlapping
from liaison.people.words import Role


def delegate(
    leader: Person, liaison: Person, from_on: date, until_on: date | None = None, *, actor_id: int | None
) -> Delegation:
    """Let a liaison act for a leader. BadInput(leader|liaison=…) when roles do not fit or it stands already."""
    if Role.LEADER not in ties_of(leader.id, max(from_on, today())).roles:
        raise BadInput(leader=_("%(name)s在这段时间没有校领导角色。", name=leader.name))
    if Role.LIAISON not in ties_of(liaison.id, max(from_on, today())).roles:
        raise BadInput(liaison=_("%(name)s在这段时间没有联络员角色。", name=liaison.name))
    if overlapping(leader.id, liaison.id, from_on, until_on):
        raise BadInput(liaison=_("这两位之间在这段时间已有委托。"))
    row = Delegation(leader_id=leader.id, liaison_id=liaison.id, from_on=from_on, until_on=until_on)
    db.session.add(row)
    append(actor_id, "delegation.granted", object=liaison.login, leader=leader.login, until=until_on)
    return row


def end_delegation(delegation_id: int, *, actor_id: int) -> None:
    """End a delegation: yesterday was its last day. NotVisible when there is none."""
    row = db.session.get(Delegation, delegation_id)
    if row is None:
        raise NotVisible
    row.until_on = today() - timedelta(days=1)
    append(actor_id, "delegation.ended", delegation=row.id)
