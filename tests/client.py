"""A browser without a screen: keeps form tokens, reads every page strictly, never hides a broken one."""

from __future__ import annotations

import secrets
from contextvars import Context
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from liaison.core.db import db
from tests import html


class Client(FlaskClient):
    """`get` and `post` as usual; `send` posts with a form token; `submit` fills the form of a page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()  # what the test prepared is seen; what the request writes is read anew
        kwargs.setdefault("buffered", True)
        response = Context().run(super().open, *args, **kwargs)  # an own context, as a server gives each request
        _check(response)
        return response

    def token(self) -> str:
        """A form token of this browser's own session, as a page would carry it."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw)

    def send(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post the data as they are, with a valid form token and nothing else from the page."""
        return self.post(url, data={"csrf_token": self.token(), **(data or {})}, **kwargs)

    def submit(
        self, page: str, data: dict[str, Any] | None = None, *, to: str | None = None, move: str | None = None
    ) -> TestResponse:
        """Open the page, fill its form (to that address, or of that move) and press the button.

        What the test does not give is sent as the page prefilled it. Fails when there is no such form:
        then a person could not have pressed it either.
        """
        response = self.get(page)
        if move and f'data-leads="{move}"' in response.text:  # a side road: its form is a page further
            response = self.get(f"{page}{'&' if '?' in page else '?'}do={move}")
        form = find_form(response, page, to=to, move=move)
        fields = {**html.form_fields(form), **(data or {})}
        return self.post(action_of(form, page), data=fields)

    def post_form(self, url: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Open the address, fill the form that posts to it and press the button."""
        return self.submit(url, data, to=url)


def forms(response: TestResponse) -> list[Element]:
    """The forms of a page that post."""
    return [form for form in html.tree_of(response.text).iter("form") if form.get("method", "get").lower() == "post"]


def action_of(form: Element, page: str) -> str:
    return urljoin(page, form.get("action") or page)


def find_form(response: TestResponse, page: str, *, to: str | None, move: str | None) -> Element:
    assert response.status_code == 200, f"{page} answered {response.status_code}"
    for form in forms(response):
        fits_address = to is None or urlsplit(action_of(form, page)).path == urlsplit(to).path
        if fits_address and (move is None or form.get("data-move") == move):
            return form
    offered = [form.get("data-move") or action_of(form, page) for form in forms(response)]
    raise AssertionError(f"{page} offers no form for {move or to}; it offers {offered}")


def _check(response: TestResponse) -> None:
    where = f"{response.request.method} {response.request.path}"
    assert response.status_code != 500, f"{where} broke; the log below says why"
    assert str(response.headers).isascii(), f"{where} sends a header that no server sends: {response.headers}"
    is_page = response.mimetype in html.CHECKED and response.text and response.status_code // 100 != 3
    if is_page and not response.request.headers.get("HX-Request"):
        wrong = html.faults(response.text)
        assert not wrong, f"{where} answered {response.status_code} with a faulty page: " + "; ".join(wrong[:8])
