"""What the device asks for: the worker, the offline page, emergency numbers, a category."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.tickets.models import Category
from workflows.ticket_words import LimitClass


def test_the_worker_lies_at_the_root(client: Any) -> None:
    answer = client.get("/worker.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/offline", "/contacts/emergency"])
def test_these_pages_open_without_sign_in(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200


def test_emergency_numbers_come_first_and_nothing_is_stored(
    client: Any, app: Any, monkeypatch: Any, queries: Any
) -> None:
    monkeypatch.setitem(app.config, "EMERGENCY_PHONES", "心理中心值班=0100-120；保卫处=0100-110; 坏行")
    with queries() as asked:
        page = client.get("/contacts/emergency").text
    assert asked == []
    assert page.index("tel:0100-120") < page.index("tel:0100-110") < page.index("tel:120")
    assert "<textarea" not in page


def test_a_school_without_numbers_is_told_so(client: Any, app: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "EMERGENCY_PHONES", "")
    assert "还没有登记" in client.get("/contacts/emergency").text


def test_a_category_is_suggested_from_the_words(sign_in_as: Any, db: Any) -> None:
    db.session.execute(db.delete(Category))
    category = Category(code="03", name="水电气暖网络", words="热水 断电 网络", limit_class=LimitClass.GENERAL)
    db.session.add(category)
    db.session.commit()
    browser = sign_in_as("li")
    found = browser.send("/contacts/category", {"text": "晚上没有热水"}).json
    assert found == {"id": category.id, "name": "水电气暖网络"}
    assert browser.send("/contacts/category", {"text": "早上好"}).json == {}


def test_no_category_is_suggested_without_a_form_token(sign_in_as: Any) -> None:
    assert sign_in_as("li").post("/contacts/category", data={"text": "晚上没有热水"}).status_code == 400
