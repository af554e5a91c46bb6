"""查阅申请: the auditor reads one restricted matter for 72 hours, by somebody's yes (domain.md §2.3, footnote 4)."""

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.notifications.models import Notice
from liaison.tickets.actions import readers
from liaison.tickets.models.confidential import Dossier
from tests import cast
from tests.factories import actor, make_ticket, move
from workflows.dossiers import State as Standing
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

WHY = "核查 11 月收到的线索"


@pytest.fixture
def ticket(frozen):
    frozen("2026-11-18 09:00")
    return make_ticket(State.TRIAGE, confidentiality=Confidentiality.RESTRICTED, office="officer")


def ask(sign_in_as, ticket, **typed):
    return sign_in_as("auditor").submit("/dossiers", {"number": ticket.number, "reason": WHY, **typed}, to="/dossiers")


def settle(sign_in_as, db, deed, who="officer", **typed):
    key = db.session.scalar(select(Dossier.id).order_by(Dossier.id.desc()))
    return sign_in_as(who).send(f"/dossiers/{key}/{deed}", typed)


def opens(sign_in_as, ticket, who="auditor"):
    return sign_in_as(who).get(f"/tickets/{ticket.number}").status_code == 200


@pytest.mark.parametrize("who", ["officer", "director"])
def test_it_opens_by_a_yes_and_ends_by_itself_after_72_hours(db, frozen, ticket, sign_in_as, who):
    assert not opens(sign_in_as, ticket)
    assert ask(sign_in_as, ticket).status_code == 303
    assert not opens(sign_in_as, ticket)  # asking is not reading
    assert WHY in sign_in_as(who).get("/dossiers").text
    time = frozen("2026-11-18 15:00")
    assert settle(sign_in_as, db, "confirm", who).status_code == 303
    assert opens(sign_in_as, ticket)
    assert "11月21日" in sign_in_as("auditor").get("/dossiers").text
    time.on(hours=71, minutes=59)
    assert opens(sign_in_as, ticket)
    time.on(minutes=1)
    assert not opens(sign_in_as, ticket)
    assert ticket.number not in sign_in_as("auditor").get("/tickets/").text
    assert ask(sign_in_as, ticket).status_code == 303  # once more, with a reason


def test_he_reads_and_does_nothing(db, ticket, sign_in_as):
    ask(sign_in_as, ticket)
    settle(sign_in_as, db, "confirm")
    page = sign_in_as("auditor").get(f"/tickets/{ticket.number}").text
    assert "诉求原话" in page
    assert not [way for way in ("data-move", "data-leads", "/slips", "/readers") if way in page]
    assert sign_in_as("auditor").send(f"/tickets/{ticket.number}/ask_info", {"question": "几楼"}).status_code == 403


def test_every_look_is_logged_and_the_officer_is_told(db, ticket, sign_in_as):
    ask(sign_in_as, ticket)
    settle(sign_in_as, db, "confirm", "director")
    opens(sign_in_as, ticket)
    db.session.commit()
    mine = AuditRow.actor_id == cast.person("auditor").id
    deeds = select(AuditRow.deed).where(mine, AuditRow.object == ticket.number, AuditRow.result == "ok")
    assert set(db.session.scalars(deeds)) == {"dossier.asked", "ticket.looked"}
    assert "曹老师" in sign_in_as("officer").get(f"/tickets/{ticket.number}/looks").text
    told = select(Notice.text_key).where(Notice.recipient_id == cast.person("officer").id)
    assert {"ticket.dossier_asked", "ticket.dossier_confirmed"} <= set(db.session.scalars(told))


def test_a_no_gives_its_reason_and_opens_nothing(db, ticket, sign_in_as):
    ask(sign_in_as, ticket)
    assert settle(sign_in_as, db, "decline").status_code == 422
    assert settle(sign_in_as, db, "decline", reason="请先书面说明线索来源").status_code == 303
    assert not opens(sign_in_as, ticket)
    assert "请先书面说明线索来源" in sign_in_as("auditor").get("/dossiers").text
    assert settle(sign_in_as, db, "confirm").status_code == 409  # decided once
    assert db.session.scalars(select(Dossier.state)).all() == [Standing.DECLINED]


def test_asked_twice_is_asked_once(db, ticket, sign_in_as):
    ask(sign_in_as, ticket)
    assert ask(sign_in_as, ticket).status_code == 409
    settle(sign_in_as, db, "confirm")
    assert ask(sign_in_as, ticket).status_code == 409
    assert len(db.session.scalars(select(Dossier.id)).all()) == 1


@pytest.mark.parametrize("made", [{}, {"number": "R-000000"}])
def test_only_a_restricted_matter_is_asked_for(db, sign_in_as, made):
    ordinary = make_ticket(State.TRIAGE)
    page = ask(sign_in_as, ordinary, **made)
    assert (page.status_code, "没有找到这个编号的受限事项" in page.text) == (422, True)
    assert "请" in ask(sign_in_as, ordinary, reason="").text
    assert not db.session.scalars(select(Dossier.id)).all()


def test_what_is_sealed_meanwhile_is_not_shown(db, ticket, sign_in_as):
    ask(sign_in_as, ticket)
    settle(sign_in_as, db, "confirm")
    move(ticket, "raise_level", "officer", reason="涉及人身安全")
    assert not opens(sign_in_as, ticket)
    assert ask(sign_in_as, ticket).status_code == 422


def test_whom_it_is_about_neither_asks_nor_decides(db, ticket, sign_in_as):
    readers.recuse_person(ticket, actor("director").id, actor("officer"))
    ask(sign_in_as, ticket)
    assert ticket.number not in sign_in_as("director").get("/dossiers").text
    assert settle(sign_in_as, db, "confirm", "director").status_code == 404
    readers.recuse_person(ticket, actor("auditor").id, actor("officer"))
    settle(sign_in_as, db, "confirm")
    assert not opens(sign_in_as, ticket)


@pytest.mark.parametrize("who", ["wang", "zhang", "li", "security", "admin"])
def test_nobody_else_has_the_page(db, ticket, sign_in_as, who):
    ask(sign_in_as, ticket)
    assert sign_in_as(who).get("/dossiers").status_code == 404
    assert settle(sign_in_as, db, "confirm", who).status_code == 404


def test_who_decides_does_not_ask_and_who_asks_does_not_decide(db, ticket, sign_in_as):
    assert sign_in_as("officer").send("/dossiers", {"number": ticket.number, "reason": WHY}).status_code == 404
    ask(sign_in_as, ticket)
    assert settle(sign_in_as, db, "confirm", "auditor").status_code == 404


def test_nobody_is_sent_to_sign_in(client):
    assert "/sign-in" in client.get("/dossiers").location


def test_the_page_is_three_statements_whatever_is_on_it(db, ticket, sign_in_as, queries):
    officer = sign_in_as("officer")
    officer.get("/dossiers")
    with queries() as without:
        officer.get("/dossiers")
    ask(sign_in_as, ticket)
    with queries() as asked:
        officer.get("/dossiers")
    assert len(asked) == len(without)
    assert len([one for one in asked if "ticket_dossier" in one]) == 1
