"""更正: a record of a locked month is put right with the director's yes, and the frozen month gets a new version."""

from datetime import date

import pytest

from liaison.contacts import locking
from liaison.contacts.models import Amendment, Contact, ContactEvent, ContactLeader
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.queries import snapshots
from tests import cast
from workflows.contacts import State

OCTOBER, LIST = date(2026, 10, 1), "/contacts/amendments"
WHY = "那天去的是食堂，选错了"


@pytest.fixture
def record(db, file, frozen):
    """李书记's visit of 30 October; October is frozen and its return went out."""
    contact = db.session.get(Contact, file("li", "2026-10-30 19:00"))
    time = frozen("2026-11-06 01:00")
    locking.freeze_locked()
    time.to("2026-11-09 10:00")
    return contact


@pytest.fixture
def asked(db, record, sign_in_as):
    """He asks for the canteen instead of the dormitory, a week earlier."""
    page = f"/contacts/{record.number}/amend"
    typed = {"place_id": str(cast.unit("canteen-1").id), "place_text": "", "held_at": "2026-10-23T12:10"}
    typed |= {"kind": "enter_canteen", "reason": WHY}
    assert sign_in_as("li").submit(page, typed, to=page).status_code == 303
    db.session.expire_all()
    return record


def decide(browser, contact, decision, **typed):
    said = {"version": contact.version, **typed, "decision": decision}
    return browser.send(f"/contacts/{contact.number}/amendment", said)


def met(line):
    return [piece.span.number for piece in line("li", "MOE19-F2F", "2026-10").pieces if piece.is_met]


def test_until_the_director_agrees_nothing_changes_then_it_counts_where_it_belongs(db, asked, line, sign_in_as):
    assert met(line) == [8]
    assert "等主任答复" in sign_in_as("li").get(f"/contacts/{asked.number}").text
    page = sign_in_as("director").get(LIST).text
    assert f"3号楼 → <b>{cast.unit('canteen-1').name}</b>" in page
    assert WHY in page
    assert decide(sign_in_as("director"), asked, "approve").status_code == 303
    assert met(line) == [7]
    db.session.refresh(asked)
    assert (asked.kind.value, asked.place_id) == ("enter_canteen", cast.unit("canteen-1").id)
    assert db.session.query(Amendment).one().wanted == {}  # its words are kept once


def test_the_frozen_month_gets_a_version_and_keeps_the_one_that_was_reported(db, record, sign_in_as):
    """It was online only: 键对键 never counts as face to face, so a week of October is lost."""
    page = f"/contacts/{record.number}/amend"
    sign_in_as("li").submit(page, {"kind": "enter_online", "reason": "其实是在网上"}, to=page)
    db.session.expire_all()
    first, li = snapshots.frozen(OCTOBER), cast.person("li").id
    decide(sign_in_as("director"), record, "approve")
    locking.freeze_locked()
    second = snapshots.frozen(OCTOBER)
    assert (first.version, second.version) == (1, 2)
    assert [one.figures[li, "MOE19-F2F"][1] for one in (first, second)] == [1, 0]


def test_the_director_is_shown_every_field_he_agrees_to(db, record, sign_in_as):
    page, other = f"/contacts/{record.number}/amend", cast.unit("canteen-1")
    typed = {"targets": [str(other.id)], "minutes": "90", "headcount": "51+", "reason": WHY}
    assert sign_in_as("li").submit(page, typed, to=page).status_code == 303
    shown = sign_in_as("director").get(LIST).text
    for what, after in (("还联系了", other.name), ("用时", "90 分钟"), ("人数", "50 人以上")):
        assert f"<dt>{what}</dt><dd>没有写 → <b>{after}" in shown
    assert "<dt>时间</dt>" not in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_took_part_is_no_change_where_nobody_came_or_went(db, record, sign_in_as, language):
    db.session.add(ContactLeader(contact_id=record.id, person_id=cast.person("chen").id))
    db.session.commit()
    page = f"/contacts/{record.number}/amend"
    sign_in_as("li").submit(page, {"minutes": "90", "reason": WHY}, to=page)
    browser = sign_in_as("director")
    browser.send("/language", {"language": language})
    assert browser.get(LIST).text.count("<dt>") == 1


def test_a_reason_of_spaces_is_none_and_loses_nothing(record, sign_in_as):
    page = f"/contacts/{record.number}/amend"
    answer = sign_in_as("li").submit(page, {"reason": "   ", "minutes": "90"}, to=page)
    assert answer.status_code == 422
    assert "请写一句原因。" in answer.text
    assert 'value="90"' in answer.text


def test_a_no_needs_its_reason_and_says_it(db, asked, line, sign_in_as):
    browser = sign_in_as("director")
    assert decide(browser, asked, "decline").status_code == 422
    assert decide(browser, asked, "decline", answer="食堂那天没有开门").status_code == 303
    assert met(line) == [8]
    assert "食堂那天没有开门" in sign_in_as("li").get(f"/contacts/{asked.number}").text
    assert asked.number not in browser.get(LIST).text


def test_it_is_asked_once_at_a_time_and_decided_once(asked, sign_in_as):
    browser, page = sign_in_as("li"), f"/contacts/{asked.number}/amend"
    assert browser.submit(page, {"reason": WHY}, to=page).status_code == 409
    director = sign_in_as("director")
    decide(director, asked, "approve")
    assert decide(director, asked, "approve").status_code == 404


def test_a_reason_is_asked_and_a_month_that_is_open_is_simply_mended(db, record, file, frozen, sign_in_as):
    browser, page = sign_in_as("li"), f"/contacts/{record.number}/amend"
    assert browser.submit(page, {"reason": ""}, to=page).status_code == 422
    fresh = db.session.get(Contact, file("li", "2026-11-09 09:00"))
    assert browser.get(f"/contacts/{fresh.number}/amend").status_code == 403
    assert db.session.query(Amendment).count() == 0


@pytest.mark.parametrize(("login", "code"), [("chen", 403), ("liaison", 403), ("wang", 404), ("auditor", 404)])
def test_nobody_else_asks(record, sign_in_as, login, code):
    assert sign_in_as(login).get(f"/contacts/{record.number}/amend").status_code == code


@pytest.mark.parametrize("login", ["li", "wang", "liaison", "auditor"])
def test_nobody_but_the_director_decides(asked, sign_in_as, login):
    browser = sign_in_as(login)
    assert browser.get(LIST).status_code == decide(browser, asked, "approve").status_code == 404


def test_the_director_finds_it_on_the_list_of_contacts(asked, sign_in_as, queries):
    browser = sign_in_as("director")
    assert LIST in browser.get("/contacts/").text
    with queries() as statements:
        browser.get(LIST)
    assert len(statements) <= 9, "\n".join(statements)


def test_what_a_request_names_may_be_gone_when_it_is_read(db, record, sign_in_as):
    """A roster is taken back: whatever it added goes, and only rows are asked whether they stand on it."""
    page = f"/contacts/{record.number}/amend"
    hall = Unit(code="canteen-9", name="九食堂", type=UnitType.CANTEEN, opened_on=OCTOBER)
    db.session.add(hall)
    db.session.commit()
    typed = {"place_id": str(hall.id), "place_text": "", "targets": [str(hall.id)], "reason": WHY}
    assert sign_in_as("li").submit(page, typed, to=page).status_code == 303
    db.session.delete(hall)
    db.session.commit()
    director = sign_in_as("director")
    assert "3号楼 → <b>已删除</b>" in director.get(LIST).text
    refused = decide(director, record, "approve")
    assert refused.status_code == 409
    assert "已经删除" in refused.text
    db.session.refresh(record)
    assert record.place_id == cast.unit("dorm-3").id
    assert decide(director, record, "decline", answer="请重新选一次").status_code == 303


def test_a_request_ends_with_its_record(db, file, frozen, sign_in_as):
    """Filed for two of whom only one comes back to it: asked by the one, the record is cancelled by the other's no."""
    contact = db.session.get(Contact, file("li", "2026-10-30 19:00", filer="liaison"))
    frozen("2026-11-09 10:00")
    li, director, page = sign_in_as("li"), sign_in_as("director"), f"/contacts/{contact.number}"
    li.submit(f"{page}/amend", {"minutes": "90", "reason": WHY}, to=f"{page}/amend")
    db.session.refresh(contact)
    assert li.send(f"{page}/reject", {"version": contact.version, "reason": "那天我在外地"}).status_code == 303
    db.session.refresh(contact)
    assert contact.state is State.CANCELLED
    assert "没有同意" in (shown := li.get(page).text)
    assert "记录已取消。" in shown
    assert "等主任答复" not in shown
    assert db.session.query(Amendment).one().wanted == {}
    assert contact.number not in director.get(LIST).text
    assert LIST not in director.get("/contacts/").text
    assert decide(director, contact, "approve").status_code == 404


def leaders(db, contact):
    rows = db.session.query(ContactLeader).filter_by(contact_id=contact.id)
    named = {cast.person(login).id: login for login in ("li", "chen")}
    return {named[row.person_id]: (row.confirmed_at is not None, row.declined_at is not None) for row in rows}


def test_a_yes_leaves_the_word_of_whoever_declined(db, record, sign_in_as):
    db.session.add(ContactLeader(contact_id=record.id, person_id=cast.person("chen").id, declined_at=record.filed_at))
    db.session.commit()
    page = f"/contacts/{record.number}/amend"
    sign_in_as("li").submit(page, {"minutes": "90", "reason": WHY}, to=page)
    db.session.refresh(record)
    assert decide(sign_in_as("director"), record, "approve").status_code == 303
    assert leaders(db, record) == {"li": (True, False), "chen": (False, True)}
    events = db.session.query(ContactEvent).filter_by(contact_id=record.id, move="amend")
    assert set(events.one().data) == {"minutes"}


def test_whoever_declined_and_is_named_again_is_asked_again(db, record, sign_in_as):
    db.session.add(ContactLeader(contact_id=record.id, person_id=cast.person("chen").id, declined_at=record.filed_at))
    db.session.commit()
    page, both = f"/contacts/{record.number}/amend", [str(cast.person(login).id) for login in ("li", "chen")]
    sign_in_as("li").submit(page, {"leaders": both, "reason": WHY}, to=page)
    db.session.refresh(record)
    assert "陈" in sign_in_as("director").get(LIST).text
    assert decide(sign_in_as("director"), record, "approve").status_code == 303
    assert leaders(db, record) == {"li": (True, False), "chen": (False, False)}
