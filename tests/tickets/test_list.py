"""事项: the list, its filters, and pages by key that lose no row and double none."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from liaison.calendars.models import Term
from liaison.tickets.queries import lists, queue
from tests.factories import actor, at, category_id, make_ticket, raised, unit_id
from workflows.ticket_states import State


def numbers(who="wang", **asked):
    return [row.number for row in lists.index(actor(who), asked).rows]


def test_the_newest_is_first(db):
    made = [raised().ticket_number for _ in range(3)]
    assert numbers() == made[::-1]


def test_every_filter_finds_its_own_and_nothing_else(db, frozen):
    time = frozen("2026-06-01 09:00")
    old = make_ticket(State.CLOSED, text="去年的路灯坏了", category="10")
    time.to("2026-11-18 09:00")
    term = Term(name="第一学期", academic_year="2026-2027", first_monday=date(2026, 9, 7), last_day=date(2027, 1, 24))
    db.session.add(term)
    db.session.flush()
    new = make_ticket(State.IN_PROGRESS, lead="it-centre", place="canteen-1", filer="chen", category="03")
    finds = {
        "stage": {"resolve": [new], "feedback": [old], "nonsense": [new, old]},
        "state": {"in_progress": [new], "closed": [old], "": [new, old]},
        "unit": {str(unit_id("it-centre")): [new], "x": [new, old], "9" * 30: [new, old]},
        "category": {str(category_id("10")): [old]},
        "place": {str(unit_id("canteen-1")): [new]},
        "term": {str(term.id): [new], "987654": [new, old]},
        "text": {"路灯": [old], new.number: [new], new.number.lower(): [new], "热水": [new], "没有这句话": []},
        "progress": {"open": [new], "ended": [old], "maybe": [new, old]},
    }
    for name, values in finds.items():
        for value, found in values.items():
            assert numbers(**{name: value}) == [ticket.number for ticket in found], (name, value)


def test_whose_filters(db):
    mine, other = make_ticket(), make_ticket(State.DISPATCHED, filer="noise-leader", place="library")
    linked = make_ticket(filer="noise-leader", place="dorm-3")
    assert numbers("li", mine="filed") == [mine.number]
    assert numbers("li", mine="linked") == [linked.number, mine.number]
    assert numbers("zhang", mine="unit") == [other.number]
    assert numbers("chen", mine="supervised") == [other.number]


@pytest.mark.parametrize("typed", ["100%", "a_b", "\\", "'; DROP TABLE ticket; --", "%", "_"])
def test_signs_are_searched_as_they_are(db, typed):
    make_ticket(text="普通的一句话，没有那些符号")
    wanted = make_ticket(text=f"这里有 {typed} 这样的符号")
    assert numbers(text=typed) == [wanted.number]


def test_the_words_of_the_voice_are_searched_not_only_the_title(db):
    ticket = make_ticket(text="热水太少。住在六楼的同学每天都要下楼打水")
    assert numbers(text="六楼的同学") == [ticket.number]


@pytest.fixture
def many(db, frozen):
    """Sixty tickets, raised on three days: many share what is due next."""
    time = frozen("2026-11-02 09:00")
    made = []
    for day in (2, 3, 4):
        time.to(f"2026-11-0{day} 09:00")
        made += [raised().ticket_number for _ in range(20)]
    return made


def walk(first, step, key):
    """All pages in one direction: the numbers as they were shown."""
    page, shown = first, []
    while True:
        shown.append([row.number for row in page.rows])
        at_key = getattr(page, key)
        if at_key is None:
            return shown
        page = step({key: at_key})


@pytest.mark.parametrize("read", [lists.index, queue.queue])
def test_page_by_page_no_row_is_lost_and_none_is_doubled(many, read):
    def step(asked):
        return read(actor("wang"), asked)

    down = walk(step({}), step, "after")
    assert [len(page) for page in down] == [25, 25, 10]
    assert sorted(number for page in down for number in page) == sorted(many)
    last = step({"after": step({"after": step({}).after}).after})
    up = walk(last, step, "before")
    assert [number for page in up[::-1] for number in page] == [number for page in down for number in page]


def test_what_comes_in_meanwhile_shifts_nothing(many):
    first = lists.index(actor("wang"), {})
    newer = raised().ticket_number
    second = lists.index(actor("wang"), {"after": first.after})
    assert not {row.number for row in first.rows} & {row.number for row in second.rows}
    assert newer not in {row.number for row in second.rows}


def test_the_queue_begins_with_what_is_due_first(many):
    due = [row.next_due_at for row in queue.queue(actor("wang"), {}).rows]
    assert due == sorted(due)
    assert due[0] == at("2026-11-04 00:00")


def test_one_turns_the_pages_by_their_links(many, sign_in_as):
    browser, address, shown = sign_in_as("wang"), "/tickets/?progress=open", []
    while address:
        page = browser.get(address).text
        shown += [part.split('"', 1)[0] for part in page.split('data-ticket="')[1:]]
        assert "progress=open" in address
        older = page.split('rel="next" href="')[1:]
        address = unescape(older[0].split('"', 1)[0]) if older else ""
    assert shown == many[::-1]


def test_a_key_that_cannot_be_read_means_the_first_page(many):
    for key in (
        "x",
        "~",
        "1~2~3",
        "9" * 40,
        "2026-13-01~1",
        "None~1",
        "2026-11-04 00:00:00~5",
        "0001-01-01T00:00+14:00~1",
    ):
        for read in (lists.index, queue.queue):
            for name in ("after", "before"):
                assert len(read(actor("wang"), {name: key}).rows) in (0, 25), key


def test_the_filters_offer_what_there_is(db, sign_in_as):
    page = sign_in_as("wang").get("/tickets/?narrow=1").text
    for words in ("研究落实", "待签收", "后勤保障处", "在办"):
        assert words in page
    assert "示例处" not in page


def test_a_filtered_list_can_be_kept_as_a_link(db, sign_in_as):
    ticket = make_ticket(text="路灯坏了一周了")
    make_ticket()
    page = sign_in_as("wang").get("/tickets/?text=路灯&progress=open").text
    assert ticket.number in page
    assert "共 1 件" in page
    assert 'value="路灯"' in page


def test_an_empty_list_says_what_comes_next(db, sign_in_as):
    assert "没有符合条件的事项。" in sign_in_as("wang").get("/tickets/?text=没有这句话").text
    assert "还没有事项。" in sign_in_as("wang").get("/tickets/").text
    assert "现在没有等您办理的事项。" in sign_in_as("wang").get("/queue").text


def test_each_row_has_its_number_for_programs_too(db, sign_in_as):
    ticket = make_ticket()
    assert f'data-ticket="{ticket.number}"' in sign_in_as("wang").get("/tickets/").text
