"""走访核实 on the page of a contact: is what was answered here true? (domain.md §4.8, kind `visit`)."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect

from liaison.access import Action, requires
from liaison.contacts.forms import VisitCheckForm
from liaison.contacts.queries import details, visible, visits
from liaison.contacts.views.pages import acting, blueprint
from liaison.contacts.views.records import shown
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.tickets.actions import checks
from liaison.tickets.queries import visible as visible_tickets
from workflows.ticket_words import CheckResult


@blueprint.post("/contacts/<number>/checks/<ticket>")
@requires(Action.CHECK_AT_VISIT)
def check(number: str, ticket: str) -> Any:
    """One stated outcome, seen with one's own eyes; what is not so goes to the office."""
    contact = visible.load(acting(), number)
    around = details.around(contact)
    if not visits.may_check(acting(), contact, around.leader_ids):
        raise NotVisible(number)
    found = visible_tickets.load(acting(), ticket)
    if found.number not in {row.number for row in visits.to_check(acting(), contact)}:
        checks.refuse_own(found, acting())
        raise NotVisible(ticket)
    form = VisitCheckForm()
    if not form.validate():
        return shown(contact, checked=(ticket, form)), 422
    given = {"note": form.note.data, "contact": contact.number}
    try:
        checks.at_visit(found, CheckResult(form.result.data), actor=acting(), version=form.version.data, **given)
    except BadInput as refused:
        form.note.errors = list(refused.errors.values())
        return shown(contact, checked=(ticket, form)), 422
    db.session.commit()
    flash(_("已记下走访核实的结果。"))
    return redirect(url_for("contacts.show", number=number), 303)
