"""本人申报: a cadre's strengths and carriers for an academic year, and the share of his time once a term.

Only the person himself declares; what he declares again replaces what he said, with a row in the audit log.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from liaison.audit.actions import append
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.core.language import gettext as _
from liaison.people.actor import Actor
from liaison.programmes.models import CarrierPlan, TimeShare
from liaison.programmes.words import TimeBand

MOST_CARRIERS = 5  # of each sort (domain.md §3.3)
CARRIER_LENGTH = 40


@dataclass(frozen=True)
class Plan:
    """三特一体: one strength at least; the groups he keeps contact with, never a named student."""

    duty: str = ""
    business: str = ""
    talent: str = ""
    staff_carriers: tuple[str, ...] = ()
    group_carriers: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str | list[str]]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def plan_of(person_id: int | None, academic_year: str) -> CarrierPlan | None:
    where = (CarrierPlan.person_id == person_id, CarrierPlan.academic_year == academic_year)
    return db.session.scalar(select(CarrierPlan).where(*where))


def share_of(person_id: int | None, term_id: int) -> TimeShare | None:
    where = (TimeShare.person_id == person_id, TimeShare.term_id == term_id)
    return db.session.scalar(select(TimeShare).where(*where))


def declare_plan(actor: Actor, academic_year: str, plan: Plan, *, version: int) -> None:
    """Declare or change the plan of a year. `version`: of the plan he looked at, 0 where there was none.

    Raises BadInput (no strength, too many carriers), Conflict (changed since, from another window).
    """
    _must_be_whole(plan)
    there = plan_of(actor.id, academic_year)
    if (there.version if there else 0) != version:
        raise Conflict(_("刚才在另一个页面上先存了。请对照后再存一次。"))
    row = there or CarrierPlan(person_id=actor.id, academic_year=academic_year, declared_on=today())
    for name, value in plan.columns.items():
        setattr(row, name, value)
    if db.session.is_modified(row) or there is None:
        _save(row)
        append(actor.id, "plan.declared", object=academic_year)


def declare_share(actor: Actor, term_id: int, band: TimeBand, sentence: str) -> None:
    """Declare which share of his time he spent with students in a term. Said again, the later one holds."""
    row = share_of(actor.id, term_id) or TimeShare(person_id=actor.id, term_id=term_id)
    if row.id and (row.band, row.sentence) == (band, sentence):
        return
    row.band, row.sentence, row.declared_at = band, sentence, now()
    _save(row)
    append(actor.id, "share.declared", object=str(term_id))


def _must_be_whole(plan: Plan) -> None:
    wrong: dict[str, str] = {}
    if not (plan.duty or plan.business or plan.talent):
        wrong["duty"] = _("三项特长至少写一项。")
    for name in ("staff_carriers", "group_carriers"):
        carriers: tuple[str, ...] = getattr(plan, name)
        if len(carriers) > MOST_CARRIERS:
            wrong[name] = _("最多写 %(n)s 个，一行一个。", n=MOST_CARRIERS)
        elif any(len(one) > CARRIER_LENGTH for one in carriers):
            wrong[name] = _("每个最多 %(n)s 个字。", n=CARRIER_LENGTH)
    if wrong:
        raise BadInput(**wrong)


def _save(row: CarrierPlan | TimeShare) -> None:
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:  # the same press at the same moment
        db.session.rollback()
        raise Conflict(_("刚才在另一个页面上先存了。请对照后再存一次。")) from None
