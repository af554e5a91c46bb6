"""Language and size of type: one's own, and a visitor's."""

from __future__ import annotations

from typing import Any

from tests.cast import person


def test_large_type_is_kept(sign_in_as: Any) -> None:
    browser = sign_in_as("li")
    assert '<html lang="zh-CN">' in browser.get("/me").text
    assert browser.send("/size", {"size": "large", "next": "/me"}).location == "/me"
    assert 'class="large"' in browser.get("/me").text
    browser.send("/size", {"size": "normal"})
    assert not person("li").is_large_type


def test_the_language_is_kept_with_the_person(sign_in_as: Any) -> None:
    browser = sign_in_as("li")
    browser.send("/language", {"language": "en", "next": "/me"})
    assert '<html lang="en"' in browser.get("/me").text
    assert person("li").language == "en"


def test_a_visitor_keeps_it_in_his_browser(client: Any) -> None:
    client.send("/language", {"language": "en"})
    assert '<html lang="en"' in client.get("/sign-in").text


def test_an_unknown_language_is_chinese(sign_in_as: Any) -> None:
    sign_in_as("li").send("/language", {"language": "xx"})
    assert person("li").language == "zh"


def test_one_sees_ones_roles_and_posts(sign_in_as: Any) -> None:
    page = sign_in_as("zhang").get("/me").text
    for words in ("张处长", "后勤保障处处长", "部门负责人", "中层干部"):
        assert words in page
