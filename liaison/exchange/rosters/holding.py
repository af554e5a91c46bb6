"""Which units still hold something that a successor must take before they close (rulings §13), many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from liaison.core import clock
from liaison.core.db import run
from liaison.people.models import Link, Post, RoleGrant, Supervision, Unit
from liaison.people.queries.acting import valid
from liaison.people.queries.units import is_open
from liaison.tickets.models import Assignment, CatalogueLine, Category
from liaison.tickets.models.catalogue import LineStanding


def of_units(keys: Collection[int]) -> dict[int, str]:
    """Of these units those that hold something, with a sentence that names it."""
    if not keys:
        return {}
    today = clock.today()
    at_work = (Assignment.ended_at.is_(None), Assignment.answered_at.is_(None))
    undecided = CatalogueLine.standing.in_((LineStanding.IN_FORCE, LineStanding.PROPOSED))
    held = {
        _("在办事项"): select(Assignment.unit_id).where(*at_work),
        _("派单目录"): select(CatalogueLine.unit_id).where(undecided),
        _("事项分类"): select(Category.lead_unit_id),
        _("联系点"): select(Link.unit_id).where(valid(Link, today)),
        _("分管领导"): select(Supervision.unit_id).where(valid(Supervision, today)),
        _("角色"): select(RoleGrant.unit_id).where(valid(RoleGrant, today)),
        _("任职"): select(Post.unit_id).where(valid(Post, today)),
    }
    found: dict[int, list[str]] = {}
    for words, wanted in held.items():
        for key in set(run(wanted.distinct()).scalars()) & set(keys):
            found.setdefault(key, []).append(words)
    parts: Sequence[Any] = run(select(Unit.id, Unit.parent_id).where(is_open(today))).all()
    for key in {part.parent_id for part in parts if part.id not in keys} & set(keys):
        found.setdefault(key, []).append(_("下级单位"))
    return {key: _sentence(words) for key, words in found.items()}


def _sentence(words: list[str]) -> str:
    held = _("、").join(words)
    return _("它名下还有%(held)s，请到单位页撤销，并写明由哪个单位接续。", held=held)
