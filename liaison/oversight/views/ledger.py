"""台账: tickets or orders of some days as a workbook; one ticket as a card of one page. Each says what it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.core.clock import today
from liaison.oversight.forms.exports import LedgerForm, PurposeForm
from liaison.oversight.papers import EXCEL, WORD, mark_of
from liaison.oversight.queries import ledger as queries
from liaison.oversight.ticket_card import Card, card_of
from liaison.oversight.views.handing_out import hand_out, record
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import Actor, me
from liaison.people.recent import require_recent
from liaison.tickets.models import Ticket
from liaison.tickets.queries import visible
from liaison.tickets.queries.page import TicketPage, load_page


@blueprint.get("/ledger")
@requires(Action.EXPORT_TICKETS)
def ledger() -> str:
    form = LedgerForm(formdata=None, first=date(today().year, today().month, 1), last=today())
    return render_template("oversight/ledger.html", form=form)


@blueprint.post("/ledger")
@requires(Action.EXPORT_TICKETS)
@require_recent
def export_ledger() -> Any:
    """Row by row into the file: two hundred thousand take no more memory than two."""
    from liaison.oversight import ledger_sheet  # Excel's library: only who prints waits for it

    form = LedgerForm()
    if not form.validate():
        return render_template("oversight/ledger.html", form=form), 422
    first, last, purpose = form.first.data or today(), form.last.data or today(), form.purpose.data or ""
    is_orders = form.what.data == "order"
    title = "督办清单" if is_orders else "事项台账"
    period = f"{first:%Y-%m-%d}至{last:%Y-%m-%d}"
    said = [title, period, mark_of(me(), purpose=purpose)]
    write = ledger_sheet.write_orders if is_orders else ledger_sheet.write_tickets
    rows = (queries.orders if is_orders else queries.tickets)(me(), first, last)
    what = "order_list" if is_orders else "ledger"
    return hand_out(lambda file: write(rows, file, said), EXCEL, f"{title} {period}", what, period, purpose)


@blueprint.get("/ledger/<number>")
@requires(Action.EXPORT_TICKETS)
def ticket_card(number: str) -> str:
    """事项卡, to be printed by the browser: recorded as looked at for printing."""
    card = _card(number)
    page = _card_page(card, PurposeForm(formdata=None))
    record("card", number, "", as_what="print")
    return page


@blueprint.post("/ledger/<number>")
@requires(Action.EXPORT_TICKETS)
@require_recent
def export_card(number: str) -> Any:
    from liaison.oversight import card_document  # Word's library: only who prints waits for it

    card, form = _card(number), PurposeForm()
    if not form.validate():
        return _card_page(card, form), 422
    purpose = form.purpose.data or ""
    content = card_document.written(card, me(), purpose)
    return hand_out(content, WORD, f"事项卡 {number}", "card", number, purpose)


def card_link(actor: Actor, ticket: Ticket, _page: TicketPage) -> tuple[str, str] | None:
    """The door on the page of a ticket."""
    if not may(actor, Action.EXPORT_TICKETS):
        return None
    return _("事项卡"), url_for("oversight.ticket_card", number=ticket.number)


def _card(number: str) -> Card:
    ticket = visible.load(me(), number)
    return card_of(ticket, load_page(ticket, all_events=True))


def _card_page(card: Card, form: PurposeForm) -> str:
    return render_template("oversight/ticket_card.html", card=card, form=form, mark=mark_of(me()))
