"""特殊时期: days on which contact online counts as face to face (domain.md §3.6). Declared by the director, printed
on every report that covers them; taken back, never deleted."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.programmes.models import SpecialPeriod

LONGEST = timedelta(days=180)  # what lasts longer is a rule: then the rule is changed


def declare(actor: Actor, from_on: date, until_on: date, reason: str) -> SpecialPeriod:
    """Declare days, both included. BadInput with a sentence per field; overlapping days are declared once."""
    wrong: dict[str, str] = {}
    if until_on < from_on:
        wrong["until_on"] = _("最后一天早于第一天，请核对。")
    elif until_on - from_on > LONGEST:
        wrong["until_on"] = _("一次最长 180 天；更久的请改制度条目。")
    if len(reason) < 2:
        wrong["reason"] = _("请写一句为什么，它会印在报表上。")
    if not wrong and (there := _overlapping(from_on, until_on)) is not None:
        days = {"first": there.from_on.isoformat(), "last": there.until_on.isoformat()}
        wrong["from_on"] = _("与已宣布的 %(first)s 至 %(last)s 重叠。", **days)
    if wrong:
        raise BadInput(**wrong)
    period = SpecialPeriod(
        from_on=from_on, until_on=until_on, reason=reason, declared_by_id=actor.id, declared_at=now()
    )
    db.session.add(period)
    append(actor.id, "special.declared", object=from_on.isoformat(), until=until_on.isoformat(), text=reason)
    return period


def withdraw(actor: Actor, key: int) -> None:
    """Take a declaration back: it counts for nothing from now on. NotVisible, Conflict (already taken back)."""
    period = db.session.get(SpecialPeriod, key)
    if period is None:
        raise NotVisible
    if period.withdrawn_at is not None:
        raise Conflict(_("这一段已经撤回了。"))
    period.withdrawn_at = now()
    append(actor.id, "special.withdrawn", object=period.from_on.isoformat())


def _overlapping(from_on: date, until_on: date) -> SpecialPeriod | None:
    lies = (SpecialPeriod.from_on <= until_on, SpecialPeriod.until_on >= from_on, SpecialPeriod.withdrawn_at.is_(None))
    return db.session.scalar(select(SpecialPeriod).where(*lies).limit(1))
