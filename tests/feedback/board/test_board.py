"""公示页: what anybody reads without a sign-in, and what he does not (promise B18)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liaison.feedback.board import renewing
from liaison.feedback.board.models import BoardCell
from liaison.tickets.models import Publication, Ticket
from tests import cast
from tests.factories import TEXT, category_id, make_ticket, raised, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Kind

SMALL = re.compile(r"<b>([1-4])</b>")


@pytest.fixture
def many(db, frozen):
    """Voices about one thing at one place, most of them open."""
    frozen("2026-11-02 09:00")

    def say(number: int, place: str = "dorm-3", category: str = "03", **more: Any) -> list[Ticket]:
        made = [db.session.get_one(Ticket, raised(place=place, **more).ticket_id) for _ in range(number)]
        for ticket in made:
            ticket.category_id = category_id(category)
        db.session.flush()
        return made

    return say


@pytest.fixture
def release(db):
    """A released text, as the move leaves it."""

    def add(place: str | None = "dorm-3", said: str = "夜里的热水供应", outcome: str = "A", **more: Any) -> Publication:
        ticket = make_ticket()
        given = {"done": "更换了循环水泵，热水供应到零点。", "handled_on": None, "at": ticket.raised_at} | more
        row = Publication(
            ticket_id=ticket.id,
            decision="published",
            place_id=unit_id(place) if place else None,
            said=said,
            outcome=outcome,
            by_id=cast.person("director").id,
            **given,
        )
        db.session.add(row)
        db.session.flush()
        return row

    return add


def test_it_tells_what_was_said_what_came_of_it_and_until_when(many, client, db):
    many(6)
    done = make_ticket(State.CLOSED, place="dorm-3-301")
    db.session.execute(db.update(Ticket).filter_by(id=done.id).values(voice_count=5))
    refused = make_ticket(State.FEEDBACK_GIVEN, place="dorm-3-402", outcome="D")
    db.session.execute(db.update(Ticket).filter_by(id=refused.id).values(voice_count=7))
    renewing.renew()
    page = client.get("/board/dorm-3")
    words = " ".join(re.sub("<[^>]+>", " ", page.text).split())
    assert "水电气暖网络" in words
    assert re.search(r"已办好 5 暂不能办 7 情况不符或已变化 正在办 6 最晚11月\d+日前", words)
    assert client.get("/board").text.count('href="/board/dorm-3"') == 1


def test_small_numbers_and_small_places_are_not_told(many, client):
    many(7)
    many(3, category="06")  # another matter at the same place
    many(3, place="canteen-1")
    many(3, place="library")
    renewing.renew()
    page = client.get("/board/dorm-3").text
    assert not SMALL.search(page)
    assert "10" in page  # the small matter took the large one with it
    for code in ("canteen-1", "library"):
        assert "不满 5 条" in client.get(f"/board/{code}").text
        assert f"/board/{code}" not in client.get("/board").text
    assert "<b>6</b>" in client.get("/board").text  # together they are six


def test_restricted_sealed_praise_and_merged_matters_are_not_counted(many, client, db):
    many(5, confidentiality=Confidentiality.RESTRICTED)
    many(5, kind=Kind.PRAISE)
    for state in (State.MERGED, State.WITHDRAWN, State.SPLIT):
        ticket = make_ticket(state, place="canteen-1")
        db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(voice_count=9))
    assert renewing.renew() == 0 or db.session.scalar(db.select(db.func.sum(BoardCell.voices))) < 9


def test_it_is_counted_anew_not_added_up(many, db):
    many(6)
    assert renewing.renew() == renewing.renew() == 1
    assert db.session.scalar(db.select(db.func.sum(BoardCell.voices))) == 6


def test_half_a_year_is_shown_and_no_more(many, frozen, db):
    many(6)
    frozen("2027-06-01 09:00")
    assert renewing.renew() == 0


def test_only_released_texts_stand_there_and_no_word_of_a_voice(many, release, client):
    for ticket in many(6):
        assert ticket.title not in client.get("/board/dorm-3").text
    release(said="洗衣房的排风", outcome="D", reason_class="funds", done="今年没有经费，明年三月再报。")
    renewing.renew()
    page = client.get("/board/dorm-3").text
    assert "洗衣房的排风" in page
    assert "暂不能办：经费" in page
    assert TEXT not in page
    assert not re.search(r"LX2026|王老师|孙师傅|李书记", page)
    assert "洗衣房的排风" not in client.get("/board/canteen-1").text


def test_what_was_taken_back_is_gone(release, client, frozen):
    frozen("2026-11-20 09:00")
    row = release()
    assert row.said in client.get("/board/dorm-3").text
    row.ended_at, row.end_reason = row.at, "重办"
    assert row.said not in client.get("/board/dorm-3").text
    assert row.said not in client.get("/board").text


def test_what_is_not_a_board_is_not_found(client):
    for code in ("dorm-3-301", "mech-2301", "university", "nowhere"):
        for tail in ("", "/sheet", ".atom"):
            assert client.get(f"/board/{code}{tail}").status_code == 404


def test_a_university_may_do_without(setting, client):
    setting(board_on=False)
    for address in ("/board", "/board/dorm-3", "/board/dorm-3/sheet", "/board.atom", "/board/dorm-3.atom"):
        assert client.get(address).status_code == 404


def test_pages_go_back_by_key_and_cost_the_same_however_deep(release, client, queries):
    for n in range(23):
        release(said=f"第{n}件公开的事")
    seen, address, costs = [], "/board/dorm-3", set()
    while address:
        with queries() as asked:
            page = client.get(address).text
        costs.add(len(asked))
        seen += re.findall(r"第(\d+)件", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and older[1].replace("&amp;", "&")
    assert [int(n) for n in seen] == list(range(22, -1, -1))
    assert costs == {3}


def test_each_page_asks_little(many, release, client, queries):
    many(8)
    many(8, place="canteen-1")
    release()
    renewing.renew()
    client.get("/board")
    for address, most in (("/board", 3), ("/board/dorm-3", 3), ("/board/dorm-3/sheet", 3), ("/board.atom", 2)):
        with queries() as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, address
        assert not [one for one in asked if not one.lstrip().upper().startswith("SELECT")]


def test_the_sheet_for_the_corridor_leads_to_the_page_of_a_code(many, release, client):
    many(6)
    release()
    renewing.renew()
    page = client.get("/board/dorm-3/sheet").text
    assert "<svg" not in page.split("data:image/svg+xml")[0]
    assert "/code</span>" in page
    assert "夜里的热水供应" in page


def test_it_speaks_english(many, client):
    many(6)
    renewing.renew()
    client.send("/language", {"language": "en"})
    page = client.get("/board/dorm-3")
    assert "Being worked on" in page.text
    assert "正在办" not in page.text
