"""What is asked about settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from liaison.core.db import db
from liaison.people.models import Person
from liaison.settings.models import SettingProposal, SettingVersion
from workflows.proposals import State


def mark() -> int | None:
    """What tells whether anything was saved since."""
    newest: int | None = db.session.scalar(select(func.max(SettingVersion.id)))
    return newest


def versions() -> list[Any]:
    """Every version: section, edition, made_at, content – the oldest first."""
    columns = (SettingVersion.section, SettingVersion.edition, SettingVersion.made_at, SettingVersion.content)
    return list(db.session.execute(select(*columns).order_by(SettingVersion.id)))


def editions() -> dict[str, int]:
    """The newest edition of each section that was ever saved."""
    newest = select(SettingVersion.section, func.max(SettingVersion.edition)).group_by(SettingVersion.section)
    return {row[0]: row[1] for row in db.session.execute(newest)}


def edition(section: str) -> int:
    """The newest edition of a section; 0 where nobody has saved it."""
    newest = select(func.max(SettingVersion.edition)).where(SettingVersion.section == section)
    return db.session.scalar(newest) or 0


def history(section: str = "") -> Sequence[Any]:
    """The versions with who made and who approved them, the newest first; of one section or of all."""
    approver = aliased(Person)
    wanted = (
        select(SettingVersion, Person.name.label("made_by"), approver.name.label("approved_by"))
        .outerjoin(Person, Person.id == SettingVersion.made_by_id)
        .outerjoin(approver, approver.id == SettingVersion.approved_by_id)
        .order_by(SettingVersion.id.desc())
    )
    return db.session.execute(wanted.where(SettingVersion.section == section) if section else wanted).all()


def proposals(section: str = "") -> Sequence[Any]:
    """What was proposed, with who proposed and who decided, the newest first."""
    decider = aliased(Person)
    wanted = (
        select(SettingProposal, Person.name.label("proposed_by"), decider.name.label("decided_by"))
        .join(Person, Person.id == SettingProposal.proposed_by_id)
        .outerjoin(decider, decider.id == SettingProposal.decided_by_id)
        .order_by(SettingProposal.id.desc())
    )
    return db.session.execute(wanted.where(SettingProposal.section == section) if section else wanted).all()


def open_proposal(section: str) -> SettingProposal | None:
    """The proposal of this section that waits for the second key."""
    waiting = SettingProposal.state == State.PROPOSED
    return db.session.scalar(select(SettingProposal).where(SettingProposal.section == section, waiting))
