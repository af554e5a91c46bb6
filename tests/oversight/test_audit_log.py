"""The auditor's page (domain.md §2.3 «audit log», safety.md R36)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liaison.audit.actions import append
from liaison.core.db import db
from tests.cast import person

READERS = {"auditor", "security"}


def _log(n: int, deed: str = "test.done", login: str = "wang") -> None:
    for number in range(n):
        append(person(login).id, deed, object=f"2026-{number:06}")
    db.session.commit()


@pytest.mark.parametrize("login", ["auditor", "security", "admin", "director"])
def test_only_auditor_and_security_read_it(sign_in_as: Any, login: str) -> None:
    assert sign_in_as(login).get("/audit").status_code == (200 if login in READERS else 404)


def test_it_says_who_did_what_to_what(sign_in_as: Any) -> None:
    append(person("liaison").id, "role.granted", object="sun", on_behalf_id=person("li").id)
    db.session.commit()
    page = sign_in_as("security").get("/audit").text
    for words in ("何老师（代李书记）", "授予角色", "sun", "完成"):
        assert words in page


def test_the_look_itself_leaves_a_row(sign_in_as: Any) -> None:
    browser = sign_in_as("auditor")
    browser.get("/audit?deed=role.granted")
    page = browser.get("/audit").text
    assert page.count("查看审计") >= 2
    assert "曹老师" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("deed=role.granted", {"一号"}),
        ("person=li", {"二号"}),
        ("object=三号", {"三号"}),
        ("day=2026-11-17", {"四号"}),
        ("deed=role.granted&person=li", set()),
        ("deed=nothing.such", set()),
        ("day=kein+Tag", {"一号", "二号", "三号", "四号"}),
    ],
)
def test_it_is_narrowed_by_what_is_asked(sign_in_as: Any, frozen: Any, asked: str, shown: set[str]) -> None:
    clock = frozen("2026-11-17 23:59")
    append(person("wang").id, "test.done", object="四号")
    clock.on(minutes=2)
    append(person("wang").id, "role.granted", object="一号")
    append(person("li").id, "test.done", object="二号")
    append(person("wang").id, "test.done", object="三号")
    db.session.commit()
    page = sign_in_as("auditor").get(f"/audit?{asked}").text
    assert set(re.findall(r'data-label="对象">(.号)<', page)) == shown


def test_it_is_paged_by_key_whatever_is_added(sign_in_as: Any, queries: Any) -> None:
    _log(130)
    browser, seen, address = sign_in_as("auditor"), [], "/audit?deed=test.done"
    while address:
        with queries() as asked:
            page = browser.get(address).text
        assert len(asked) <= 8
        seen += re.findall(r"2026-(\d{6})", page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward.group(1).replace("&amp;", "&") if onward else None
    assert [int(number) for number in seen] == list(range(129, -1, -1))


def test_it_shows_the_last_check(sign_in_as: Any) -> None:
    browser = sign_in_as("auditor")
    assert "还没有校验过" in browser.get("/audit").text
    append(None, "audit.verified", result="ok")
    db.session.commit()
    assert "校验完整" in browser.get("/audit").text
    append(None, "audit.verified", result="failed")
    db.session.commit()
    assert "发现审计链断开" in browser.get("/audit").text


def test_every_move_of_a_ticket_has_its_word(sign_in_as: Any) -> None:
    append(person("wang").id, "ticket.dispatch", object="2026-000001")
    db.session.commit()
    assert "交办" in sign_in_as("auditor").get("/audit?object=2026-000001").text
