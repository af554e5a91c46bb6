"""看板: its parts are open on a wide page and on paper in every browser; a phone shows their headings first."""

import pytest
from playwright.sync_api import expect

from liaison.core.db import db
from tests import factories
from workflows.ticket_states import State

OPEN, CLOSED = ".fold[open]", ".fold:not([open])"


@pytest.fixture
def stock(app):
    factories.make_ticket(State.IN_PROGRESS)
    db.session.commit()


@pytest.mark.parametrize(("phone", "javascript"), [(False, True), (True, False)])
def test_without_a_script_or_on_a_wide_page_nothing_is_folded(phone, javascript, stock, open_as):
    page = open_as("director", phone=phone, javascript=javascript).page
    page.goto("/dashboard")
    expect(page.locator(OPEN).first).to_be_visible()
    expect(page.locator(CLOSED)).to_have_count(0)
    expect(page.locator(".fold summary").first).to_be_visible(visible=phone)


def test_a_phone_folds_them_and_prints_them_open(stock, open_as):
    page = open_as("director", phone=True).page
    page.goto("/dashboard")
    expect(page.locator(OPEN)).to_have_count(0)
    page.locator(".fold summary").first.click()
    expect(page.locator(OPEN)).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(CLOSED)).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(OPEN)).to_have_count(0)
