"""Accounts: list, make, close, reset (domain.md §2.3 «accounts and roles»)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liaison.core.db import db
from liaison.people import passwords
from liaison.people.models import Person
from tests.cast import person

PAGES = ["/accounts", "/accounts/new", "/accounts/li"]
DEEDS = ["deactivate", "activate", "reset", "email", "sessions/end", "posts", "roles", "posts/1/end", "roles/1/end"]
OTHERS = ["li", "wang", "director", "security"]  # everybody else: tests/architecture/test_access.py


def _word(page: str) -> str:
    return re.search(r"[2-9a-z]{4}(-[2-9a-z]{4}){3}", page).group()


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_else_sees_or_does_anything(sign_in_as: Any, login: str) -> None:
    browser = sign_in_as(login)
    before = [person("li").is_active, person("li").password_hash]
    assert {browser.get(page).status_code for page in PAGES} == {404}
    assert {browser.send(f"/accounts/li/{deed}").status_code for deed in DEEDS} == {404}
    assert [person("li").is_active, person("li").password_hash] == before


def test_missing_and_hidden_read_the_same(sign_in_as: Any) -> None:
    browser = sign_in_as("wang")
    hidden, missing = (re.sub(r"[0-9a-f]{16}", "", browser.get(f"/accounts/{who}").text) for who in ("li", "nobody"))
    assert hidden == missing


def test_the_list_says_who_does_what(sign_in_as: Any) -> None:
    page = sign_in_as("admin").get("/accounts?q=张").text
    for words in ("zhang", "张处长", "后勤保障处 后勤保障处处长", "部门负责人", "中层干部"):
        assert words in page
    assert "李书记" not in page


@pytest.mark.parametrize("words", ["%", "_", "\\", "'"])
def test_signs_of_the_database_are_only_signs(sign_in_as: Any, words: str) -> None:
    assert "没有符合的账号" in sign_in_as("admin").get("/accounts", query_string={"q": words}).text


def test_the_list_is_paged_by_key(sign_in_as: Any, queries: Any) -> None:
    from liaison.core.clock import now

    db.session.add_all(Person(login=f"z-{n:03}", name="某老师", created_at=now()) for n in range(120))
    browser = sign_in_as("admin")
    seen, address = [], "/accounts?q=某"
    while address:
        with queries() as asked:
            page = browser.get(address).text
        assert len(asked) <= 4
        seen += re.findall(r"/accounts/(z-\d+)", page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward.group(1).replace("&amp;", "&") if onward else None
    assert seen == [f"z-{n:03}" for n in range(120)]
    back = browser.get("/accounts?q=某&before=z-100").text
    assert re.findall(r"/accounts/(z-\d+)", back) == [f"z-{n:03}" for n in range(50, 100)]


def test_a_new_account_shows_its_one_time_password_once(sign_in_as: Any, client: Any) -> None:
    browser = sign_in_as("admin")
    page = browser.post_form("/accounts/new", {"login": "Fang.2", "name": "方老师", "staff_no": "2021001"})
    word = _word(page.text)
    made = db.session.query(Person).filter_by(login="fang.2").one()
    assert made.must_change_password
    assert passwords.is_right(made.password_hash, word)
    assert word not in browser.get("/accounts/fang.2").text
    assert client.submit("/sign-in", {"login": "fang.2", "password": word}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"login": "li", "name": "另一位"}, "这个账号已有人用。"),
        ({"login": "有空格 的", "name": "x"}, "账号用字母"),
        ({"login": "new", "name": "x"}, "账号用字母"),
        ({"login": "a-b", "name": ""}, "请写工作中怎么称呼"),
        ({"login": "a" * 41, "name": "x"}, "账号用字母"),
        ({"login": "a-b", "name": "x" * 41}, "最多 40 个字。"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(sign_in_as: Any, typed: dict[str, str], sentence: str) -> None:
    before = db.session.query(Person).count()
    answer = sign_in_as("admin").post_form("/accounts/new", typed)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert f'value="{typed["name"]}"' in answer.text
    assert db.session.query(Person).count() == before


def test_a_reset_shows_a_new_word_once_and_the_old_one_is_dead(
    sign_in_as: Any, with_password: Any, client: Any
) -> None:
    from tests.cast import PASSWORD

    with_password("wang")
    page = sign_in_as("admin").submit("/accounts/wang", to="/accounts/wang/reset").text
    assert client.submit("/sign-in", {"login": "wang", "password": PASSWORD}).status_code == 400
    client.submit("/sign-in", {"login": "wang", "password": _word(page)})
    assert client.get("/me").location == "/password"


def test_closing_and_opening_an_account(sign_in_as: Any, deeds: Any) -> None:
    admin, wang = sign_in_as("admin"), sign_in_as("wang")
    admin.submit("/accounts/wang", to="/accounts/wang/deactivate")
    assert wang.get("/me").status_code == 303
    admin.submit("/accounts/wang", to="/accounts/wang/activate")
    assert person("wang").is_active
    assert wang.get("/me").status_code == 303  # its sessions do not come back
    assert [deed for deed in deeds() if deed[1] == "wang"] == [
        ("person.deactivated", "wang"),
        ("person.activated", "wang"),
    ]


def test_nobody_closes_his_own(sign_in_as: Any) -> None:
    admin = sign_in_as("admin")
    assert "/accounts/admin/deactivate" not in admin.get("/accounts/admin").text
    assert admin.send("/accounts/admin/deactivate").status_code == 409
    assert person("admin").is_active


def test_pressing_twice_is_harmless(sign_in_as: Any) -> None:
    admin = sign_in_as("admin")
    typed = {"login": "zwei", "name": "二老师"}
    assert admin.post_form("/accounts/new", typed).status_code == 200
    assert admin.post_form("/accounts/new", typed).status_code == 400
    assert db.session.query(Person).filter_by(login="zwei").count() == 1


def test_nothing_but_the_named_fields_is_taken(sign_in_as: Any) -> None:
    sign_in_as("admin").post_form(
        "/accounts/new",
        {"login": "plain-1", "name": "某老师", "is_active": "", "id": "1", "password_hash": "x", "roles": "admin"},
    )
    made = db.session.query(Person).filter_by(login="plain-1").one()
    assert made.is_active
    assert made.password_hash.startswith("$argon2id$")


def test_the_address_at_work_is_kept_changed_and_taken_away(sign_in_as: Any) -> None:
    browser = sign_in_as("admin")
    for typed, kept in [("sun@logistics.example.edu", "sun@logistics.example.edu"), ("", None)]:
        answer = browser.submit("/accounts/sun", {"email-email": typed}, to="/accounts/sun/email")
        assert answer.status_code == 303
        assert person("sun").email == kept


@pytest.mark.parametrize("typed", ["sun", "sun@", "a@b.cn, c@d.cn", "a@b.cn\r\nBcc: c@d.cn", "孙@例子.cn"])
def test_what_is_no_address_is_not_kept(sign_in_as: Any, typed: str) -> None:
    answer = sign_in_as("admin").send("/accounts/sun/email", {"email-email": typed})
    assert answer.status_code == 400
    assert "请写完整的邮箱地址" in answer.text
    assert person("sun").email is None
