"""Every place of everybody's menu at 390 and 1440 px: it opens, fits, complains of nothing, can be read by all.

«Can be read by all»: axe finds nothing to object to. It looks once at each address (a few hundred
milliseconds each) and at everybody's ticket, where the buttons differ; the rest is asked of everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from liaison.core.db import db
from tests import factories
from tests.e2e.conftest import DESK, PHONE, Window, press
from workflows.ticket_states import State

ROLES: dict[str, State | None] = {  # one of the cast for each role, and how far a ticket he may see has come
    "wang": State.TRIAGE,
    "li": State.SUBMITTED,
    "liaison": State.INFO_NEEDED,
    "director": State.RETURN_REQUESTED,
    "officer": State.OFFICE_REVIEW,
    "zhang": State.DEPT_REVIEW,
    "sun": State.IN_PROGRESS,
    "desk": None,
    "auditor": State.CLOSED,
    "admin": None,
    "security": None,
}
AXE = Axe().axe_script
LOOK = "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(" \
       "one => `${one.help}: ${one.nodes.map(node => node.target)}`))"  # fmt: skip

_read: set[str] = set()  # what axe has looked at in this run


@pytest.fixture
def look(open_as: Callable[..., Window]) -> Iterator[Callable[..., Page]]:
    """look(login): a page whose console is listened to."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(f"{message.location['url']}: {message.text}")

    def open_page(login: str | None) -> Page:
        page = open_as(login).page
        page.on("console", note)
        return page

    yield open_page
    assert not said, said


@pytest.mark.parametrize("login", ROLES)
def test_every_place_of_the_menu(login: str, look: Callable[..., Page]) -> None:
    state = ROLES[login]
    ticket = [f"/tickets/{made(state)}"] if state else []
    _read.difference_update(ticket)  # numbers begin anew in every test
    page = look(login)
    page.goto("/")
    menu = page.locator(".rail a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    check(page, [*dict.fromkeys(menu), *ticket])


def test_the_doors(look: Callable[..., Page]) -> None:
    check(look(None), ["/sign-in", "/code", "/board", "/board/dorm-3", "/contacts/emergency"])


def test_the_page_of_a_student(look: Callable[..., Page]) -> None:
    page = look(None)
    code = answered()
    check(page, [f"/code/{code}"])
    press(page.get_by_role("button", name="看看办到哪了"))
    expect(page.locator(".matter")).to_be_visible()
    assert not [*seen(page, "the student's page")]


def test_a_planted_fault_is_found(look: Callable[..., Page]) -> None:
    page = look(None)
    page.goto("/code")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('h1').style.width = '900px'")
    found = " ".join(seen(page, "planted"))
    assert "planted at 390 px" in found
    assert "px beyond the edge" in found
    assert "Form elements must have labels" in found


def made(state: State) -> str:
    number: str = factories.make_ticket(state).number
    db.session.commit()
    return number


def answered() -> str:
    """The code of a matter that has its answer."""
    raised = factories.raised()
    ticket = db.session.get_one(factories.Ticket, raised.ticket_id)
    factories.go(ticket, factories.ROADS[State.FEEDBACK_PENDING])
    db.session.commit()
    return raised.code


def check(page: Page, addresses: list[str]) -> None:
    found = [fault for address in addresses for fault in opened(page, address)]
    assert not found, "\n".join(found)


def opened(page: Page, address: str) -> Iterator[str]:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        yield f"{address} answered {answer and answer.status}"
    yield from seen(page, address)


def seen(page: Page, address: str) -> Iterator[str]:
    """What is wrong with the page that is open, at both widths."""
    is_new = address not in _read
    _read.add(address)
    if is_new:
        page.evaluate(AXE)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        where = f"{address} at {size['width']} px"
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            yield f"{where}: {beyond} px beyond the edge"
        if is_new:
            yield from (f"{where}: {fault}" for fault in page.evaluate(LOOK))
