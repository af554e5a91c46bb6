"""计划: a contact to come – written down in one go, listed, recorded when it has taken place, or called off."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.utils import redirect

from liaison.access import Action, requires
from liaison.calendars.in_force import calendar
from liaison.contacts.actions import planning as actions
from liaison.contacts.forms import CaptureForm, PlanForm
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries import details, places, plans, visible
from liaison.contacts.queries.leaders import may_file_for
from liaison.contacts.queries.places import Place
from liaison.contacts.views import choices
from liaison.contacts.views.pages import acting, blueprint
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import Conflict, NotAllowed
from liaison.core.forms import version_sent
from liaison.core.submissions import already_made, remember
from liaison.programmes.words import ContactKind
from workflows.contacts import State

AFTERNOON = time(16, 0)


@blueprint.route("/contacts/plan", methods=["GET", "POST"])
@requires(Action.RECORD_CONTACT)
def plan() -> Any:
    form = PlanForm()
    if request.method == "GET":
        return _fresh(form)
    occasion = None if "find" in request.form else _occasion(form)
    if occasion is None:
        return _page(form, 422 if form.errors else 200)
    try:
        remember(acting().id or 0, form.form_id.data, actions.plan(acting(), occasion))
        db.session.commit()
        flash(_("已列入计划。走访之后点“记下来”；没去成就取消，不用说明。"))
    except IntegrityError:
        db.session.rollback()
        if already_made(acting().id or 0, form.form_id.data) is None:
            form.place_text.errors = [_("地点、分类或名单刚有变动，请重新选一次。")]
            return _page(form, 422)
    return redirect(url_for("contacts.plan"), 303)


@blueprint.post("/contacts/<number>/cancel")
@requires(Action.RECORD_CONTACT)
def cancel(number: str) -> Any:
    contact = own_plan(number)
    actions.cancel(acting(), contact, version_sent(), details.around(contact).leader_ids)
    db.session.commit()
    flash(_("计划已取消。"))
    return redirect(url_for("contacts.plan"), 303)


def own_plan(number: str) -> Contact:
    """A plan that this person may record or cancel. Not visible 404, not his 403, none any more 409."""
    contact = visible.load(acting(), number)
    if not plans.may_carry_out(acting(), details.around(contact).leader_ids):
        raise NotAllowed
    if contact.state is not State.PLANNED:
        raise Conflict(_("这个计划已经记下或取消了。"))
    return contact


def prefill(form: CaptureForm, number: str) -> Place:
    """The capture page as the plan says; the time is the planned one once it is past, else now."""
    contact = own_plan(number)
    around = details.around(contact)
    form.planned.data, form.version.data = contact.number, str(contact.version)
    form.kind.data, form.place_id.data, form.place_text.data = contact.kind, contact.place_id, contact.place_text
    form.held_at.data = _wall(min(contact.held_at, clock.now()))
    form.leaders.data = sorted(around.leader_ids)
    return Place(contact.place_id or choices.AS_TYPED, around.place)


def _fresh(form: PlanForm) -> Any:
    habits = places.habits(acting().id)
    mine = may_file_for(acting())
    form.kind.data = habits.kind or ContactKind.ENTER_DORM
    form.leaders.data = [acting().id] if acting().id in mine else list(mine) if len(mine) == 1 else []
    form.held_at.data = _wall(clock.moment(calendar().add(clock.today(), 1), AFTERNOON))
    picked = choices.asked_for(form, request.args)
    return _page(form, recent=[*picked, *habits.places])


def _wall(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None, second=0, microsecond=0)


def _occasion(form: PlanForm) -> Occasion | None:
    is_valid = form.validate()
    place, leader_ids = choices.place_of(form), choices.leaders_of(form, acting())
    if not is_valid or place is None or leader_ids is None:
        return None
    return Occasion(**form.planned, **vars(place), leader_ids=leader_ids)


def _page(form: PlanForm, code: int = 200, recent: list[Place] | None = None) -> Any:
    offered = choices.offer(form, acting(), places.habits(acting().id).places if recent is None else recent)
    latest = _wall(clock.now() + timedelta(days=365)).isoformat()
    found = plans.planned(acting(), request.args)
    return render_template(
        "contacts/plan.html",
        form=form,
        offered=offered,
        latest=latest,
        planned=found.rows,
        newer_url=url_for("contacts.plan", before=found.before) if found.before else None,
        older_url=url_for("contacts.plan", after=found.after) if found.after else None,
    ), code
