"""保密管理, 谁看过, 移交记录: pages of the confidential officer, the director and the auditor; 我报的受限事项."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, Scope, requires, scopes
from liaison.audit import actions as audit
from liaison.confidential.forms import CallForm, PersonForm, ReceiptForm, UnitForm
from liaison.confidential.queries import looks as queries
from liaison.confidential.views.pages import blueprint
from liaison.core import clock
from liaison.core.db import db, writing
from liaison.core.errors import Conflict, NotVisible
from liaison.people.actor import Actor, me
from liaison.people.models import Unit
from liaison.tickets.actions import handing_over, readers
from liaison.tickets.models import Ticket
from liaison.tickets.queries import choices, visible
from liaison.tickets.queries import readers as reading
from liaison.tickets.queries.page import TicketPage
from workflows.ticket_words import Confidentiality, HandoffType

DEEDS = {
    "name_reader": readers.name,
    "drop_reader": readers.drop,
    "recuse": readers.recuse_person,
    "admit": readers.admit_person,
}


# --- 移交 -------------------------------------------------------------------------------------------


@blueprint.route("/handoffs/new", methods=["GET", "POST"])
@requires(Action.USE_CONFIDENTIAL)
def call() -> Any:
    """After the call, never before it: nothing is kept but these four lines."""
    form = CallForm()
    if request.method == "GET":
        form.called_at.data = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
        return render_template("confidential/call.html", form=form)
    if not form.validate() or form.moment is None:
        return render_template("confidential/call.html", form=form), 422
    handing_over.record_call(me(), HandoffType(form.type.data), form.receiver.data, form.moment, form.receipt.data)
    db.session.commit()
    flash(_("已记下移交：%(who)s接手。没有记下别的内容。", who=form.receiver.data))
    return redirect(url_for("confidential.call"), 303)


@blueprint.get("/handoffs")
@requires(Action.READ_HANDOFFS)
def handoffs() -> Any:
    """The list is for those who see to the receipts; the auditor reads how many there were."""
    return _handoffs(ReceiptForm(formdata=None))


@blueprint.post("/handoffs/<int(max=9999999999):key>/receipt")
@requires(Action.READ_HANDOFFS)
def receipt(key: int) -> Any:
    if not _keeps_receipts():
        raise NotVisible
    handing_over.load(key)
    form = ReceiptForm()
    if not form.validate():
        return _handoffs(form, key), 422
    handing_over.receive(me(), key, form.receipt.data)
    db.session.commit()
    flash(_("回执已登记。"))
    return redirect(url_for("confidential.handoffs"), 303)


def _handoffs(form: ReceiptForm, key: int = 0) -> Any:
    page = queries.handoffs(request.args) if _keeps_receipts() else None
    return render_template(
        "confidential/handoffs.html",
        page=page,
        receipts=queries.receipts(),
        form=form,
        key=key,
        blank=ReceiptForm(formdata=None),
        newer_url=url_for("confidential.handoffs", before=page.before) if page and page.before else None,
        older_url=url_for("confidential.handoffs", after=page.after) if page and page.after else None,
    )


def _keeps_receipts() -> bool:
    return Scope.ALL in scopes(me(), Action.READ_HANDOFFS)


# --- 谁看过 -----------------------------------------------------------------------------------------


@blueprint.get("/tickets/<number>/looks")
@requires(Action.READ_LOOKS)
def looks(number: str) -> Any:
    title = _whose_looks(number)
    with writing():
        audit.append(me().id, "looks.read", object=number)
    page = queries.looks(number, request.args)
    at: dict[str, Any] = {"number": number}
    return render_template(
        "confidential/looks.html",
        number=number,
        title=title,
        opens=visible.sees(me(), number),
        page=page,
        moment_of=datetime.fromisoformat,
        newer_url=url_for("confidential.looks", **at, before=page.before) if page.before else None,
        older_url=url_for("confidential.looks", **at, after=page.after) if page.after else None,
    )


def _whose_looks(number: str) -> str:
    """The title of a ticket whose looks this person may read. The auditor need not see the ticket itself."""
    if Scope.ALL in scopes(me(), Action.READ_LOOKS):
        title = queries.title_of(number)
        if title is None:
            raise NotVisible(number)
        return title
    ticket = visible.load(me(), number)
    if not queries.may_read_looks(me(), ticket):
        raise NotVisible(number)
    return ticket.title


def looks_link(actor: Actor, ticket: Ticket, _page: TicketPage) -> tuple[str, str] | None:
    if not queries.may_read_looks(actor, ticket):
        return None
    return _("谁看过"), url_for("confidential.looks", number=ticket.number)


# --- 知情人与回避 -----------------------------------------------------------------------------------


@blueprint.get("/tickets/<number>/readers")
@requires(Action.KEEP_RESTRICTED)
def show(number: str) -> Any:
    """Who reads it by name, whom it is about, who had it before its level was raised."""
    return _page(_restricted(number))


@blueprint.post("/tickets/<number>/readers/<any(name_reader, recuse):deed>")
@requires(Action.KEEP_RESTRICTED)
def add(number: str, deed: str) -> Any:
    ticket, form = _restricted(number), PersonForm()
    if not form.validate():
        return _page(ticket, deed, form, 422)
    found = reading.people_called(form.who.data)
    if len(found) != 1:
        form.who.errors = [_("同名的有几位，请写账号。") if found else _("没有找到这位同志，请写全名或账号。")]
        return _page(ticket, deed, form, 422)
    return _done(ticket, deed, found[0].id, form)


@blueprint.post("/tickets/<number>/readers/<any(drop_reader, admit):deed>/<int(max=9999999999):person>")
@requires(Action.KEEP_RESTRICTED)
def remove(number: str, deed: str, person: int) -> Any:
    return _done(_restricted(number), deed, person, PersonForm())


@blueprint.post("/tickets/<number>/readers/unit")
@requires(Action.KEEP_RESTRICTED)
def unit(number: str) -> Any:
    """The unit it is about; empty = none."""
    ticket, form = _restricted(number), _unit_form(None)
    if not form.validate():
        return _page(ticket, "unit", form, 422)
    try:
        readers.recuse_unit(ticket, int(form.unit.data) if form.unit.data else None, me())
    except Conflict as refused:
        form.unit.errors = [refused.message]
        return _page(ticket, "unit", form, 409)
    return _saved(number)


def readers_link(actor: Actor, ticket: Ticket, _page: TicketPage) -> tuple[str, str] | None:
    is_restricted = ticket.confidentiality is Confidentiality.RESTRICTED
    if not is_restricted or not scopes(actor, Action.KEEP_RESTRICTED):
        return None
    return _("知情人与回避"), url_for("confidential.show", number=ticket.number)


def _restricted(number: str) -> Ticket:
    ticket = visible.load(me(), number)
    if ticket.confidentiality is not Confidentiality.RESTRICTED:
        raise NotVisible(number)
    return ticket


def _done(ticket: Ticket, deed: str, person: int, form: PersonForm) -> Any:
    try:
        DEEDS[deed](ticket, person, me())
    except Conflict as refused:
        form.who.errors = [refused.message]
        return _page(ticket, deed, form, 409)
    return _saved(ticket.number)


def _saved(number: str) -> Any:
    db.session.commit()
    if visible.sees(me(), number):
        return redirect(url_for("confidential.show", number=number), 303)
    return redirect(url_for("tickets.queue"), 303)  # it is about the officer himself


def _page(ticket: Ticket, deed: str = "", form: Any = None, status: int = 200) -> Any:
    blank = PersonForm(formdata=None)
    page = render_template(
        "confidential/readers.html",
        ticket=ticket,
        named=reading.named(ticket),
        recused=reading.recused(ticket),
        earlier=reading.earlier(ticket),
        naming=form if deed == "name_reader" else blank,
        recusing=form if deed == "recuse" else blank,
        unit_form=form if deed == "unit" else _unit_form(ticket),
    )
    return page, status


def _unit_form(ticket: Ticket | None) -> UnitForm:
    """The units that may be complained of: those that receive matters, and the one named at capture."""
    form = UnitForm() if ticket is None else UnitForm(formdata=None, data={"unit": str(ticket.complained_of_id or "")})
    named = db.session.get(Unit, ticket.complained_of_id) if ticket and ticket.complained_of_id else None
    offered = dict(choices.receiving_units()) | ({str(named.id): named.name} if named else {})
    form.unit.choices = [("", _("没有")), *offered.items()]
    return form


@blueprint.get("/filed-in-confidence")
@requires(Action.USE_CONFIDENTIAL)
def filed() -> Any:
    """What I filed that is restricted: number, stage, date only."""
    page = queries.filed_by(me(), request.args)
    return render_template(
        "confidential/filed.html",
        page=page,
        newer_url=url_for("confidential.filed", before=page.before) if page.before else None,
        older_url=url_for("confidential.filed", after=page.after) if page.after else None,
    )
