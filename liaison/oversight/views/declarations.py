"""申报: a cadre's own page for 三特一体 and the share of his time; for the office who has declared."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.calendars.models import Term
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.forms import version_sent
from liaison.oversight.forms.declarations import PlanForm, ShareForm
from liaison.oversight.queries import declarations as queries
from liaison.oversight.queries.record_sources import academic_year
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.programmes.actions import declaring as actions
from liaison.programmes.words import TimeBand
from liaison.settings.in_force import number


@blueprint.get("/declaration")
@requires(Action.DECLARE)
def declaration() -> str:
    return _own_page()


@blueprint.post("/declaration/plan")
@requires(Action.DECLARE)
def declare_plan() -> Any:
    """三特一体: declared, or declared anew."""
    if not queries.asked_of(me().id).plan:
        raise NotAllowed
    form = PlanForm()
    if not form.validate():
        return _own_page(plan_form=form), 422
    try:
        actions.declare_plan(me(), academic_year(today()), form.plan(), version=version_sent())
        db.session.commit()
    except BadInput as wrong:
        for name, sentence in wrong.errors.items():
            form[name].errors = [sentence]
        return _own_page(plan_form=form), 422
    except Conflict as faster:
        db.session.rollback()
        form.form_errors.append(faster.message)
        there = actions.plan_of(me().id, academic_year(today()))
        form.version.data = str(there.version if there else 0)
        return _own_page(plan_form=form), 409
    flash(_("已申报。这一学年里随时可以再改。"))
    return redirect(url_for("oversight.declaration"), 303)


@blueprint.post("/declaration/share")
@requires(Action.DECLARE)
def declare_share() -> Any:
    """一半以上时间: a band and, if he likes, a sentence. Never computed, never measured."""
    term = queries.present_term()
    if term is None or not queries.asked_of(me().id).share:
        raise NotAllowed
    form = ShareForm()
    if not form.validate():
        return _own_page(share_form=form), 422
    actions.declare_share(me(), term.id, TimeBand(form.band.data), form.sentence.data or "")
    db.session.commit()
    flash(_("已申报。"))
    return redirect(url_for("oversight.declaration"), 303)


@blueprint.get("/declarations")
@requires(Action.COLLECT_FORMS)
def declarations() -> str:
    """For the office: every cadre, or only whose declaration is missing."""
    year, term = academic_year(today()), queries.present_term()
    is_missing = request.args.get("tab") != "all"
    wants = queries.asked_of_cadres()
    found = queries.page_of(year, term, wants, request.args, is_missing=is_missing)
    kept: dict[str, Any] = {} if is_missing else {"tab": "all"}
    return render_template(
        "oversight/declarations.html",
        year=year,
        term=term,
        rows=found.rows,
        posts=queries.posts_of([row.person_id for row in found.rows]),
        counts=queries.counts(year),
        wants=wants,
        is_missing=is_missing,
        due_on=_due_on(year),
        newer_url=url_for("oversight.declarations", **kept, before=found.before) if found.before else None,
        older_url=url_for("oversight.declarations", **kept, after=found.after) if found.after else None,
    )


def _own_page(plan_form: PlanForm | None = None, share_form: ShareForm | None = None) -> str:
    year, term, asked = academic_year(today()), queries.present_term(), queries.asked_of(me().id)
    plan = actions.plan_of(me().id, year) if asked.plan else None
    share = actions.share_of(me().id, term.id) if asked.share and term else None
    return render_template(
        "oversight/declaration.html",
        year=year,
        term=term,
        asked=asked,
        due_on=_due_on(year),
        plan=plan,
        plan_form=plan_form or _blank_plan(plan),
        share=share,
        share_form=share_form or ShareForm(formdata=None, obj=share),
        half_days=_half_days(asked, term),
    )


def _half_days(asked: queries.Asked, term: Term | None) -> int:
    return queries.half_days(me().id, term) if asked.share and term else 0


def _blank_plan(plan: Any) -> PlanForm:
    if plan is None:
        return PlanForm(formdata=None)
    carriers = {name: "\n".join(getattr(plan, name)) for name in ("staff_carriers", "group_carriers")}
    strengths = {name: getattr(plan, name) for name in ("duty", "business", "talent")}
    return PlanForm(formdata=None, **strengths, **carriers, version=str(plan.version))


def _due_on(year: str) -> date:
    """Early September, to the office (domain.md §3.3)."""
    return date(int(year[:4]), 9, number("plan_due_day"))
