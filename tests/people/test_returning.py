"""Where one is sent after signing in: only to a page of ours (safety.md V-11)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.people.returning import checked_path
from tests.cast import PASSWORD

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/%0a/../x\n",
    " /accounts",
    "evil.example",
    "/a\r\nSet-Cookie: x=1",
    "data:text/html,x",
    "/\x00",
    "?next=//evil.example",
    "http://localhost@evil.example/",
    "/x\\y",
    "/" + "a" * 600,
    "",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_elsewhere_is_no_page_of_ours(wanted: str) -> None:
    assert checked_path(wanted) is None


@pytest.mark.parametrize("wanted", ELSEWHERE[:4])
def test_elsewhere_is_never_followed(client: Any, with_password: Any, wanted: str) -> None:
    with_password("wang")
    sent = {"login": "wang", "password": PASSWORD, "next": wanted}
    assert client.send("/sign-in", sent).location == "/"
    assert client.send("/language", {"language": "en", "next": wanted}).location == "/"


@pytest.mark.parametrize("wanted", ["/", "/accounts", "/tickets/2026-000042?tab=a#voices", "/units?q=%E6%A5%BC"])
def test_a_page_of_ours_is(wanted: str) -> None:
    assert checked_path(wanted) == wanted


def test_the_empty_question_mark_is_dropped() -> None:
    assert checked_path("/accounts?") == "/accounts"
