"""更正: a leader asks for a record of a locked month to be put right; the director says yes or no."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.contacts.actions import amending
from liaison.contacts.forms import AmendForm, LateForm
from liaison.contacts.models import Contact
from liaison.contacts.queries import amendments, details, places, visible
from liaison.contacts.views import choices
from liaison.contacts.views.pages import acting, blueprint
from liaison.contacts.views.records import occasion_of, typed, version_sent
from liaison.core import formats
from liaison.core.db import db
from liaison.core.errors import BadInput, NotAllowed, NotVisible
from liaison.programmes.words import MeetingChannel


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
    names = amendments.names_of([row.wanted for row in rows])
    return render_template(
        "contacts/amendments.html",
        rows=[(row, _changes(row, names)) for row in rows],
        number=number,
        sent=form,
        blank=LateForm(formdata=None),
    )


def _changes(row: Any, names: dict[str, dict[int, str]]) -> list[tuple[str, str, str]]:
    """What it says, and what it should say: only where they differ."""
    wanted = amending.occasion_of(row.wanted)
    kinds = [[row.kind, row.second_kind], [wanted.kind, wanted.second_kind]]
    before, after = (_("、").join(_(kind.label) for kind in pair if kind) for pair in kinds)
    place = names["places"].get(wanted.place_id or 0, wanted.place_text)
    people = _("、").join(names["people"][one] for one in wanted.leader_ids)
    told = [
        (_("时间"), formats.moment_words(row.held_at), formats.moment_words(wanted.held_at)),
        (_("类型"), before, after),
        (_("地点"), row.place, place),
        (_("方式"), _(MeetingChannel(row.channel).label), _(wanted.channel.label)),
        (_("用时"), _minutes(row.minutes), _minutes(wanted.minutes)),
        (_("参加的领导"), row.leaders, people),
        (_("简况"), row.summary, wanted.summary),
    ]
    return [one for one in told if one[1] != one[2]]


def _minutes(number: int | None) -> str:
    return _("%(n)s 分钟", n=number) if number else _("没有写")
