"""A session that ends while somebody writes: his words come back, and nothing is done (safety.md R14)."""

from __future__ import annotations

from typing import Any

from tests.cast import person


def test_the_words_are_shown_and_nothing_is_done(client: Any, app: Any) -> None:
    sent = {"name": "一段写了很久的话", "login": "x-1", "password": "geheim"}
    answer = client.send("/accounts/new", sent, headers={"Referer": "http://localhost/accounts/new"})
    assert answer.status_code == 401
    assert "一段写了很久的话" in answer.text
    assert "geheim" not in answer.text
    assert 'href="/sign-in?next=/accounts/new"' in answer.text


def test_a_form_without_words_goes_to_sign_in(client: Any) -> None:
    answer = client.send("/accounts/li/deactivate")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert person("li").is_active


def test_a_foreign_page_is_not_gone_back_to(client: Any) -> None:
    answer = client.send("/accounts/new", {"name": "话"}, headers={"Referer": "https://evil.example/accounts"})
    assert "evil" not in answer.text
