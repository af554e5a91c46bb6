"""看板: the month at one glance, the whole for the office, his own unit's for a head."""

from datetime import date, timedelta

import pytest

from liaison.calendars.models import Term
from liaison.core import clock
from liaison.oversight.queries import dashboard
from liaison.people.models import RoleGrant, Unit
from liaison.people.words import Role
from liaison.tickets.queries import queue
from tests import cast, html
from tests.factories import go, make_ticket
from workflows.ticket_states import State


@pytest.fixture
def today(db, frozen):
    """Six matters of one building a week ago, one of them handled today; one restricted; one of another unit."""
    frozen("2026-11-10 10:00")
    six = [make_ticket(State.IN_PROGRESS) for _n in range(6)]
    hidden = make_ticket(State.IN_PROGRESS, confidentiality="restricted", office="officer", limit_class="restricted")
    other = make_ticket(State.IN_PROGRESS, lead="it-centre")
    frozen("2026-11-18 20:40")
    go(six[0], "submit_answer head_approve office_approve tell")
    db.session.commit()
    return {"six": six, "hidden": hidden, "other": other}


def rows(page, caption):
    """The table with this caption, as lists of words."""
    tables = html.tree_of(page.text).iter("table")
    found = next(one for one in tables if "".join(one.find("caption").itertext()).startswith(caption))
    lines = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.iter("tr")]
    return lines[1:]


def figures(page):
    """What is written large: name → value."""
    blocks = [one for one in html.tree_of(page.text).iter() if one.get("class") == "figure"]
    return {one[0].text: one[1].text for one in blocks}


def test_the_office_sees_today_and_the_four_facts(today, sign_in_as):
    found = figures(sign_in_as("wang").get("/dashboard"))
    assert [found[name] for name in ("新提出的诉求", "交办", "答复", "告知", "办结")] == ["0", "0", "1", "1", "0"]
    assert [found[name] for name in ("答复率", "核实解决率", "告知率", "办结率")] == ["1/8", "0/8", "1/1", "0/8"]


def test_the_open_ones_stand_by_age_and_the_oldest_by_name(today, sign_in_as):
    page = sign_in_as("director").get("/dashboard")
    assert [row[:2] for row in rows(page, "在办存量")][:3] == [["≤5", "0"], ["6–10", "7"], ["11–20", "0"]]
    oldest = rows(page, "等待最久的十件")
    assert len(oldest) == 6
    assert all(row[2] == "6 个工作日" for row in oldest)
    assert today["hidden"].number not in page.text


def test_what_is_few_is_not_named(today, sign_in_as):
    """Six of one building are named; the restricted one stands with the rest, which is too small to be shown."""
    assert rows(sign_in_as("wang").get("/dashboard"), "按地点") == [["3号楼", "7", "1", "0"]]


def test_a_head_sees_his_own_unit_only(today, sign_in_as):
    page = sign_in_as("zhang").get("/dashboard")
    assert figures(page)["答复率"] == "1/6"
    assert "信息化中心" not in page.text
    assert "按主办单位" not in page.text


def test_titles_are_those_he_may_see(today, actor_of):
    his, other, hidden = (one.id for one in (today["six"][0], today["other"], today["hidden"]))
    seen = {
        login: set(dashboard.names([], [his, other, hidden], actor_of(login))["ticket"])
        for login in ("liu", "wang", "it-head")
    }
    assert seen == {"liu": set(), "wang": {his, other}, "it-head": {other}}


def test_last_month_stands_as_it_ended_and_as_it_is_today(db, frozen, sign_in_as):
    frozen("2026-10-12 10:00")
    late, _soon = make_ticket(State.IN_PROGRESS), make_ticket(State.FEEDBACK_PENDING)
    frozen("2026-11-02 10:00")
    go(late, "submit_answer head_approve office_approve tell close")
    make_ticket(State.REDIRECTED)
    db.session.commit()
    frozen("2026-11-18 20:40")
    found = rows(sign_in_as("director").get("/dashboard"), "上月受理的事项")
    assert [row[2:] for row in found] == [["2", "2", "1"], ["2", "1", "0"]]


def test_this_term_stands_beside_as_many_days_of_the_last(db, frozen, sign_in_as):
    begun = [term("2025-2026", "第二学期", "2026-03-02"), term("2026-2027", "第一学期", "2026-09-07")]
    to_come = [term(f"{year}-{year + 1}", "第二学期", f"{year + 1}-03-05") for year in (2026, 2027, 2028)]
    db.session.add_all([*begun, *to_come])  # a calendar is entered years ahead
    frozen("2026-03-10 10:00")
    go(before := make_ticket(State.FEEDBACK_PENDING), "tell")
    frozen("2026-05-20 10:00")  # the seventy-ninth day: not among as many days as have passed of this one
    make_ticket(State.IN_PROGRESS)
    go(before, "reopen")
    frozen("2026-11-17 10:00")
    make_ticket(State.IN_PROGRESS)
    db.session.commit()
    frozen("2026-11-18 20:40")
    found = rows(sign_in_as("director").get("/dashboard"), "本学期与上学期")
    assert [row[1:] for row in found] == [["11月18日", "1", "0", "0"], ["5月13日", "1", "1", "0"]]


def term(year, name, monday):
    first = date.fromisoformat(monday)
    return Term(academic_year=year, name=name, first_monday=first, last_day=first + timedelta(days=139))


@pytest.mark.parametrize("login", ["li", "sun", "admin"])
def test_nobody_else_sees_it(login, sign_in_as):
    assert sign_in_as(login).get("/dashboard").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client):
    assert client.get("/dashboard").status_code == 303


def filters(page):
    """What waits: label → number."""
    nav = next((one for one in html.tree_of(page.text).iter("nav") if one.get("class") == "filters"), ())
    return {one.text.strip(): int(one[0].text) for one in nav}


@pytest.mark.parametrize("login", ["wang", "zhang", "it-head", "auditor"])
def test_what_waits_for_him_comes_first_and_is_what_his_queue_counts(today, sign_in_as, actor_of, login):
    counts = {str(tab.label): queue.counts(actor_of(login))[tab.key] for tab in queue.tabs(actor_of(login))}
    assert filters(sign_in_as(login).get("/dashboard")) == {words: n for words, n in counts.items() if n}


def test_a_head_at_the_second_level_has_the_matters_of_his_queue_and_the_head_above_them_not(db, frozen, sign_in_as):
    """A centre of the department leads matters of its own; who heads the department leads his own."""
    frozen("2026-11-10 10:00")
    parent = cast.unit("logistics")
    days = {"opened_on": cast.LONG_AGO, "can_receive_tickets": True}
    centre = Unit(code="repair", name="维修中心", type=parent.type, parent_id=parent.id, order=99, **days)
    db.session.add(centre)
    db.session.flush()
    since = {"unit_id": centre.id, "granted_at": clock.now(), "from_on": cast.LONG_AGO}
    for login, role in (("it-handler", Role.HEAD), ("sun-colleague", Role.HANDLER)):
        db.session.add(RoleGrant(person_id=cast.person(login).id, role=role, **since))
    for _n in range(3):
        make_ticket(State.DISPATCHED, lead="repair")
    make_ticket(State.DISPATCHED)
    db.session.commit()
    pages = [sign_in_as(who).get("/dashboard") for who in ("it-handler", "zhang")]
    assert [filters(page) for page in pages] == [{"待签收": 3}, {"待签收": 1}]
    assert [sum(int(row[1]) for row in rows(page, "在办存量")) for page in pages] == [3, 1]


def test_the_page_costs_few_statements_however_much_there_is(today, sign_in_as, queries):
    browser = sign_in_as("director")
    browser.get("/dashboard")
    with queries() as asked:
        browser.get("/dashboard")
    assert len(asked) <= 11, asked  # one more with merged matters, however many
