"""更正: a leader asks for a record of a locked month to be put right; the director says yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.contacts.actions import amending
from liaison.contacts.forms import AmendForm, LateForm
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries import amendments, details, places, visible
from liaison.contacts.views import choices
from liaison.contacts.views.history import FIELDS
from liaison.contacts.views.pages import acting, blueprint
from liaison.contacts.views.records import occasion_of, typed
from liaison.core import formats
from liaison.core.db import db
from liaison.core.errors import BadInput, NotAllowed, NotVisible
from liaison.core.forms import version_sent

Names = dict[str, dict[int, str]]  # of units, people and courses, by key


@blueprint.route("/contacts/<number>/amend", methods=["GET", "POST"])
@requires(Action.EDIT_CONTACT)
def amend(number: str) -> Any:
    contact = visible.load(acting(), number)
    around = details.around(contact)
    if not amendments.may_ask(acting(), contact, around.leader_ids):
        raise NotAllowed
    if request.method == "GET":
        return _page(AmendForm(data=typed(contact, around)), contact)
    form = AmendForm()
    occasion = None if {"find", "find_target"} & set(request.form) else occasion_of(form)
    if occasion is None:
        return _page(form, contact, 422 if form.errors else 200)
    amending.ask(acting(), contact, version_sent(), occasion, form.reason.data)
    db.session.commit()
    flash(_("已交主任。同意以后计入它发生的那个月，已锁定的数字另列更正。"))
    return redirect(url_for("contacts.show", number=number), 303)


@blueprint.get("/contacts/amendments")
@requires(Action.APPROVE_LATE)
def amendments_waiting() -> str:
    return _list()


@blueprint.post("/contacts/<number>/amendment")
@requires(Action.APPROVE_LATE)
def decide_amendment(number: str) -> Any:
    found = amendments.waiting(number)
    if found is None:
        raise NotVisible(number)
    form, is_approved = LateForm(), request.form.get("decision") == "approve"
    if not form.validate():
        return _list(number, form), 422
    try:
        said = {"is_approved": is_approved, "answer": form.answer.data}
        amending.decide(acting(), found[0], version_sent(), found[1], **said)
    except BadInput as wrong:
        db.session.rollback()
        form.answer.errors = [wrong.errors["answer"]]
        return _list(number, form), 422
    db.session.commit()
    flash(_("已更正，已锁定的月份另列更正。") if is_approved else _("已退回，原因会给本人看到。"))
    return redirect(url_for("contacts.amendments_waiting"), 303)


def _page(form: AmendForm, contact: Contact, code: int = 200) -> Any:
    offered = choices.offer(form, acting(), places.habits(acting().id).places)
    return render_template("contacts/edit.html", form=form, offered=offered, number=contact.number, amends=True), code


def _list(number: str = "", form: LateForm | None = None) -> str:
    rows = amendments.pending()
    before, after = amendments.as_recorded(rows), {row.id: amending.occasion_of(row.wanted) for row in rows}
    names = amendments.names_of([*before.values(), *after.values()])
    return render_template(
        "contacts/amendments.html",
        rows=[(row, _changes(before[row.id], after[row.id], names)) for row in rows],
        number=number,
        sent=form,
        blank=LateForm(formdata=None),
    )


def _changes(before: Occasion, after: Occasion, names: Names) -> list[tuple[str, str, str]]:
    """Everything a yes would change: what the record says, and what it should say."""
    now, then = _in_words(before, names), _in_words(after, names)
    return [(str(FIELDS[name]), now[name], then[name]) for name in now if now[name] != then[name]]


def _in_words(told: Occasion, names: Names) -> dict[str, str]:
    """Each field as a person reads it; empty where nothing is said."""
    units, people, courses = (_named(names[what]) for what in ("units", "people", "courses"))
    visit = told.home_visit or {}
    return {
        "held_at": formats.moment_words(told.held_at),
        "kind": _joined(_(kind.label) for kind in (told.kind, told.second_kind) if kind),
        "place_id": units(told.place_id) if told.place_id else told.place_text,
        "channel": _(told.channel.label),
        "minutes": _("%(n)s 分钟", n=told.minutes) if told.minutes else "",
        "leaders": _joined(people(one) for one in sorted(told.leader_ids)),
        "targets": _joined(units(one) for one in sorted(told.target_ids)),
        "summary": told.summary,
        "headcount": _(told.headcount.label) if told.headcount else "",
        "title": told.title,
        "document_no": told.document_no,
        "reported_on": formats.day_words(told.reported_on) if told.reported_on else "",
        "course_id": courses(told.course_id) if told.course_id else "",
        "colleague_id": people(told.colleague_id) if told.colleague_id else "",
        "mode": _joined(_(visit[name].label) for name in ("mode", "consent") if visit.get(name)),
        "consented_on": formats.day_words(visit["consented_on"]) if visit.get("consented_on") else "",
        "help_agreed": visit.get("help_agreed") or "",
    }


def _named(names: dict[int, str]) -> Callable[[int], str]:
    """What a request names may be gone when it is read: a roster was taken back."""
    return lambda key: names.get(key) or str(_("已删除"))


def _joined(words: Iterable[str]) -> str:
    return str(_("、")).join(words)
