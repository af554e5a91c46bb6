"""The feed of the board: Atom as RFC 4287 asks for it, what was taken back named as gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from lxml import etree

from tests.feedback.board.test_board import many, release  # noqa: F401 – the same board

ATOM, GONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


@pytest.fixture
def read(client: Any, frozen: Any) -> Any:
    frozen("2026-11-20 09:00")

    def ask(address: str = "/board.atom") -> Element:
        answer = client.get(address)
        assert answer.mimetype == "application/atom+xml"
        return etree.fromstring(answer.data)

    return ask


def one(element: Element, name: str) -> Element:
    (found,) = element.findall(f"{ATOM}{name}")
    return found


def text(element: Element, name: str) -> str:
    return one(element, name).text or ""


@pytest.mark.parametrize("address", ["/board.atom", "/board/dorm-3.atom"])
def test_what_the_standard_asks_for_is_there(read, release, address):  # noqa: F811
    release(said="热水 <b>&</b> 电")
    feed = read(address)
    (entry,) = feed.findall(f"{ATOM}entry")
    for element in (feed, entry):
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    assert text(feed, "id") == f"http://localhost{address}"
    assert text(entry, "id").startswith("tag:localhost,2026-11-20:publication/")
    assert text(one(feed, "author"), "name").endswith("党政办公室")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{address}"
    assert "热水 <b>&</b> 电" in text(entry, "title")
    assert one(entry, "content").get("type") == "text"


def test_an_empty_feed_is_a_feed(read):
    assert text(read(), "updated")


def test_names_stay_the_same(read, release):  # noqa: F811
    release()
    first = [text(entry, "id") for entry in read().findall(f"{ATOM}entry")]
    release(said="另一件")
    assert [text(entry, "id") for entry in read().findall(f"{ATOM}entry")][1:] == first


def test_what_was_taken_back_is_named_as_gone(read, release):  # noqa: F811
    row = release()
    (name,) = [text(entry, "id") for entry in read().findall(f"{ATOM}entry")]
    row.ended_at, row.end_reason = row.at, "重办"
    feed = read("/board/dorm-3.atom")
    assert feed.findall(f"{ATOM}entry") == []
    assert [gone.get("ref") for gone in feed.findall(f"{GONE}deleted-entry")] == [name]
    assert read("/board/canteen-1.atom").findall(f"{GONE}deleted-entry") == []


def test_who_has_it_already_is_answered_without_it(client, release):  # noqa: F811
    release()
    first = client.get("/board.atom")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/board.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
