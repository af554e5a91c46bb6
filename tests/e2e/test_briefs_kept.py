"""What is open where one means to go, in the basement: kept on the telephone, gone with who signs out."""

from __future__ import annotations

import threading
from functools import wraps
from typing import Any

from playwright.sync_api import expect

from liaison.core.db import writing
from tests import cast, factories
from tests.e2e.conftest import Window
from workflows.ticket_states import State

KEPT = "caches.match('/contacts/briefs/kept').then(page => page ? page.text() : '')"


def plan_a_visit(window: Window) -> None:
    """To 3号楼, tomorrow; the page of plans asks the worker to keep its brief."""
    window.page.goto(f"/contacts/plan?place={cast.unit('dorm-3').id}")
    window.press(window.page.get_by_role("button", name="列入计划"))
    window.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


def test_the_brief_opens_without_network_and_leaves_with_its_owner(db: Any, open_as: Any, frozen: Any) -> None:
    frozen("2026-11-18 10:00")
    with writing():
        ticket = factories.make_ticket(State.FEEDBACK_PENDING)
    window = open_as("li", phone=True)
    window.page.goto("/contacts/")  # registers the worker
    window.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    plan_a_visit(window)
    window.page.wait_for_function(f"{KEPT}.then(text => text.includes('{ticket.number}'))")
    window.context.set_offline(True)
    for address in ("/contacts/briefs", f"/contacts/briefs/{cast.unit('dorm-3').id}", "/contacts/plan"):
        window.page.goto(address)
        expect(window.page.locator("h1")).to_have_text("计划走访的地方")
        expect(window.page.locator("main")).to_contain_text(ticket.number)
        expect(window.page.locator("main")).to_contain_text("已解决。")
    assert "李书记" not in window.page.content()
    window.page.goto("/contacts/")
    window.press(window.page.get_by_role("link", name="计划走访的地方"))
    expect(window.page.locator("main")).to_contain_text(ticket.number)
    window.context.set_offline(False)
    window.page.goto("/me")
    window.press(window.page.get_by_role("button", name="退出登录").first)
    window.page.wait_for_function(f"{KEPT}.then(text => text === '')")
    window.context.set_offline(True)
    window.page.goto("/contacts/briefs")
    expect(window.page.locator("h1")).to_have_text("现在没有网络")


def test_a_slow_network_shows_the_page_that_was_asked_for(
    app: Any, open_as: Any, frozen: Any, monkeypatch: Any
) -> None:
    """Only the kept page itself comes from the telephone meanwhile: a form to write in is waited for."""
    impatient = app.view_functions["contacts.worker"]
    answered = threading.Event()

    def worker() -> Any:
        answer = impatient()
        answer.direct_passthrough = False
        script = answer.get_data(as_text=True)
        assert "PATIENCE = 4000;" in script
        answer.set_data(script.replace("PATIENCE = 4000;", "PATIENCE = 50;"))
        return answer

    def slow(name: str, seconds: float) -> None:
        view = app.view_functions[name]

        @wraps(view)
        def late(**kwargs: Any) -> Any:
            answered.wait(seconds)
            return view(**kwargs)

        monkeypatch.setitem(app.view_functions, name, late)

    monkeypatch.setitem(app.view_functions, "contacts.worker", wraps(impatient)(worker))
    frozen("2026-11-18 10:00")
    window = open_as("li", phone=True)
    window.page.goto("/contacts/")
    plan_a_visit(window)
    window.page.wait_for_function(f"{KEPT}.then(text => text.includes('3号楼'))")
    slow("contacts.plan", 1)
    window.page.goto("/contacts/plan")
    expect(window.page.locator("h1")).to_have_text("计划一次联系")
    slow("contacts.briefs_kept", 60)
    window.page.goto("/contacts/briefs/kept", timeout=30_000)  # before the server answers
    expect(window.page.locator("h1")).to_have_text("计划走访的地方")
    answered.set()


def test_whoever_signs_in_next_does_not_find_it(open_as: Any, frozen: Any) -> None:
    """The session ended by itself; somebody else takes the telephone."""
    frozen("2026-11-18 10:00")
    window = open_as("li", phone=True)
    window.page.goto("/contacts/")
    window.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    plan_a_visit(window)
    window.page.wait_for_function(f"{KEPT}.then(text => text.includes('3号楼'))")
    window.context.clear_cookies()
    window.page.goto("/sign-in")
    window.page.locator("[name=login]").fill("chen")
    window.page.locator("[name=password]").fill("not his")
    window.press(window.page.locator("main button[type=submit]").first)
    window.page.wait_for_function(f"{KEPT}.then(text => text === '')")
