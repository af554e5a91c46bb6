"""The program served on this machine and looked at in Chromium, with the cast signed in.

The server runs in a thread of the test, on the same database and the same clock: `frozen` works, and rows
are put back afterwards. Look at the database after `db.session.rollback()`, which ends an older view of it.
A click does not wait for the page it opens: what follows waits by itself (`expect`, `wait_for`, `press`);
tests/architecture/test_browser_tests.py holds this.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from liaison.core.db import read_only, writing
from tests import cast, machine
from tests.conftest import start_session

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PATIENCE = 60_000  # milliseconds; a machine may be busy, and a fault shows all the same
QUIET = [  # no sandbox as root, and nothing that looks for the internet
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(house: tuple[Flask, Any]) -> Iterator[str]:
    """The address at which the program answers."""
    server = waitress.create_server(house[0], host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def address(app: Flask, served: str) -> Iterator[str]:
    """The address, with the test looking at the database without holding up the server."""
    read_only(True)
    yield served
    read_only(False)


@dataclass
class Window:
    """A browser of one person; complains at the end about broken scripts and foreign addresses."""

    context: BrowserContext
    page: Page
    complaints: list[str]
    taps: int = 0

    def tap(self, thing: Locator) -> None:
        """One tap or click, counted."""
        self.taps += 1
        thing.click()

    def press(self, thing: Locator) -> None:
        """One tap on what opens another page, until that page is there."""
        press(thing)
        self.taps += 1

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints


def press(thing: Locator) -> None:
    """Click on what opens another page, and wait until that page is there."""
    with thing.page.expect_navigation():
        thing.click()


@pytest.fixture
def open_as(app: Flask, address: str, chromium: Browser) -> Iterator[Callable[..., Window]]:
    """open_as("li", phone=True): a window in which one of the cast is signed in; None = a visitor.

    `javascript=False` is a browser without scripts, `zoom=2` one at 200 %.
    """
    windows: list[Window] = []

    def open_window(login: str | None, *, phone: bool = False, javascript: bool = True, zoom: float = 1) -> Window:
        size = PHONE if phone else DESK
        context = chromium.new_context(
            base_url=address,
            viewport={side: round(pixels / zoom) for side, pixels in size.items()},
            device_scale_factor=zoom,
            has_touch=phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        if login:
            with writing():  # another window's request may write meanwhile
                token = start_session(cast.person(login))
            context.add_cookies([{"name": app.config["SIGN_IN_COOKIE"], "value": token, "url": address}])
        windows.append(_watched(context, address))
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()


def _watched(context: BrowserContext, address: str) -> Window:
    window = Window(context, context.new_page(), [])
    window.page.set_default_timeout(PATIENCE)

    def note(message: str) -> None:
        window.complaints.append(message)

    def note_foreign(url: str) -> None:
        if urlsplit(url).scheme.startswith("http") and not url.startswith(address):
            note(f"asked for {url}")

    window.page.on("pageerror", lambda error: note(f"script broke: {error}"))
    window.page.on("console", lambda said: note(said.text) if "Content Security Policy" in said.text else None)
    window.page.on("request", lambda asked: note_foreign(asked.url))
    return window
