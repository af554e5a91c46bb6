"""走访空白: where and when nobody goes, with one tap to plan a visit."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.contacts.queries import coverage as queries
from liaison.contacts.views.pages import acting, blueprint
from liaison.core.language import lazy_gettext as _l
from liaison.people.words import UnitType
from liaison.settings.in_force import number

DAYS = (_l("周一"), _l("周二"), _l("周三"), _l("周四"), _l("周五"), _l("周六"), _l("周日"))
PARTS = (_l("上午"), _l("中午"), _l("下午"), _l("晚上"))


@blueprint.get("/contacts/gaps")
@requires(Action.VIEW_GAPS)
def gaps() -> Any:
    weeks = number("coverage_weeks")
    covered = queries.covered(acting(), weeks)
    kinds = [one.kind for one in covered]
    kind = _kind(request.args.get("kind", ""), kinds)
    page = queries.gaps(acting(), kind, weeks, request.args) if kind else None
    here: dict[str, Any] = {"kind": kind.value} if kind else {}
    return render_template(
        "contacts/gaps.html",
        weeks=weeks,
        tabs=[_tab(one, kind) for one in covered],
        page=page,
        hours=list(zip(DAYS, queries.hours(weeks), strict=True)),
        parts=[str(part) for part in PARTS],
        may_plan=may(acting(), Action.RECORD_CONTACT),
        newer_url=url_for("contacts.gaps", **here, before=page.before) if page and page.before else None,
        older_url=url_for("contacts.gaps", **here, after=page.after) if page and page.after else None,
    )


def _kind(asked: str, kinds: list[UnitType]) -> UnitType | None:
    """The kind of the address, where there is one; else the first there is."""
    return next((kind for kind in kinds if kind.value == asked), kinds[0] if kinds else None)


def _tab(one: queries.Covered, chosen: UnitType | None) -> dict[str, Any]:
    words = f"{_(one.kind.label)} {one.visited}/{one.all}"
    return {"url": url_for("contacts.gaps", kind=one.kind.value), "label": words, "current": one.kind is chosen}
