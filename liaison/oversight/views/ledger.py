"""台账: tickets or orders of some days as a workbook; one ticket as a card of one page. Each says what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.core import files, jobs
from liaison.core.clock import today
from liaison.core.db import reading
from liaison.oversight.forms.exports import Asked, LedgerForm, PurposeForm
from liaison.oversight.papers import WORD, mark_of
from liaison.oversight.queries import ledger as queries
from liaison.oversight.ticket_card import Card, card_of
from liaison.oversight.views.handing_out import hand_out, record, record_file
from liaison.oversight.views.pages import blueprint
from liaison.oversight.views.written_files import KIND, written
from liaison.people.actor import Actor, me
from liaison.people.recent import require_recent
from liaison.tickets.models import Ticket
from liaison.tickets.queries import visible
from liaison.tickets.queries.page import TicketPage, load_page

EACH = 1000


@blueprint.get("/ledger")
@requires(Action.EXPORT_TICKETS)
def ledger() -> str:
    form = LedgerForm(formdata=None, first=date(today().year, today().month, 1), last=today())
    return render_template("oversight/ledger.html", form=form)


@blueprint.post("/ledger")
@requires(Action.EXPORT_TICKETS)
@require_recent
def export_ledger() -> Any:
    form = LedgerForm()
    if not form.validate():
        return render_template("oversight/ledger.html", form=form), 422
    asked = form.asked()
    return written("ledger", lambda token, told: _write(asked, token, told))


def _write(asked: Asked, token: str, told: jobs.Told) -> str:
    """Row by row into the file, while others write: two hundred thousand take no more memory than two."""
    from liaison.oversight import ledger_sheet  # Excel's library: only who prints waits for it

    wanted = (queries.orders if asked.is_orders else queries.tickets)(me(), asked.first, asked.last)
    write = ledger_sheet.write_orders if asked.is_orders else ledger_sheet.write_tickets
    said = [asked.title, asked.period, mark_of(me(), purpose=asked.purpose)]
    with files.filling(me().id, token, KIND) as file:
        with reading():
            rows = write(_telling(queries.each(wanted, me()), queries.number(wanted, me()), told), file, said)
        record_file(file, "order_list" if asked.is_orders else "ledger", asked.period, asked.purpose, rows=rows)
    return f"{asked.title} {asked.period}"


def _telling(rows: Iterator[Any], total: int, told: jobs.Told) -> Iterator[Any]:
    """The rows, telling now and then how many have passed."""
    for done, row in enumerate(rows):
        if done % EACH == 0:
            told(done, total)
        yield row


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
