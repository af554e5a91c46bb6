"""补录: the director's list of what was filed after a month was locked, with a yes or no for each."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.contacts.actions import late as actions
from liaison.contacts.forms import LateForm
from liaison.contacts.queries import late as queries
from liaison.contacts.queries import visible
from liaison.contacts.views.pages import acting, blueprint
from liaison.core.db import db
from liaison.core.errors import BadInput
from liaison.core.forms import version_sent


@blueprint.get("/contacts/late")
@requires(Action.APPROVE_LATE)
def late() -> Any:
    return _page()


@blueprint.post("/contacts/<number>/late")
@requires(Action.APPROVE_LATE)
def decide_late(number: str) -> Any:
    contact = visible.load(acting(), number)
    is_approved = request.form.get("decision") == "approve"
    form = LateForm()
    if not form.validate():
        return _page(number, form), 422
    try:
        actions.decide(acting(), contact, version_sent(), is_approved=is_approved, answer=form.answer.data)
    except BadInput as wrong:
        form.answer.errors = [wrong.errors["answer"]]
        return _page(number, form), 422
    db.session.commit()
    flash(_("已同意，计入当月；已锁定的月份另列更正。") if is_approved else _("已退回，原因会给本人看到。"))
    return redirect(url_for("contacts.late"), 303)


def _page(number: str = "", form: LateForm | None = None) -> str:
    """`form` is the one that was sent for this number; the others are empty."""
    return render_template(
        "contacts/late.html", rows=queries.pending(), number=number, sent=form, blank=LateForm(formdata=None)
    )
