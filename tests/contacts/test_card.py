"""查询码卡: shown once as text and picture, four to a sheet; issued again by the filer only."""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import unquote

import pytest

from liaison.tickets.actions.codes import ALPHABET, hashed
from tests.contacts.test_capture_once import codes


@pytest.fixture
def filed(sign_in_as: Any, file_one: Any, contacts: Any) -> Any:
    def make(*texts: str) -> tuple[Any, str]:
        browser = sign_in_as("li")
        file_one(browser, *(texts or ("晚上十点以后没有热水",)))
        return browser, f"/contacts/{contacts()[0].number}/card"

    return make


def test_every_voice_has_its_own_code_on_one_page(filed: Any, voices: Any) -> None:
    browser, address = filed("晚上没有热水", "洗衣机坏了两台", "网络经常断线")
    page = browser.get(address).text
    shown = codes(page)
    assert [hashed(code) for code in shown] == [voice.code_hash for voice in voices()]
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in shown)
    assert page.count('<img src="data:image/svg+xml') == 3
    assert "洗衣机坏了两台" in page


def test_the_picture_is_dark_on_light_and_fits_the_policy(filed: Any) -> None:
    browser, address = filed()
    source = re.search(r'<img src="(data:image/svg\+xml[^"]+)"', browser.get(address).text)[1]
    drawing = base64.b64decode(source.split(",", 1)[1]).decode() if "base64" in source else unquote(source)
    assert "<svg" in drawing
    assert "#fff" in drawing


def test_a_code_is_shown_once(filed: Any) -> None:
    browser, address = filed()
    assert len(codes(browser.get(address).text)) == 1
    again = browser.get(address).text
    assert codes(again) == []
    assert "查询码只显示一次" in again


def test_the_filer_has_it_issued_again(filed: Any, voices: Any) -> None:
    browser, address = filed()
    (old,) = codes(browser.get(address).text)
    answer = browser.submit(address, to=address.replace("card", "reissue"))
    (new,) = codes(browser.get(answer.location).text)
    assert voices()[0].code_hash == hashed(new) != hashed(old)


@pytest.mark.parametrize(
    ("login", "code"),
    [("noise-leader", 404), ("wang", 404), ("director", 404), ("sun", 404), ("chen", 403), ("zhang", 403)],
)
def test_nobody_else_sees_or_issues_codes(sign_in_as: Any, filed: Any, voices: Any, login: str, code: int) -> None:
    _browser, address = filed()
    before = voices()[0].code_hash
    other = sign_in_as(login)
    assert other.get(address).status_code == code
    assert other.send(address.replace("card", "reissue")).status_code == code
    assert voices()[0].code_hash == before


def test_no_code_lies_in_the_database(filed: Any, db: Any) -> None:
    browser, address = filed()
    (code,) = codes(browser.get(address).text)
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(db.select(table)):
            assert code not in str(row)


def test_cards_of_several_contacts_wait_side_by_side(sign_in_as: Any, file_one: Any) -> None:
    browser = sign_in_as("li")
    addresses = [file_one(browser, f"第{number}个问题没有解决").location for number in range(3)]
    assert all(len(codes(browser.get(address).text)) == 1 for address in addresses)
