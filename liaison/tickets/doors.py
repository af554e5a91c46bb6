"""Links on the page of a ticket that lead into rows above: a lower row asks by address, so they name themselves.

`init_app` is told who has one (liaison/__init__.py); each answers with words and an address, or with nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Flask, current_app

from liaison.people.actor import Actor
from liaison.tickets.models import Ticket
from liaison.tickets.queries.page import TicketPage

Door = Callable[[Actor, Ticket, TicketPage], tuple[str, str] | None]
KEY = "liaison.ticket_doors"


def init_app(app: Flask, *found: Door) -> None:
    app.extensions[KEY] = found
    app.jinja_env.globals["ticket_doors"] = lambda *asked: list(of(*asked))


def of(actor: Actor, ticket: Ticket, page: TicketPage) -> Iterator[tuple[str, str]]:
    """What this person may open beside this ticket."""
    for door in current_app.extensions[KEY]:
        link = door(actor, ticket, page)
        if link:
            yield link
