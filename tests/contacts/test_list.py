"""The list of contacts: whose, in which order, page by page (domain.md §2.3 «view contacts»)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from liaison.contacts.actions.filing import file_contact
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.people.actor import Actor
from liaison.people.words import Role
from liaison.programmes.words import ContactKind
from tests import cast

NUMBER = re.compile(r'data-contact="(LJ[\d-]+)"')


@pytest.fixture
def record(db: Any) -> Any:
    """record("li", place="dorm-3", days=2): a contact of that many days ago, filed by himself."""

    def make(login: str, place: str = "dorm-3", days: float = 0, kind: ContactKind = ContactKind.ENTER_DORM) -> str:
        who = cast.person(login)
        actor = Actor(id=who.id, name=who.name, roles=frozenset({Role.LEADER}), label=who.name)
        held_at = clock.now() - timedelta(days=days)
        occasion = Occasion(held_at=held_at, kind=kind, leader_ids=(who.id,), place_id=cast.unit(place).id)
        number = file_contact(actor, occasion, [], "事后补记").number
        db.session.commit()
        return number

    return make


def numbers(browser: Any, **asked: str) -> list[str]:
    return NUMBER.findall(browser.get("/contacts/", query_string=asked).text)


def test_newest_first(sign_in_as: Any, record: Any) -> None:
    old, new, middle = record("li", days=9), record("li", days=1), record("li", days=5)
    assert numbers(sign_in_as("li")) == [new, middle, old]


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("li", {"his", "class"}),  # own; 机械2301班 and 3号楼 are his links
        ("liaison", {"his"}),  # his leader's
        ("mechanical-head", {"class"}),  # own unit, classes below it included
        ("chen", {"his", "class", "hers"} - {"class"}),  # 后勤 is supervised by her: the dormitory lies below it
        ("zhang", {"his", "hers"}),  # head of 后勤: dormitories and canteens are below it
        ("wang", {"his", "class", "hers"}),
        ("director", {"his", "class", "hers"}),
        ("auditor", {"his", "class", "hers"}),
    ],
)
def test_who_sees_which(sign_in_as: Any, record: Any, login: str, sees: set[str]) -> None:
    made = {
        "his": record("li", "dorm-3", 3),
        "class": record("noise-leader", "mech-2301", 2),
        "hers": record("chen", "canteen-1", 1),
    }
    assert set(numbers(sign_in_as(login))) == {made[name] for name in sees}
    hidden = set(made) - sees
    for name in hidden:
        assert sign_in_as(login).get(f"/contacts/{made[name]}").status_code == 404


@pytest.mark.parametrize("login", ["sun", "admin", "security"])
def test_others_have_no_such_page(sign_in_as: Any, login: str) -> None:
    assert sign_in_as(login).get("/contacts/").status_code == 404


def test_an_unconfirmed_record_is_nobody_elses(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("liaison"), place="mech-2301")
    number = contacts()[0].number
    assert number in numbers(sign_in_as("liaison"))
    assert number not in numbers(sign_in_as("mechanical-head"))


def test_pages_by_key_hold_everything_once(sign_in_as: Any, record: Any) -> None:
    made = [record("li", days=day) for day in range(60)]
    browser, seen, address = sign_in_as("li"), [], "/contacts/"
    while address:
        page = browser.get(address).text
        seen += NUMBER.findall(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == made
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert NUMBER.findall(browser.get(back[1].replace("&amp;", "&")).text) == made[25:50]


def test_filters(sign_in_as: Any, record: Any, frozen: Any) -> None:
    frozen("2026-11-18 20:40")
    november, october = record("li", days=1), record("li", days=20, kind=ContactKind.ENTER_CLUB)
    browser = sign_in_as("li")
    assert numbers(browser, month="2026-10") == [october]
    assert numbers(browser, month="2026-11") == [november]
    assert numbers(browser, kind="enter_club") == [october]
    assert numbers(browser, kind="nonsense", month="2026-99") == [november, october]


@pytest.mark.parametrize(
    "key", ["x", "1~2", "2026-11-18T20:40~5", "~~", "9" * 400, "2026-11-18 20:40:00+00:00~" + "9" * 30]
)
def test_a_key_nobody_made_shows_the_first_page(sign_in_as: Any, record: Any, key: str) -> None:
    record("li")
    assert sign_in_as("li").get("/contacts/", query_string={"after": key}).status_code == 200


def test_few_statements_whatever_the_length(sign_in_as: Any, record: Any, queries: Any) -> None:
    for day in range(30):
        record("li", days=day)
    browser = sign_in_as("li")
    with queries() as asked:
        browser.get("/contacts/")
    assert len(asked) <= 6, "\n".join(asked)


def test_an_empty_list_says_what_comes_next(sign_in_as: Any) -> None:
    assert "没有问题的联系也是完整的联系" in sign_in_as("li").get("/contacts/").text
