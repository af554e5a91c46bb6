"""受限事项: from the choice at capture to who may read it, who may not, and who has looked (A19, promise B16)."""

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.core import clock
from liaison.core.errors import Conflict
from liaison.people.models import Person
from liaison.tickets.actions import readers
from liaison.tickets.models import Ticket
from liaison.tickets.queries import readers as reading
from liaison.tickets.queries import visible
from tests import cast
from tests.contacts.conftest import EVENING, NEW, wall_time
from tests.factories import actor, category_id, go, make_ticket, move, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

SECRET = "辅导课的老师私下向我们收费，不交就不给过"
RESTRICTED = {"confidentiality": Confidentiality.RESTRICTED}


def restricted(state=State.SUBMITTED, **more):
    return make_ticket(state, **RESTRICTED, **more)


def sees(who, ticket):
    return visible.sees(actor(who), ticket.number)


def looked(db, ticket):
    db.session.commit()
    rows = select(AuditRow.actor_id).where(AuditRow.deed == "ticket.looked", AuditRow.object == ticket.number)
    return db.session.scalars(rows.order_by(AuditRow.seq)).all()


@pytest.fixture
def file_in_confidence(frozen, sign_in_as):
    def file(who="li", **typed):
        frozen(EVENING)
        given = {"kind": "enter_dorm", "place_id": str(cast.unit("dorm-3").id), "held_at": wall_time()}
        given |= {"problems-0-text": SECRET, "problems-0-is_sensitive": "y"}
        return sign_in_as(who).post_form(NEW, {**given, **typed})

    return file


def test_a19_a_complaint_about_a_teacher_goes_the_restricted_way(db, sign_in_as, file_in_confidence):
    college = unit_id("mechanical")
    filed = file_in_confidence(**{"problems-0-complained_of_id": str(college)})
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.title, ticket.number[:2]) == (f"受限事项 {ticket.number}", "R-")
    card = sign_in_as("li").get(filed.location)
    assert (SECRET in card.text, ticket.number in card.text) == (False, True)
    for who in ("li", "wang", "mechanical-head", "desk", "liaison"):
        browser = sign_in_as(who)
        for path in (f"/tickets/{ticket.number}", f"/tickets/?text={SECRET[:5]}", "/queue", "/contacts/", "/notices"):
            page = browser.get(path)
            assert SECRET[:8] not in page.text, (who, path)
        assert browser.get(f"/tickets/{ticket.number}").status_code == 404
        refused = select(AuditRow).where(AuditRow.deed == "access.refused", AuditRow.object == ticket.number)
        assert [row for row in db.session.scalars(refused) if row.actor_id == cast.person(who).id]
    go(ticket, "accept", office="officer")
    typed = {"lead": str(college), "limit_class": "restricted"}
    with pytest.raises(Conflict, match="被反映的单位"):
        move(ticket, "dispatch", "officer", **typed)
    with pytest.raises(Conflict, match="被反映的单位"):
        move(ticket, "dispatch", "officer", **{**typed, "lead": str(unit_id("logistics")), "co": [str(college)]})


@pytest.mark.parametrize("who", ["zhang", "sun", "officer", "director"])
def test_the_member_of_staff_it_is_about_takes_no_part_from_the_start(db, sign_in_as, file_in_confidence, who):
    """Named by the filer: the matter is restricted, and he does not learn that it exists (rulings §8)."""
    named = cast.person(who).name
    assert file_in_confidence(**{"problems-0-is_sensitive": "", "problems-0-about": named}).status_code == 303
    ticket = db.session.scalars(select(Ticket)).one()
    assert ticket.confidentiality is Confidentiality.RESTRICTED
    assert [row.id for row in reading.recused(ticket)] == [cast.person(who).id]
    assert not sees(who, ticket)
    browser = sign_in_as(who)
    assert browser.get(f"/tickets/{ticket.number}").status_code == 404
    for path in ("/queue", "/tickets/", "/notices"):
        assert ticket.number not in browser.get(path).text, path
    others = {"officer", "director"} - {who}
    assert {one for one in others if sees(one, ticket)} == others


def test_he_neither_leads_nor_handles_it(db, file_in_confidence):
    file_in_confidence(**{"problems-0-about": "孙师傅"})
    ticket = db.session.scalars(select(Ticket)).one()
    go(ticket, "accept dispatch", office="officer", limit_class="restricted")
    with pytest.raises(Conflict, match="不能经办"):
        move(ticket, "sign", "zhang", handler=str(actor("sun").id))
    file_in_confidence(**{"problems-0-about": "张处长"})
    other = db.session.scalars(select(Ticket).where(Ticket.id != ticket.id)).one()
    go(other, "accept", office="officer")
    with pytest.raises(Conflict, match="被反映的单位"):
        move(other, "dispatch", "officer", lead=str(unit_id("logistics")), limit_class="restricted")


@pytest.mark.parametrize(("named", "words"), [("没有这个人", "没有找到这位教职工"), ("曹老师", "同名的有几位")])
def test_a_name_that_is_nobodys_or_of_several_comes_back(db, sign_in_as, file_in_confidence, named, words):
    db.session.add(Person(login="namesake", name="曹老师", created_at=clock.now()))
    page = file_in_confidence(**{"problems-0-about": named})
    assert (page.status_code, words in page.text, SECRET in page.text) == (422, True, True)
    assert not db.session.scalars(select(Ticket)).all()


def test_whom_it_is_about_takes_no_part_in_what_it_is_split_into(db, file_in_confidence):
    file_in_confidence(**{"problems-0-about": "周主任"})
    ticket = db.session.scalars(select(Ticket)).one()
    go(ticket, "accept split", office="officer")
    children = db.session.scalars(select(Ticket).where(Ticket.parent_id == ticket.id)).all()
    assert len(children) == 2
    assert not [child for child in children if sees("director", child)]


def test_it_is_not_merged_into_what_he_may_read(db):
    ticket, lead = restricted(State.TRIAGE, office="officer"), restricted(State.TRIAGE, office="officer")
    readers.recuse_person(ticket, actor("zhang").id, actor("officer"))
    given = {"lead_ticket": lead.number, "reason": "同一件事"}
    with pytest.raises(Conflict, match="分开办理"):
        move(ticket, "merge", "officer", **given)
    readers.recuse_person(lead, actor("zhang").id, actor("officer"))
    assert move(ticket, "merge", "officer", **given) is State.MERGED


def test_the_category_about_staff_is_restricted_by_rule(db, file_in_confidence):
    file_in_confidence(**{"problems-0-is_sensitive": "", "problems-0-category_id": str(category_id("19"))})
    assert db.session.scalars(select(Ticket.confidentiality)).one() is Confidentiality.RESTRICTED


def test_a_liaison_is_not_offered_it(sign_in_as):
    assert "is_sensitive" not in sign_in_as("liaison").get(NEW).text
    assert "problems-0-about" not in sign_in_as("liaison").get(NEW).text
    assert "is_sensitive" in sign_in_as("li").get(NEW).text


def test_who_filed_it_reads_number_stage_and_date_only(sign_in_as, db, file_in_confidence):
    file_in_confidence()
    number = db.session.scalars(select(Ticket.number)).one()
    page = sign_in_as("li").get("/filed-in-confidence").text
    assert (number in page, "收集" in page, SECRET in page) == (True, True, False)
    assert number not in sign_in_as("chen").get("/filed-in-confidence").text


def test_every_look_leaves_a_row_and_who_has_looked_is_one_click(db, sign_in_as):
    ticket, officer, director = restricted(), sign_in_as("officer"), sign_in_as("director")
    address = f"/tickets/{ticket.number}"
    assert f'href="{address}/looks"' in officer.get(address).text
    director.get(f"/tickets/?open={ticket.number}")
    officer.send(f"{address}/accept", {})  # the page comes back with what is missing: a look as well
    names = [cast.person(who).id for who in ("officer", "director", "officer")]
    assert looked(db, ticket) == names
    page = officer.get(f"{address}/looks").text
    assert page.count("打开事项</td>") == 3
    assert "周主任" in page
    assert {who: sign_in_as(who).get(f"{address}/looks").status_code for who in ("director", "wang", "auditor")} == {
        "director": 404,
        "wang": 404,
        "auditor": 200,  # who looked, not what he saw
    }


def test_an_ordinary_look_leaves_none_and_the_list_is_one_statement(db, sign_in_as, queries):
    ticket, clerk = make_ticket(State.TRIAGE), sign_in_as("wang")
    clerk.get(f"/tickets/{ticket.number}")
    assert looked(db, ticket) == []
    clerk.get(f"/tickets/{ticket.number}/looks")
    with queries() as asked:
        clerk.get(f"/tickets/{ticket.number}/looks")
    assert len([one for one in asked if "audit_text" in one]) == 1


def test_the_head_of_the_lead_reads_it_the_named_ones_too_and_nobody_else(db):
    ticket = restricted(State.DISPATCHED, office="officer", limit_class="restricted")
    assert {who for who in ("zhang", "liu", "it-head", "sun", "chen", "wang") if sees(who, ticket)} == {"zhang"}
    readers.name(ticket, actor("liu").id, actor("officer"))
    assert sees("liu", ticket)
    readers.drop(ticket, actor("liu").id, actor("officer"))
    assert not sees("liu", ticket)


def test_only_heads_are_named(db):
    with pytest.raises(Conflict, match="部门负责人"):
        readers.name(restricted(), actor("liaison").id, actor("officer"))


def test_whom_it_is_about_neither_reads_nor_works_it(db):
    ticket = restricted(State.DISPATCHED, office="officer", limit_class="restricted")
    readers.recuse_person(ticket, actor("zhang").id, actor("officer"))
    assert not sees("zhang", ticket)
    with pytest.raises(Conflict, match="应当回避"):
        readers.name(ticket, actor("zhang").id, actor("officer"))
    other = restricted(State.TRIAGE, office="officer")
    readers.recuse_person(other, actor("zhang").id, actor("officer"))
    with pytest.raises(Conflict, match="被反映的单位"):  # his own unit
        move(other, "dispatch", "officer", lead=str(unit_id("logistics")), limit_class="restricted")


def test_it_may_be_about_the_officer_or_the_director_himself(db, sign_in_as):
    ticket = restricted()
    readers.recuse_person(ticket, actor("director").id, actor("officer"))
    assert (sees("director", ticket), sees("officer", ticket)) == (False, True)
    page = f"/tickets/{ticket.number}/readers"
    gone = sign_in_as("officer").send(f"{page}/recuse", {"who": "officer"})
    assert (gone.status_code, gone.location) == (303, "/queue")
    assert not sees("officer", ticket)


def test_a_unit_that_works_on_it_is_taken_back_first(db):
    ticket = restricted(State.DISPATCHED, office="officer", limit_class="restricted")
    with pytest.raises(Conflict, match="先收回"):
        readers.recuse_unit(ticket, unit_id("logistics"), actor("officer"))
    readers.name(ticket, actor("liu").id, actor("officer"))
    readers.recuse_unit(ticket, unit_id("academic-affairs"), actor("officer"))
    assert not sees("liu", ticket)


def test_raising_the_level_at_work_keeps_the_unit_and_lists_who_had_it(db, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "raise_level", "director", reason="说到了具体的人")
    db.session.commit()
    who = {who for who in ("zhang", "sun", "wang", "li", "chen", "officer") if sees(who, ticket)}
    assert who == {"zhang", "sun", "officer"}
    assert [row.actor_label for row in reading.earlier(ticket)][:2] == ["李书记", "党政办公室 王老师"]
    assert "王老师" in sign_in_as("officer").get(f"/tickets/{ticket.number}/readers").text


@pytest.mark.parametrize(("who", "code"), [("officer", 200), ("director", 404), ("wang", 404), ("zhang", 404)])
def test_the_page_of_readers_is_the_officers(sign_in_as, who, code):
    ticket = restricted()
    assert sign_in_as(who).get(f"/tickets/{ticket.number}/readers").status_code == code


def test_the_officer_names_and_removes_on_the_page(db, sign_in_as):
    ticket, officer = restricted(), sign_in_as("officer")
    page = f"/tickets/{ticket.number}/readers"
    assert officer.send(f"{page}/name_reader", {"who": "没有这个人"}).status_code == 422
    assert officer.submit(page, {"who": "刘老师"}, to=f"{page}/name_reader").status_code == 303
    assert sees("liu", ticket)
    assert officer.submit(page, {}, to=f"{page}/drop_reader/{actor('liu').id}").status_code == 303
    assert not sees("liu", ticket)
    assert officer.submit(page, {"unit": str(unit_id("library"))}, to=f"{page}/unit").status_code == 303
    db.session.refresh(ticket)
    assert ticket.complained_of_id == unit_id("library")


def test_after_a_return_the_unit_sees_it_no_more(db):
    ticket = restricted(State.RETURN_REQUESTED, office="officer", limit_class="restricted")
    go(ticket, "uphold_return", office="officer")
    db.session.commit()
    assert not sees("zhang", ticket)


def test_a_merged_one_that_is_raised_shows_its_words_under_its_own_number_only(db, sign_in_as):
    lead, ticket = make_ticket(State.IN_PROGRESS), make_ticket(State.TRIAGE, text=SECRET)
    move(ticket, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    assert SECRET in sign_in_as("wang").get(f"/tickets/{lead.number}").text
    db.session.refresh(ticket)
    move(ticket, "raise_level", "director", reason="说到了具体的人")
    page = sign_in_as("wang").get(f"/tickets/{lead.number}").text
    assert (SECRET in page, "密级不同" in page) == (False, True)
    assert SECRET in sign_in_as("officer").get(f"/tickets/{ticket.number}").text
