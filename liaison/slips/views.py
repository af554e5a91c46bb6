"""联系方式: which there are on a ticket, one look with its reason, and the leave for the handler to look."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor, me
from liaison.slips import actions, queries, sealing
from liaison.slips.forms import GrantForm, LookForm, PressForm
from liaison.slips.words import Purpose
from liaison.tickets.models import Ticket
from liaison.tickets.queries import visible
from liaison.tickets.queries.page import TicketPage

blueprint = Blueprint("slips", __name__)


@blueprint.get("/tickets/<number>/slips")
@requires(Action.VIEW_SLIP)
def index(number: str) -> Any:
    """What there is, never what stands in it."""
    return _page(_ticket(number))


@blueprint.post("/tickets/<number>/slips/<int(max=9999999999):slip>")
@requires(Action.VIEW_SLIP)
def look(number: str, slip: int) -> Any:
    """One press, one look, one record. The answer is drawn once and kept by nobody."""
    ticket = _ticket(number)
    form = PressForm() if queries.grant(me(), ticket) else LookForm()
    if not form.validate():
        return _page(ticket, look=(slip, form), status=422)
    purpose = Purpose(form.purpose.data) if isinstance(form, LookForm) else None
    reason = form.reason.data if isinstance(form, LookForm) else ""
    found, value = actions.look(me(), ticket, slip, purpose, reason)
    db.session.commit()
    return render_template("slips/look.html", ticket=ticket, slip=found, value=value)


@blueprint.post("/tickets/<number>/slips/grant")
@requires(Action.GRANT_SLIP)
def grant(number: str) -> Any:
    ticket = _ticket(number)
    form = GrantForm()
    if not form.validate():
        return _page(ticket, grant=form, status=422)
    actions.let_in(me(), ticket, form.reason.data)
    db.session.commit()
    flash(_("已准许经办人查看，这一轮办完自动收回。"))
    return redirect(url_for("slips.index", number=number), 303)


def link(actor: Actor, ticket: Ticket, page: TicketPage) -> tuple[str, str] | None:
    """What the ticket's page shows to whom may open a slip that is there."""
    is_there = any(voice.has_slip for voice in page.voices)
    if not is_there or not sealing.is_offered() or not _may_look(actor, ticket):
        return None
    return _("联系方式"), url_for("slips.index", number=ticket.number)


def _may_look(actor: Actor, ticket: Ticket) -> bool:
    return queries.opens_with_a_reason(actor, ticket) or queries.grant(actor, ticket) is not None


def _ticket(number: str) -> Ticket:
    """The ticket, if its slips are open to this person: else it is as if there were none."""
    ticket = visible.load(me(), number)
    if not _may_look(me(), ticket):
        raise NotVisible(number)
    return ticket


def _page(ticket: Ticket, *, look: tuple[int, Any] | None = None, grant: Any = None, status: int = 200) -> Any:
    granted = queries.grant(me(), ticket)
    blank = PressForm(formdata=None) if granted else LookForm(formdata=None)
    rows = [(slip, look[1] if look and look[0] == slip.id else blank) for slip in queries.of_ticket(ticket)]
    page = render_template(
        "slips/index.html",
        ticket=ticket,
        rows=rows,
        granted=granted,
        grants=queries.grants(ticket),
        grant=(grant or GrantForm(formdata=None)) if queries.may_grant(me(), ticket) else None,
    )
    return page, status
