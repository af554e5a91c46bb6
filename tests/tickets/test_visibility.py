"""Who sees which ticket: the same answer by number, in the list, in the search, in the queue (domain.md §2.3)."""

from __future__ import annotations

import pytest

from liaison.tickets.queries import lists, queue, visible
from tests.factories import actor, make_ticket, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

PLACE = "library"  # nobody is linked with it
WORDS = "自习室的灯坏了一半"


def _tickets() -> dict[str, str]:
    """Ten tickets by a name, each different for somebody; name → number."""
    foreign = {"filer": "noise-leader", "place": PLACE, "text": WORDS}
    made = {
        "filed by li": make_ticket(text=WORDS, place=PLACE),
        "filed by his liaison": make_ticket(filer="liaison", filed_for_id=actor("li").id, text=WORDS, place=PLACE),
        "of another leader": make_ticket(**foreign),
        "at a place li is linked with": make_ticket(**foreign | {"place": "dorm-3"}),
        "waiting at logistics": make_ticket(State.DISPATCHED, **foreign),
        "worked by sun": make_ticket(State.IN_PROGRESS, **foreign),
        "worked at it-centre": make_ticket(State.IN_PROGRESS, lead="it-centre", **foreign),
        "of the college": make_ticket(college_id=unit_id("mechanical"), **foreign),
        "restricted": make_ticket(confidentiality=Confidentiality.RESTRICTED, **foreign),
        "sealed": make_ticket(confidentiality=Confidentiality.SEALED, **foreign),
    }
    return {name: ticket.number for name, ticket in made.items()}


NORMAL = {
    "filed by li",
    "filed by his liaison",
    "of another leader",
    "at a place li is linked with",
    "waiting at logistics",
    "worked by sun",
    "worked at it-centre",
    "of the college",
}
SEES: dict[str, set[str]] = {
    "li": {"filed by li", "filed by his liaison", "at a place li is linked with"},
    "liaison": {"filed by li", "filed by his liaison"},
    "chen": {"waiting at logistics", "worked by sun"},  # he supervises logistics
    "noise-leader": NORMAL - {"filed by li", "filed by his liaison"},
    "noise-liaison": NORMAL - {"filed by li", "filed by his liaison"},
    "zhang": {"waiting at logistics", "worked by sun"},
    "sun": {"waiting at logistics", "worked by sun"},
    "sun-colleague": {"waiting at logistics"},
    "it-head": {"worked at it-centre"},
    "it-handler": {"worked at it-centre"},
    "liu": set(),
    "liu-handler": set(),
    "noise-handler": set(),  # was head of logistics years ago
    "mechanical-head": set(),
    "desk": {"of the college"},
    "wang": NORMAL,
    "director": NORMAL | {"restricted", "sealed"},
    "officer": NORMAL | {"restricted", "sealed"},
    "auditor": NORMAL,
    "admin": set(),
    "security": set(),
}
WAITS: dict[str, set[str]] = {
    "wang": NORMAL - {"waiting at logistics", "worked by sun", "worked at it-centre"},
    "director": NORMAL - {"waiting at logistics", "worked by sun", "worked at it-centre"},
    "officer": {"restricted", "sealed"},
    "desk": {"of the college"},
    "zhang": {"waiting at logistics"},
    "sun": {"waiting at logistics", "worked by sun"},
    "sun-colleague": {"waiting at logistics"},
    "it-handler": {"worked at it-centre"},
}


@pytest.fixture
def made(db):
    return _tickets()


def test_in_list_search_count_and_by_number(made):
    for who, seen in SEES.items():
        listed = {row.number for row in lists.index(actor(who), {}).rows}
        found = {row.number for row in lists.index(actor(who), {"text": "自习室的灯"}).rows}
        loaded = {number for number in made.values() if _loads(who, number)}
        wanted = {made[name] for name in seen}
        assert listed == loaded == wanted, who
        assert found == wanted, who
        assert lists.index(actor(who), {"text": "自习室的灯"}).total == len(seen), who


def test_what_waits_for_whom(made):
    for who in SEES:
        waiting = {row.number for row in queue.queue(actor(who), {}).rows}
        assert waiting == {made[name] for name in WAITS.get(who, set())}, who
        assert sum(queue.counts(actor(who)).values()) == len(waiting), who


@pytest.mark.parametrize("who", ["li", "chen", "sun-colleague", "liu", "desk", "wang", "admin", "security"])
def test_the_pages_say_the_same(made, sign_in_as, who):
    browser = sign_in_as(who)
    missing = browser.get("/tickets/LX2026-999999-9")
    for name, number in made.items():
        page = browser.get(f"/tickets/{number}")
        assert page.status_code == (200 if name in SEES[who] else 404), name
        if page.status_code == 404:
            assert _without_request(page) == _without_request(missing)
    if who not in {"admin", "security"}:
        shown = browser.get("/tickets/").text
        assert {name for name, number in made.items() if number in shown} == SEES[who]


def test_beside_the_list_one_opens_only_what_one_sees(made, sign_in_as):
    browser = sign_in_as("li")
    for address in ("/tickets/?open=", "/queue?open="):
        assert WORDS in browser.get(address + made["filed by li"]).text
        hidden, missing = browser.get(address + made["of another leader"]), browser.get(address + "LX2026-999999-9")
        assert hidden.status_code == missing.status_code
        assert made["of another leader"] not in hidden.text


def test_a_restricted_one_shows_its_neutral_title_everywhere(made, sign_in_as):
    browser = sign_in_as("officer")
    number = made["restricted"]
    assert f"受限事项 {number}" in browser.get("/queue").text
    assert f"受限事项 {number}" in browser.get("/tickets/").text


def test_the_unit_complained_of_never_reads_a_restricted_complaint(db):
    secret = {"confidentiality": Confidentiality.RESTRICTED, "complained_of_id": unit_id("logistics")}
    ticket = make_ticket(**secret)
    assert not any(_loads(who, ticket.number) for who in ("zhang", "sun", "li", "wang", "auditor"))
    assert _loads("officer", ticket.number)


def test_a_delegation_that_is_over_opens_nothing(db):
    ticket = make_ticket(filer="chen", place=PLACE)
    assert not _loads("liaison", ticket.number)  # 陈副校长 was his leader years ago


def _loads(who: str, number: str) -> bool:
    try:
        return visible.load(actor(who), number).number == number
    except visible.NotVisible:
        return False


def _without_request(page) -> str:
    return page.text.replace(page.headers["X-Request-Id"], "")
