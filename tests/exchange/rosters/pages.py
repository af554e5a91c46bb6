"""Choosing a file and following it, as a browser does."""

from __future__ import annotations

import time

from tests.client import find_form

ADDRESS = "/rosters"


def choose(browser, data, name="名册.xlsx"):
    """Send a file by hand, as the library's own way leaves its temporary file open; wait until it was read."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.token()}\r\n',
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n',
    ]
    body = "".join(parts).encode() + data + b"\r\n--x--\r\n"
    return follow(browser, browser.post(ADDRESS, data=body, content_type="multipart/form-data; boundary=x"))


def confirm(browser, looked_through, **ticked):
    page = looked_through.request.path
    form = find_form(looked_through, page, to=f"{page}/confirm", move=None)
    said = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"}
    return follow(browser, browser.post(f"{page}/confirm", data=said | ticked))


def follow(browser, answer):
    """Where it leads, asked again while it goes on."""
    while answer.status_code == 303 or "Refresh" in answer.headers:
        time.sleep(0 if answer.status_code == 303 else 0.1)
        answer = browser.get(answer.location if answer.status_code == 303 else answer.request.path)
    return answer
