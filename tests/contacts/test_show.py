"""One contact: the chain visit → voices → tickets, followed from the visit."""

from __future__ import annotations

from typing import Any


def test_it_shows_the_occasion_and_its_tickets(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    file_one(browser, "晚上没有热水", "洗衣机坏了两台", summary="晚上走访宿舍")
    page = browser.get(f"/contacts/{contacts()[0].number}").text
    for words in (
        "进宿舍",
        "面对面",
        "3号楼",
        "晚上走访宿舍",
        "晚上没有热水",
        "洗衣机坏了两台",
        "LX2026-000001-",
        "待受理",
    ):
        assert words in page
    assert f'data-state="confirmed" data-version="{contacts()[0].version}"' in page


def test_every_ticket_leads_to_its_page(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    file_one(browser, "晚上没有热水")
    assert 'href="/tickets/LX2026-000001-' in browser.get(f"/contacts/{contacts()[0].number}").text


def test_a_contact_that_is_not_there(sign_in_as: Any) -> None:
    assert sign_in_as("li").get("/contacts/LJ2026-999999-9").status_code == 404


def test_without_problems_nothing_seems_to_be_missing(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    file_one(browser, place="canteen-1", kind="enter_canteen")
    page = browser.get(f"/contacts/{contacts()[0].number}").text
    assert "这次没有要转办的问题" in page
