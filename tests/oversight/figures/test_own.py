"""我的看板: what one person brought in, for himself alone; with nobody beside it."""

import pytest

from liaison.oversight.figures.own import OWN
from liaison.programmes.words import ContactKind
from liaison.tickets.actions import knowing
from liaison.tickets.models import Ticket, Voice
from tests import html
from tests.factories import actor, go, make_ticket, move
from workflows.ticket_states import State
from workflows.ticket_words import ExplanationReason

S = State


@pytest.fixture
def brought(db, frozen):
    """What 李书记 brought in eight days ago, by name; one restricted; and one of 陈副校长."""
    frozen("2026-11-10 10:00")
    found = {
        "open": make_ticket(S.IN_PROGRESS),
        "solved": make_ticket(S.FEEDBACK_PENDING),
        "refused": make_ticket(S.FEEDBACK_PENDING, outcome="D"),
        "told": make_ticket(S.FEEDBACK_GIVEN),
        "asked": make_ticket(S.INFO_NEEDED),
        "elsewhere": make_ticket(S.REDIRECTED),
        "restricted": make_ticket(S.IN_PROGRESS, confidentiality="restricted", office="officer"),
        "other's": make_ticket(S.FEEDBACK_PENDING, filer="chen"),
    }
    lead = make_ticket(S.IN_PROGRESS, filer="chen")
    merged = make_ticket(S.TRIAGE)
    move(merged, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    db.session.commit()
    frozen("2026-11-18 20:40")
    return found | {"lead": lead, "merged": merged}


def headings(page):
    return [
        " ".join("".join(one.itertext()).split())
        for one in html.tree_of(page.text).iter()
        if one.tag in ("h2", "summary")
    ]


def values(page):
    return {one[0].text: one[1].text for one in html.tree_of(page.text).iter() if one.get("class") == "figure"}


def test_what_waits_for_him_comes_first_then_what_came_of_it(brought, sign_in_as):
    page = sign_in_as("li").get("/dashboard/mine")
    found = [one for one in headings(page) if one[-1].isdigit() or "条" in one]
    assert found == [
        "等您告诉同学的 3",
        "等您补充的 1",
        "您带回的 7 条诉求",
        "还在办 3",
        "答复已解决 2",
        "暂不能办 1",
        "转其他渠道 1",
    ]
    for name in ("open", "solved", "refused", "told", "asked", "elsewhere", "merged"):
        assert brought[name].number in page.text, name
    for name in ("restricted", "other's", "lead"):
        assert brought[name].number not in page.text, name
    assert ExplanationReason.FACTS.label in page.text


def test_of_what_is_closed_he_reads_how_many_answers_he_has_opened(brought, db, frozen, sign_in_as):
    """已知悉: his own, the one that was merged as the matter that stands for it; not what another filed."""
    frozen("2026-11-10 10:00")
    closed = [make_ticket(S.CLOSED), make_ticket(S.CLOSED, filer="chen")]
    go(brought["lead"], "submit_answer head_approve office_approve tell")
    for voice in db.session.scalars(db.select(Voice.id).filter_by(ticket_id=brought["merged"].id)):
        move(brought["lead"], "tell", "wang", voice, channel="phone")
    frozen("2026-11-18 20:40")
    move(brought["lead"], "close", "system")
    db.session.commit()
    browser, known = sign_in_as("li"), "/dashboard/mine/filer_told.cohort"
    assert "已知悉 0/2" in browser.get("/dashboard/mine").text
    browser.get(f"/tickets/{closed[0].number}")
    page = browser.get("/dashboard/mine").text
    assert "已知悉 1/2" in page
    assert closed[0].number in browser.get(known).text
    assert brought["merged"].number in browser.get(f"{known}?part=rest").text
    knowing.open_answer(brought["merged"], actor=actor("li"))
    assert "已知悉 2/2" in browser.get("/dashboard/mine").text
    assert "已知悉 0/2" in sign_in_as("chen").get("/dashboard/mine").text


def test_his_numbers_are_his_alone_and_small_ones_are_plain(brought, sign_in_as):
    """Of six that count: three answered, one told; 陈副校长's number is his own as well."""
    li, chen = (values(sign_in_as(who).get("/dashboard/mine")) for who in ("li", "chen"))
    assert li == {"答复率": "3/6", "核实解决率": "0/6", "告知率": "1/4", "办结率": "0/6"}
    assert chen == {"答复率": "1/2", "核实解决率": "0/2", "告知率": "0/1", "办结率": "0/2"}


def test_each_number_opens_its_list_where_a_merged_matter_bears_his_own_number(brought, sign_in_as):
    browser = sign_in_as("li")
    rest = browser.get("/dashboard/mine/answered_final.cohort?part=rest").text
    assert all(brought[name].number in rest for name in ("open", "asked", "merged"))
    assert brought["lead"].number not in rest
    assert brought["other's"].number not in rest


def test_every_figure_of_his_page_opens_and_no_other(brought, sign_in_as):
    """What students rated and what others owe is not among them."""
    browser = sign_in_as("li")
    assert {name: browser.get(f"/dashboard/mine/{name}").status_code for name in OWN} == dict.fromkeys(OWN, 200)
    for name in ("satisfied_wide.flow", "orders.flow", "nothing"):
        assert browser.get(f"/dashboard/mine/{name}").status_code == 404, name


def test_whoever_took_part_sees_what_came_of_it_and_only_the_filer_is_to_tell(db, held, frozen, sign_in_as):
    contact = held(
        "li", "2026-11-10 15:00", ContactKind.ENTER_DORM, heard=1, leader_ids=(actor("li").id, actor("chen").id)
    )
    ticket = db.session.scalars(db.select(Ticket).filter_by(contact_id=contact.id)).one()
    frozen("2026-11-12 10:00")
    go(ticket, "accept dispatch sign submit_answer head_approve office_approve")
    db.session.commit()
    frozen("2026-11-18 20:40")
    li, chen = (headings(sign_in_as(who).get("/dashboard/mine")) for who in ("li", "chen"))
    assert "等您告诉同学的 1" in li
    assert "等您告诉同学的 1" not in chen
    assert "您带回的 1 条诉求" in li
    assert "您带回的 1 条诉求" in chen


def test_all_that_waits_for_his_yes_is_counted_not_a_page_of_it(db, held, frozen, sign_in_as):
    frozen("2026-11-18 20:40")
    for minute in range(26):
        held("li", f"2026-11-17 10:{minute:02}", ContactKind.ENTER_DORM, by="liaison")
    db.session.commit()
    assert "26 次联系等您确认" in sign_in_as("li").get("/dashboard/mine").text


def test_who_brought_nothing_is_told_how_it_comes_here(sign_in_as):
    page = sign_in_as("chen").get("/dashboard/mine")
    assert "本学期还没有带回诉求。" in page.text
    assert "现在没有要您办的。" in page.text


@pytest.mark.parametrize("login", ["sun", "wang", "auditor", "admin", "liaison"])
def test_who_visits_nobody_has_none(login, sign_in_as):
    assert sign_in_as(login).get("/dashboard/mine").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client):
    assert client.get("/dashboard/mine").status_code == 303


def test_the_page_costs_few_statements_however_much_there_is(brought, sign_in_as, queries):
    browser = sign_in_as("li")
    browser.get("/dashboard/mine")
    with queries() as asked:
        browser.get("/dashboard/mine")
    assert len(asked) <= 13, asked  # one of them follows merged matters, however many
