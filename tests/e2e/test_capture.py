"""Capture on a phone: taps counted, cut network, drafts (scenarios A1–A4, promise B13, domain.md §6.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from liaison import access
from liaison.contacts.models import Contact
from liaison.slips import sealing
from liaison.slips.models import Slip
from liaison.tickets.models import Voice
from tests import factories
from tests.e2e.conftest import Window

SENTENCE = "晚上十点以后没有热水，已经三天了"


@pytest.fixture
def counted(db: Any) -> Callable[[], tuple[int, int]]:
    """How many contacts and voices there are now."""

    def count() -> tuple[int, int]:
        db.session.rollback()
        return tuple(db.session.scalar(db.select(db.func.count()).select_from(t)) for t in (Contact, Voice))  # type: ignore[return-value]

    return count


def open_page(window: Window) -> None:
    """From any page: the large button, one tap."""
    window.page.goto("/contacts/")
    window.press(window.page.locator(".rail .capture"))  # scripts included: the cursor jumps into the opened field


def choose_place(window: Window) -> None:
    window.tap(window.page.locator("#place_id label.chip", has_text="3号楼").first)


def speak(window: Window) -> None:
    """Unfold the problem and dictate: the tap that unfolds has set the cursor."""
    window.tap(window.page.locator(".problems > summary"))
    window.page.keyboard.type(SENTENCE)


def send(window: Window) -> None:
    window.tap(window.page.locator("[data-deed]"))


def wait_until_kept(page: Page) -> None:
    """The draft is kept a moment after the last key."""
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=SENTENCE)


def test_a_contact_without_a_problem_takes_three_taps(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True)
    open_page(window)
    choose_place(window)
    send(window)
    window.page.wait_for_url(re.compile(r"/contacts/LJ\d{4}-\d{6}-\d$"))
    assert (window.taps, counted()) == (3, (1, 0))


def test_a_contact_with_one_problem_takes_at_most_six_taps_and_one_sentence(
    db: Any, open_as: Any, counted: Any
) -> None:
    factories.category_id("03")
    db.session.commit()
    window = open_as("li", phone=True)
    open_page(window)
    choose_place(window)
    speak(window)
    window.tap(window.page.locator("[data-suggest] button"))
    send(window)
    window.page.wait_for_url(re.compile(r"/card$"))
    assert window.taps <= 6
    assert counted() == (1, 1)
    expect(window.page.locator(".code-big")).to_have_count(1)


def test_the_same_without_scripts(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True, javascript=False)
    open_page(window)
    choose_place(window)
    window.tap(window.page.locator(".problems > summary"))
    window.page.locator("#problems-0-text").fill(SENTENCE)
    send(window)
    window.page.wait_for_url(re.compile(r"/card$"))
    expect(window.page.locator(".code-big")).to_have_count(1)
    assert counted() == (1, 1)


def test_without_network_it_waits_and_is_sent_once(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    window.context.set_offline(True)
    choose_place(window)
    speak(window)
    send(window)
    expect(window.page.locator("[data-outbox-words]")).to_contain_text("待发送 1 条")
    assert counted() == (0, 0)
    window.context.set_offline(False)
    window.page.locator("[data-outbox-links] a").wait_for()
    assert counted() == (1, 1)
    window.page.reload()
    window.page.wait_for_load_state("networkidle")
    assert counted() == (1, 1)


def test_a_signal_lost_while_the_page_arrives_breaks_nothing(
    app: Any, monkeypatch: Any, open_as: Any, counted: Any
) -> None:
    """What keeps pages for later could not be fetched; filing goes on (broken scripts are complained of at the end)."""
    monkeypatch.setitem(app.view_functions, "contacts.worker", access.public(lambda: ("", 503)))
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    choose_place(window)
    send(window)
    window.page.wait_for_url(re.compile(r"/contacts/LJ\d{4}-\d{6}-\d$"))
    assert counted() == (1, 0)


def test_without_network_a_way_to_reach_somebody_is_not_kept(
    app: Any, db: Any, monkeypatch: Any, open_as: Any, counted: Any
) -> None:
    """The rest waits on the phone and is sent as usual; the page says so before and after (promise B16)."""
    monkeypatch.setitem(app.config, "SLIP_KEY", sealing.new_key())
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    choose_place(window)
    speak(window)
    window.page.locator("summary", has_text="学生愿意留联系方式").click()
    expect(window.page.get_by_text("没有网络时不留联系方式").first).to_be_visible()
    window.page.locator("#problems-0-slip").fill("8765-4321")
    window.page.locator("#problems-0-slip_consent").check()
    window.context.set_offline(True)
    send(window)
    window.page.get_by_text("联系方式没有存在手机里").wait_for()
    kept = window.page.evaluate("JSON.stringify(localStorage)")
    assert SENTENCE in kept
    assert "8765" not in kept
    assert "slip_consent" not in kept
    window.context.set_offline(False)
    window.page.locator("[data-outbox-links] a").wait_for()
    assert counted() == (1, 1)
    assert not db.session.scalars(db.select(Slip)).all()


def test_what_was_typed_comes_back_after_the_page_was_lost(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    choose_place(window)
    speak(window)
    wait_until_kept(window.page)
    window.page.evaluate("window.onbeforeunload = null")
    fresh = window.context.new_page()
    fresh.goto("/contacts/new")
    expect(fresh.locator("#problems-0-text")).to_have_value(SENTENCE)
    expect(fresh.locator("#place_id input:checked")).to_have_count(1)
    fresh.locator("[data-deed]").click()
    fresh.wait_for_url(re.compile(r"/card$"))
    fresh.goto("/contacts/new")
    expect(fresh.locator("#problems-0-text")).to_have_value("")
    assert counted() == (1, 1)


def test_the_page_opens_without_network(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    window.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    window.page.wait_for_function("caches.match('/contacts/emergency').then(page => page !== undefined)")
    window.context.set_offline(True)
    window.page.goto("/contacts/new")
    choose_place(window)
    send(window)
    window.page.locator("[data-outbox-words]").wait_for(state="visible")
    window.page.goto("/contacts/emergency")
    expect(window.page.locator("a[href='tel:120']")).to_be_visible()
    window.context.set_offline(False)
    window.page.goto("/contacts/")
    window.page.locator("[data-outbox-links] a").wait_for()
    assert counted() == (1, 0)


def test_a_kind_brings_the_facts_it_needs_and_takes_them_away(open_as: Any, counted: Any) -> None:
    window = open_as("li", phone=True)
    window.page.goto("/contacts/new")
    title, summary = window.page.locator("#title"), window.page.locator("#summary")
    expect(title).to_be_hidden()
    window.tap(window.page.locator("#kind label.chip", has_text="进讲座"))
    title.fill("形势与政策")
    window.page.locator("#kind summary").click()
    window.tap(window.page.locator("#kind label.chip", has_text="走访家庭"))
    expect(title).to_be_hidden()
    expect(window.page.locator("#consent")).to_be_visible()
    window.page.locator("details.more > summary", has_text="更多：方式").click()
    expect(summary).to_be_hidden()
    window.tap(window.page.locator("#consent label.chip", has_text="口头同意"))
    send(window)
    window.page.wait_for_url(re.compile(r"/contacts/LJ\d{4}-\d{6}-\d$"))
    assert counted() == (1, 0)
    expect(window.page.locator("main")).to_contain_text("口头同意")
