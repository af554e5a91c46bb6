"""联系记录: the list, one record with its chain visit → voices → tickets, and what may be done with it."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect

from liaison.access import Action, may, requires
from liaison.contacts.actions import confirming, editing
from liaison.contacts.forms import EditForm, FilterForm, RejectForm, VisitCheckForm
from liaison.contacts.models import Contact, HomeVisit
from liaison.contacts.occasions import COLUMNS, Occasion
from liaison.contacts.queries import amendments, details, late, lists, places, visible, visits
from liaison.contacts.queries.details import Around
from liaison.contacts.views import choices, history
from liaison.contacts.views.pages import acting, blueprint
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.forms import version_sent
from liaison.tickets.presenting import list_rows
from liaison.tickets.queries.lists import from_contact


@blueprint.get("/contacts/")
@requires(Action.VIEW_CONTACTS)
def index() -> Any:
    page = lists.index(acting(), request.args)
    kept: dict[str, Any] = {name: request.args[name] for name in ("kind", "month") if request.args.get(name)}
    return render_template(
        "contacts/index.html",
        page=page,
        waiting=lists.to_confirm(acting()) if may(acting(), Action.CONFIRM_CONTACT) else [],
        amendment_count=amendments.pending_count() if may(acting(), Action.APPROVE_LATE) else 0,
        late_count=late.pending_count() if may(acting(), Action.APPROVE_LATE) else 0,
        may_brief=may(acting(), Action.VIEW_BRIEF),
        form=FilterForm(request.args),
        is_filtered=bool(kept),
        newer_url=url_for("contacts.index", **kept, before=page.before) if page.before else None,
        older_url=url_for("contacts.index", **kept, after=page.after) if page.after else None,
    )


@blueprint.get("/contacts/<number>")
@requires(Action.VIEW_CONTACTS)
def show(number: str) -> Any:
    contact = visible.load(acting(), number)
    return shown(contact)


@blueprint.post("/contacts/<number>/confirm")
@requires(Action.CONFIRM_CONTACT)
def confirm(number: str) -> Any:
    contact = visible.load(acting(), number)
    confirming.confirm(acting(), contact, version_sent())
    db.session.commit()
    flash(_("已确认，这次联系从现在起计入。"))
    return redirect(_back(number), 303)


@blueprint.post("/contacts/<number>/reject")
@requires(Action.CONFIRM_CONTACT)
def reject(number: str) -> Any:
    contact = visible.load(acting(), number)
    form = RejectForm()
    if not form.validate():
        return shown(contact, form), 422
    confirming.reject(acting(), contact, version_sent(), form.reason.data)
    db.session.commit()
    flash(_("已退回，原因会给代录的同事看到。"))
    return redirect(url_for("contacts.show", number=number), 303)


@blueprint.route("/contacts/<number>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_CONTACT)
def edit(number: str) -> Any:
    contact = visible.load(acting(), number)
    around = details.around(contact)
    _may_edit(contact, around)
    if request.method == "GET":
        return _edit_page(EditForm(data=typed(contact, around)), contact)
    form = EditForm()
    occasion = None if {"find", "find_target"} & set(request.form) else occasion_of(form)
    if occasion is None:
        return _edit_page(form, contact, 422 if form.errors else 200)
    try:
        editing.edit(acting(), contact, version_sent(), occasion)
        db.session.commit()
    except BadInput as wrong:
        form.held_at.errors = [wrong.errors["held_at"]]
        return _edit_page(form, contact, 422)
    except Conflict as faster:
        return _both(form, number, faster.message)
    flash(_("已改好。"))
    return redirect(url_for("contacts.show", number=number), 303)


def shown(contact: Contact, form: RejectForm | None = None, checked: tuple[str, VisitCheckForm] | None = None) -> Any:
    """The page of one contact. `checked`: the form about this ticket came back with something to mend."""
    around = details.around(contact)
    may_check = visits.may_check(acting(), contact, around.leader_ids)
    heard, own = from_contact(acting(), contact.id), details.own_voices(acting(), contact.number)
    mine = next((leader for leader in around.leaders if leader.id == acting().id), None)
    return render_template(
        "contacts/show.html",
        contact=contact,
        around=around,
        events=history.entries(details.events(contact.id)),
        confided={voice.number for voice in own} - {row.number for row in heard},
        tickets=list_rows(heard, lambda one: url_for("tickets.show", number=one)),
        form=form or RejectForm(),
        answered_here=visits.to_check(acting(), contact) if may_check else [],
        checked=checked,
        blank_check=VisitCheckForm(formdata=None),
        waits_for_me=mine is not None and mine.is_waiting and not _is_over(contact),
        may_edit=details.may_edit(acting(), contact, around.leader_ids),
        has_cards=bool(own),
        late=late.standing(contact) if contact.is_late else None,
        amendment=amendments.last(contact.id) if contact.is_locked else None,
        may_amend=amendments.may_ask(acting(), contact, around.leader_ids),
    )


def _is_over(contact: Contact) -> bool:
    return contact.state not in lists.WAITING


def _may_edit(contact: Contact, around: Around) -> None:
    if details.may_edit(acting(), contact, around.leader_ids):
        return
    if contact.is_locked:
        raise Conflict(editing.locked_words(contact))
    raise NotAllowed


def _back(number: str) -> str:
    if request.args.get("back") == "list":
        return url_for("contacts.index")
    return url_for("contacts.show", number=number)


def occasion_of(form: EditForm) -> Occasion | None:
    is_valid = form.validate()
    place, leader_ids = choices.place_of(form), choices.leaders_of(form, acting())
    if not is_valid or place is None or leader_ids is None:
        return None
    return Occasion(**form.facts, **vars(place), leader_ids=leader_ids)


def typed(contact: Contact, around: Around) -> dict[str, Any]:
    """The record as the form shows it."""
    return {
        **{name: getattr(contact, name) for name in (*COLUMNS, "version")},
        **_family(around.home_visit),
        "held_at": clock.local(contact.held_at).replace(tzinfo=None),
        "leaders": sorted(around.leader_ids),
        "targets": [target.id for target in around.targets],
    }


def _family(visit: HomeVisit | None) -> dict[str, Any]:
    if visit is None:
        return {}
    same = {name: getattr(visit, name) for name in ("consent", "consented_on", "help_agreed")}
    return {"visit_mode": visit.mode, **same}


def _edit_page(form: EditForm, contact: Contact, code: int = 200, **more: Any) -> Any:
    offered = choices.offer(form, acting(), places.habits(acting().id).places)
    return render_template("contacts/edit.html", form=form, offered=offered, number=contact.number, **more), code


def _both(form: EditForm, number: str, message: str) -> Any:
    """Somebody was faster: what is stored now stands beside what was typed; the next press decides (R14)."""
    contact = visible.load(acting(), number)
    around = details.around(contact)
    _may_edit(contact, around)
    form.version.data = str(contact.version)
    return _edit_page(form, contact, 409, faster=message, stored=contact, around=around)
