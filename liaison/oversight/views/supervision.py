"""督办: the list, one order, what may be done with it, and its document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from liaison.access import Action, may, requires
from liaison.audit import actions as audit
from liaison.calendars.working_days import add_working_days
from liaison.core.clock import today
from liaison.core.db import db, writing
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.forms.supervision import DeedForm, form_of
from liaison.oversight.papers import WORD, attachment, checksum
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent
from liaison.tickets.actions import orders as actions
from liaison.tickets.models import Ticket
from liaison.tickets.models.orders import Grade, SupervisionOrder
from liaison.tickets.queries import orders as queries
from liaison.tickets.queries import visible
from workflows.engine import offers
from workflows.supervision import SUPERVISION, State

ANSWER_DAYS = 3  # working days (domain.md §4.7)
BUTTONS: dict[str, Any] = {
    "propose": _l("提议督办"),
    "issue": _l("下达督办单"),
    "drop": _l("不予下达"),
    "answer": _l("回复督办单"),
    "send_back": _l("退回重新回复"),
    "lift": _l("销号"),
    "comment": _l("批示"),
}
DONE: dict[str, Any] = {
    "propose": _l("已提议，等主任决定。"),
    "issue": _l("督办单已下达。"),
    "drop": _l("已记下不予下达。"),
    "answer": _l("已回复，等主任销号。"),
    "send_back": _l("已退回，请该单位重新回复。"),
    "lift": _l("督办单已销号。"),
    "comment": _l("批示已送达该单位。"),
}


@blueprint.get("/supervision")
@requires(Action.VIEW_ORDERS)
def orders() -> str:
    """督办单, the newest first: running, or ended."""
    ended = request.args.get("tab") == "ended"
    kept: dict[str, Any] = {"tab": "ended"} if ended else {}
    found = queries.page_of(me(), request.args, ended=ended)
    return render_template(
        "oversight/orders.html",
        rows=found.rows,
        ended=ended,
        today=today(),
        newer_url=url_for("oversight.orders", **kept, before=found.before) if found.before else None,
        older_url=url_for("oversight.orders", **kept, after=found.after) if found.after else None,
    )


@blueprint.get("/supervision/<number>/new")
@requires(Action.PROPOSE_ORDER)
def new_order(number: str) -> str:
    return _new_page(visible.load(me(), number), _blank(_deed()))


@blueprint.post("/supervision/<number>/new")
@requires(Action.PROPOSE_ORDER)
def make_order(number: str) -> Any:
    """The director issues, a clerk proposes."""
    ticket, deed = visible.load(me(), number), _deed()
    form = form_of(deed, posted=True)
    if not form.validate():
        return _new_page(ticket, form), 422
    try:
        key = (actions.issue if deed == "issue" else actions.propose)(ticket, actor=me(), **form.given())
        db.session.commit()
    except BadInput as refused:
        return _new_page(ticket, _put(form, refused)), 422
    except Conflict as refused:
        db.session.rollback()
        form.form_errors.append(refused.message)
        return _new_page(visible.load(me(), number), form), 409
    flash(str(DONE[deed]))
    return redirect(url_for("oversight.order", number=number, order=key), 303)


@blueprint.get("/supervision/<number>/<int(max=9999999999):order>")
@requires(Action.VIEW_ORDERS)
def order(number: str, order: int) -> str:
    return _page(visible.load(me(), number), queries.load(me(), number, order))


@blueprint.post("/supervision/<number>/<int(max=9999999999):order>/<deed>")
@requires(Action.VIEW_ORDERS)  # who may see it but not do it reads 403 from the process, not 404
def order_deed(number: str, order: int, deed: str) -> Any:
    """One press: issue, drop, answer, send back, lift, comment."""
    ticket, held = visible.load(me(), number), queries.load(me(), number, order)
    if deed not in {"issue", *actions.DEEDS}:
        raise NotVisible(deed)
    form = form_of(deed, posted=True)
    try:
        if not form.validate():
            return _page(ticket, held, deed, form), 422
        _do(ticket, held, deed, form)
        db.session.commit()
    except BadInput as refused:
        return _page(ticket, held, deed, _put(form, refused)), 422
    except Conflict as refused:
        db.session.rollback()
        form.form_errors.append(refused.message)
        return _page(visible.load(me(), number), queries.load(me(), number, order), deed, form), 409
    flash(str(DONE[deed]))
    return redirect(url_for("oversight.order", number=number, order=order), 303)


def _do(ticket: Ticket, held: SupervisionOrder, deed: str, form: DeedForm) -> None:
    given: dict[str, Any] = {"actor": me(), "version": form.version.data, **form.given()}
    if deed == "issue":
        actions.issue(ticket, held, **given)
    else:
        actions.DEEDS[deed](ticket, held, **given)


@blueprint.get("/supervision/<number>/<int(max=9999999999):order>/order.docx")
@requires(Action.VIEW_ORDERS)
@require_recent
def order_file(number: str, order: int) -> Response:
    """The 督办单 to print. An export: who took it is recorded, with the checksum of the file."""
    from liaison.oversight import order_document  # Word's library: only who prints waits for it

    ticket, held = visible.load(me(), number), queries.load(me(), number, order)
    if held.number is None:
        raise NotVisible(number)
    content = order_document.written(held, ticket, queries.names(held), me())
    name = held.number
    with writing():
        audit.append(me().id, "order.exported", object=name, sha256=checksum(content))
    return attachment(content, WORD, name)


@blueprint.app_template_global()
def orders_on(ticket: Ticket) -> Sequence[Any]:
    """The orders of a ticket's page, for whom they are; asked only where there can be any."""
    is_possible = ticket.lead_unit_id is not None and may(me(), Action.VIEW_ORDERS)
    if not is_possible or not (ticket.supervision_level or may(me(), Action.PROPOSE_ORDER)):
        return []
    return queries.of_ticket(me(), ticket.id)


@blueprint.app_template_global()
def may_urge(ticket: Ticket) -> bool:
    """Whether this person may propose or issue an order for it."""
    is_fit = ticket.is_open and ticket.lead_unit_id is not None
    return is_fit and may(me(), Action.PROPOSE_ORDER)


def _page(ticket: Ticket, held: SupervisionOrder, deed: str = "", form: DeedForm | None = None) -> str:
    return render_template(
        "oversight/order.html",
        ticket=ticket,
        order=held,
        names=queries.names(held),
        deeds=[(one, BUTTONS[one], _form(held, one, form if one == deed else None)) for one in _deeds(ticket, held)],
        opened=deed,
        refused=form.form_errors if form else [],
        today=today(),
    )


def _deeds(ticket: Ticket, held: SupervisionOrder) -> list[str]:
    """What this person may do with it now, the step that leads on first."""
    parts = actions.parts(me(), ticket, held)
    found = [offer.move.name for offer in offers(SUPERVISION, state=held.state, parts=parts, facts=None)]
    is_running = held.state in {State.ISSUED, State.ANSWERED}
    found.sort(key=lambda name: name != "lift")
    return [*found, *(["comment"] if is_running and held.unit_id in me().supervised else [])]


def _form(held: SupervisionOrder, deed: str, posted: DeedForm | None) -> DeedForm:
    form = posted or _blank(deed, grade=held.grade)
    form.version.data = held.version
    return form


def _blank(deed: str, grade: Grade = Grade.ORDER) -> DeedForm:
    return form_of(deed, posted=False, grade=grade, due_on=add_working_days(today(), ANSWER_DAYS))


def _put(form: DeedForm, refused: BadInput) -> DeedForm:
    for name, sentence in refused.errors.items():
        field = form[name] if name in form else form["demand"]
        field.errors = [*field.errors, sentence]
    return form


def _deed() -> str:
    return "issue" if may(me(), Action.ISSUE_ORDER) else "propose"


def _new_page(ticket: Ticket, form: DeedForm) -> str:
    deed = _deed()
    return render_template("oversight/new_order.html", ticket=ticket, form=form, deed=BUTTONS[deed])
