"""Refused attempts leave a row of their own, at a bounded rate (safety.md R34)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from liaison.audit import refusals
from liaison.audit.models import AuditRow
from liaison.core.db import db


def _rows() -> list[AuditRow]:
    return list(db.session.scalars(select(AuditRow).order_by(AuditRow.seq)))


def test_an_attempt_at_what_is_not_his_is_recorded(sign_in_as: Any) -> None:
    sign_in_as("wang").get("/accounts/li")
    row = _rows()[0]
    assert (row.deed, row.object, row.result) == ("access.refused", "li", "refused")
    assert json.loads(row.detail) == {"code": 404, "method": "GET", "page": "people.account"}


def test_a_form_that_is_refused_is_recorded_though_it_was_rolled_back(sign_in_as: Any) -> None:
    sign_in_as("wang").send("/accounts/li/deactivate")
    assert [row.deed for row in _rows()] == ["access.refused"]


def test_the_same_attempt_is_noted_once_a_minute(sign_in_as: Any, frozen: Any) -> None:
    clock = frozen("2026-11-18 08:00")
    browser = sign_in_as("wang")
    for _n in range(5):
        browser.get("/accounts/li")
    assert len(_rows()) == 1
    clock.on(seconds=61)
    browser.get("/accounts/li")
    assert len(_rows()) == 2


def test_nobody_fills_the_log(sign_in_as: Any, frozen: Any) -> None:
    frozen("2026-11-18 08:00")
    browser = sign_in_as("wang")
    for n in range(70):
        browser.get(f"/accounts/somebody-{n}")
    assert len(_rows()) == refusals.PER_PERSON


def test_an_address_that_is_no_page_is_not_an_attempt(sign_in_as: Any) -> None:
    sign_in_as("wang").get("/nothing-here")
    assert _rows() == []


def test_a_visitor_is_only_sent_to_sign_in(client: Any) -> None:
    client.get("/accounts/li")
    assert _rows() == []
