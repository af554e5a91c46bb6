"""Pages in English: whoever chose it reads no Chinese but names and what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import select

from liaison.calendars import published
from liaison.core.db import db
from liaison.people.models import Person, Post, Unit
from liaison.tickets.models import Answer, Ticket, TicketEvent
from tests import factories, html
from tests.architecture.texts import MEANT
from tests.cast import person
from workflows.ticket_states import State

CHINESE = re.compile("[\u3001\u3002\u3400-\u9fff\uff01-\uff5e]+")
SPOKEN = ("alt", "aria-label", "placeholder", "title")  # what a reader of screens hears
PAGES = [
    ("wang", "/ /queue /tickets/ /notifications /me /sessions /import"),
    ("li", "/ /tickets/ /contacts/ /contacts/new /contacts/emergency"),
    ("zhang", "/queue /forms /declaration"),
    ("wang", "/forms?kind=a2 /declarations /programmes"),
    ("director", "/limits /limits/simulation /calendar /reports /ledger /statements"),
    ("director", "/dashboard /figures /figures/open_stock.stock /figures/closed_rate.cohort?part=rest"),
    ("director", "/set-up /settings /settings/feedback /settings/catalogue /privacy"),
    ("admin", "/accounts /accounts/wang /accounts/new /units /units/logistics /units/new /delegations"),
    ("security", "/audit"),
]
TYPED = ("clause", "decision", "duty_clause", "invited", "options", "plan", "route")  # of an event: what somebody wrote
STATES = [state for state in State if state not in {State.HANDED_OFF, State.WITHDRAWN}]


def chinese(page: Any) -> list[str]:
    """What the page still says in Chinese once names and texts of people are taken away."""
    assert page.status_code == 200, page.request.path
    words = "\n".join(_said(html.tree_of(page.text)))
    for known in _data():
        words = words.replace(known, "")
    return CHINESE.findall(words)


def _said(node: Element) -> Iterator[str]:
    if node.tag in {"script", "style", "textarea"}:
        return
    yield from (node.get(name, "") for name in SPOKEN)
    if not (node.tag == "button" and node.get("value") == "zh"):  # the way back to Chinese says so in Chinese
        yield node.text or ""
    for child in node:
        yield from _said(child)
        yield child.tail or ""


def _data() -> list[str]:
    columns = (Unit.name, Person.name, Post.title, Ticket.title, TicketEvent.reason, Answer.text)
    texts = [text for column in columns for text in db.session.scalars(select(column))]
    typed = [given.get(name) for given in db.session.scalars(select(TicketEvent.data)) for name in TYPED if given]
    holidays = [day.name for year in published.years() for day in published.table(year)]
    return sorted({*filter(None, [*texts, *typed, *holidays]), factories.TEXT, *MEANT}, key=len, reverse=True)


def english(sign_in_as: Any, login: str) -> Any:
    person(login).language = "en"
    db.session.commit()
    return sign_in_as(login)


@pytest.mark.parametrize(("login", "paths"), PAGES, ids=[login for login, _paths in PAGES])
def test_lists_and_forms(sign_in_as: Any, login: str, paths: str) -> None:
    factories.make_ticket(State.SUBMITTED)
    factories.make_ticket(State.DISPATCHED)
    browser = english(sign_in_as, login)
    found = {path: chinese(browser.get(path, follow_redirects=True)) for path in paths.split()}
    assert not {path: words for path, words in found.items() if words}


@pytest.mark.parametrize("path", ["/sign-in", "/code", "/offline"])
def test_what_a_visitor_sees(client: Any, path: str) -> None:
    client.send("/language", {"language": "en"})
    assert chinese(client.get(path)) == []


@pytest.mark.parametrize("state", STATES)
def test_a_matter_in_every_state(sign_in_as: Any, client: Any, state: State) -> None:
    raised = factories.raised()
    ticket = factories.go(db.session.get_one(Ticket, raised.ticket_id), factories.ROADS[state])
    found = chinese(english(sign_in_as, "wang").get(f"/tickets/{ticket.number}"))
    client.send("/language", {"language": "en"})
    assert found + chinese(client.send("/code", {"code": raised.code}, follow_redirects=True)) == []


def test_what_stands_in_the_way_of_closing(sign_in_as: Any) -> None:
    ticket = factories.make_ticket(State.FEEDBACK_GIVEN)
    page = english(sign_in_as, "wang").get(f"/tickets/{ticket.number}")
    assert "“Close” is waiting: " in page.text
    assert "Concerns still within their days for rating: 1." in page.text


def test_who_was_faster(sign_in_as: Any) -> None:
    ticket = factories.make_ticket(State.DISPATCHED)
    page = english(sign_in_as, "wang").send(f"/tickets/{ticket.number}/accept", {"version": "1"})
    assert page.status_code == 409
    assert "was there first" in page.text
    assert "To sign for" in page.text
