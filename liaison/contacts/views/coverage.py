"""走访空白: where and when nobody goes, with one tap to plan a visit."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.contacts.queries import coverage as queries
from liaison.contacts.views.pages import acting, blueprint
from liaison.core.language import lazy_gettext as _l
from liaison.settings.in_force import number

DAYS = (_l("周一"), _l("周二"), _l("周三"), _l("周四"), _l("周五"), _l("周六"), _l("周日"))
PARTS = (_l("上午"), _l("中午"), _l("下午"), _l("晚上"))


@blueprint.get("/contacts/gaps")
@requires(Action.VIEW_GAPS)
def gaps() -> Any:
    weeks = number("coverage_weeks")
    covered = queries.covered(acting(), weeks)
    chosen = _kind(covered)
    part = _part(chosen)
    page = queries.gaps(acting(), chosen.kind, weeks, request.args, part) if chosen else None
    here = _address(chosen, part)
    return render_template(
        "contacts/gaps.html",
        weeks=weeks,
        tabs=[_tab(one, chosen) for one in covered],
        parts=_parts(chosen),
        part=part,
        page=page,
        hours=list(zip(DAYS, queries.hours(weeks), strict=True)),
        hours_of_day=[str(words) for words in PARTS],
        may_plan=may(acting(), Action.RECORD_CONTACT),
        newer_url=url_for("contacts.gaps", **here, before=page.before) if page and page.before else None,
        older_url=url_for("contacts.gaps", **here, after=page.after) if page and page.after else None,
    )


def _kind(covered: list[queries.Covered]) -> queries.Covered | None:
    """The kind of the address, where there is one; else the first there is."""
    asked = (one for one in covered if one.kind.value == request.args.get("kind"))
    return next(asked, covered[0] if covered else None)


def _part(chosen: queries.Covered | None) -> queries.Part | None:
    return next((one for one in chosen.parts if str(one.id) == request.args.get("within")), None) if chosen else None


def _parts(chosen: queries.Covered | None) -> list[tuple[queries.Part, str]]:
    """Where to look, each with its address: only where the units of this kind belong to several."""
    parts = chosen.parts if chosen and len(chosen.parts) > 1 else ()
    return [(part, url_for("contacts.gaps", **_address(chosen, part))) for part in parts]


def _address(chosen: queries.Covered | None, part: queries.Part | None) -> dict[str, Any]:
    within = {"within": part.id} if part and part.id else {}
    return {"kind": chosen.kind.value, **within} if chosen else {}


def _tab(one: queries.Covered, chosen: queries.Covered | None) -> dict[str, Any]:
    words = f"{_(one.kind.label)} {one.visited}/{one.all}"
    return {"url": url_for("contacts.gaps", kind=one.kind.value), "label": words, "current": one is chosen}
