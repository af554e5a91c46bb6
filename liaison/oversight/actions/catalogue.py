"""派单目录: which unit the matters of a category usually go to; the office may always choose another."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import select, update

from liaison.audit.actions import append
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.people.actor import Actor
from liaison.tickets.models import Category

Leads = Mapping[str, int | None]  # code of a category → unit


def leads() -> dict[str, int | None]:
    """The catalogue as it is."""
    return {row.code: row.lead_unit_id for row in db.session.execute(select(Category.code, Category.lead_unit_id))}


def mark(present: Leads) -> str:
    """What tells whether somebody changed the catalogue since a page was drawn."""
    return sha256(repr(sorted(present.items())).encode()).hexdigest()[:16]


def save(wanted: Leads, actor: Actor, *, base: str) -> int:
    """Write what differs; returns how many lines. Conflict when it is no longer what the person looked at."""
    present = leads()
    if mark(present) != base:
        raise Conflict(_("刚才有人先改了派单目录。您选的还在下面，请对照后再存一次。"))
    changed = {code: unit for code, unit in wanted.items() if code in present and present[code] != unit}
    if not changed:
        raise BadInput(base=_("和现行的一样，没有要保存的。"))
    for code, unit in changed.items():
        named = update(Category).where(Category.code == code).values(lead_unit_id=unit)
        db.session.execute(named.execution_options(synchronize_session=False))
    append(
        actor.id, "catalogue.saved", object=str(len(changed)), lines={k: [present[k], v] for k, v in changed.items()}
    )
    return len(changed)
