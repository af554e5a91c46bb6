"""派单目录: rulings become lines, lines become suggestions with their reason (B9, A35)."""

import pytest

from liaison.tickets.models import CatalogueLine
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.queries.catalogue import likeness, suggestion
from tests.factories import go, make_ticket, move, unit_id
from tests.tickets.deeds import RETURN
from workflows.ticket_states import State


@pytest.fixture
def ruled(db):
    """«宿舍网络» was given to 后勤保障处 and to 教务处; both gave it back; the director designated 信息化中心."""
    ticket = make_ticket(State.TRIAGE, text="宿舍网络晚上经常断线")
    for lead, head, office in (("logistics", "zhang", "wang"), ("academic-affairs", "liu", "director")):
        go(ticket, "dispatch", lead=lead)
        move(ticket, "request_return", head, **RETURN, suggested_unit=str(unit_id("it-centre")))
        move(ticket, "uphold_return", office, reason="职责不在该单位")
    basis = {"lead": str(unit_id("it-centre")), "limit_class": "general", "basis": "学生宿舍网络由信息化中心负责"}
    move(ticket, "designate", "director", **basis)
    return ticket


def lines(db):
    return db.session.scalars(db.select(CatalogueLine).order_by(CatalogueLine.id)).all()


def test_a35_the_ruling_is_proposed_and_in_force_on_approval_and_suggested_for_a_like_text(db, ruled, sign_in_as):
    proposed = lines(db)
    assert [line.standing for line in proposed] == [LineStanding.PROPOSED] * 3
    assert (proposed[-1].duty_clause, proposed[-1].unit_id) == ("学生宿舍网络由信息化中心负责", unit_id("it-centre"))
    director = sign_in_as("director")
    for line, deed in ((proposed[0], "reject"), (proposed[2], "adopt")):
        assert director.submit("/catalogue", to=f"/catalogue/{line.id}/{deed}").status_code == 303
    again = make_ticket(State.TRIAGE, text="宿舍网又断了")
    page = sign_in_as("wang").get(f"/tickets/{again.number}").text
    assert f"派单目录第 1 版：“宿舍网络晚上经常断线”归信息化中心（裁定 {ruled.number}" in page
    assert f'<option selected value="{unit_id("it-centre")}">' in page
    other = make_ticket(State.TRIAGE, text="晚上十点以后没有热水")
    assert suggestion(other) is None


def test_a_second_adoption_raises_the_version_and_replaces_the_like_line(db, ruled, sign_in_as):
    director = sign_in_as("director")
    first, second, _third = (line.id for line in lines(db))
    for key in (first, second):
        director.send(f"/catalogue/{key}/adopt", {"words": "宿舍网络断线"})
    db.session.expire_all()
    now = lines(db)
    assert [(line.standing, line.version) for line in now[:2]] == [
        (LineStanding.REPLACED, 1),
        (LineStanding.IN_FORCE, 2),
    ]
    assert director.send(f"/catalogue/{second}/reject").status_code == 409
    page = director.get("/catalogue").text
    spoken, _fold, earlier = page.partition("不再有效的 1 条")
    assert ("第 2 版" in spoken, "第 1 版" in spoken, "第 1 版" in earlier) == (True, False, True)


def test_only_the_director_decides(db, ruled, sign_in_as):
    key = lines(db)[0].id
    clerk = sign_in_as("wang")
    assert "采纳，列入目录" not in clerk.get("/catalogue").text
    assert clerk.send(f"/catalogue/{key}/adopt").status_code == 404
    assert sign_in_as("zhang").get("/catalogue").status_code == 404


def test_a_return_for_other_reasons_leaves_no_line(db):
    ticket = make_ticket(State.DISPATCHED)
    lacking = RETURN | {"reason_code": "lacking_info", "suggested_unit": str(unit_id("it-centre"))}
    move(ticket, "request_return", "zhang", **lacking)
    move(ticket, "uphold_return", "wang", reason="请先补充")
    assert lines(db) == []


def test_likeness_is_by_pairs_of_characters():
    assert likeness("宿舍网又断了", "宿舍网络晚上经常断线") == pytest.approx(0.4)
    assert likeness("", "宿舍") == 0
