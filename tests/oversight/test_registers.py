"""登记: the office keeps links, absences, the list and courses a row at a time; what is counted follows."""

from datetime import date

import pytest
from sqlalchemy import select

from liaison.audit.models import AuditRow
from liaison.calendars.models import Term
from liaison.core import clock
from liaison.people.models import Link, Person, StaffLink
from liaison.programmes.models import Absence, Course, StaffObliged
from tests import cast

LINKS, ABSENCES = "/registers/links", "/registers/absences"
AUTUMN = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}


@pytest.fixture
def director(sign_in_as, frozen):
    frozen("2026-11-18 09:00")
    return sign_in_as("director")


@pytest.fixture
def rows(db):
    def read(model, **where):
        db.session.expire_all()
        return list(db.session.scalars(select(model).filter_by(**where).order_by(model.id.desc())))

    return read


def who(login):
    return cast.person(login).id


def away(login="li", **typed):
    given = {"person_id": who(login), "type": "training", "from_on": "2026-11-02", "until_on": "2026-11-06", "half": ""}
    return given | typed


def test_a_link_is_found_by_typing_and_stands_from_its_day(director, rows):
    typed = {"person_text": "chen", "unit_text": "2301", "from_on": "2026-09-01"}
    page = director.post_form(LINKS, typed)
    assert page.status_code == 303
    (link, *_others) = rows(Link, person_id=who("chen"), from_on=date(2026, 9, 1))
    assert link.unit_id == cast.unit("mech-2301").id
    assert "机械2301班" in director.get(LINKS).text
    assert director.post_form(LINKS, typed).status_code == 422  # it stands already


def test_of_several_that_fit_one_is_picked(director, rows, db):
    for number in ("901", "902"):
        db.session.add(Person(login=f"same-{number}", name="同名老师", staff_no=number, created_at=clock.now()))
    db.session.commit()
    unclear = director.post_form(ABSENCES, away(person_id="", person_text="同名"))
    assert unclear.status_code == 422
    assert "有几个都对得上，请点一个。" in unclear.text
    assert "同名老师（901）" in unclear.text
    assert director.post_form(ABSENCES, away(person_id="", person_text="902")).status_code == 303
    assert rows(Absence)[0].person_id == rows(Person, staff_no="902")[0].id


def test_looking_for_somebody_stores_nothing_and_complains_of_nothing(director, rows):
    page = director.post_form(LINKS, {"person_text": "陈", "find": "1"})
    assert page.status_code == 200
    assert "陈副校长" in page.text
    assert 'role="alert"' not in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"person_id": "", "person_text": "没有这个人"}, "person_text"),
        ({"until_on": "2026-11-01"}, "until_on"),
        ({"until_on": ""}, "until_on"),
        ({"half": "morning"}, "half"),
        ({"type": "weekend"}, "type"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_stores_nothing(director, rows, typed, field):
    answer = director.post_form(ABSENCES, away(**typed))
    assert answer.status_code == 422
    assert f'id="{field}-note"' in answer.text
    assert rows(Absence) == []


def test_two_halves_of_a_day_are_two_rows_and_the_same_day_twice_is_none(director, rows):
    half = {"from_on": "2026-11-02", "until_on": "2026-11-02"}
    assert director.post_form(ABSENCES, away(**half, half="morning")).status_code == 303
    assert director.post_form(ABSENCES, away(**half, half="afternoon")).status_code == 303
    assert director.post_form(ABSENCES, away(**half, half="afternoon")).status_code == 422
    assert director.post_form(ABSENCES, away()).status_code == 422
    assert len(rows(Absence)) == 2


def test_a_row_is_corrected_ended_and_taken_out_and_each_is_recorded(director, rows, db):
    director.post_form(ABSENCES, away())
    (row,) = rows(Absence)
    page = f"{ABSENCES}/{row.id}"
    assert director.submit(page, {"until_on": "2026-11-27"}, to=page).status_code == 303
    assert rows(Absence)[0].until_on == date(2026, 11, 27)
    assert director.submit(page, to=f"{page}/end").status_code == 303
    assert rows(Absence)[0].until_on == date(2026, 11, 17)
    assert director.send(f"{page}/end").status_code == 409
    assert director.submit(page, to=f"{page}/remove").status_code == 303
    assert rows(Absence) == []
    assert director.send(f"{page}/remove").status_code == 404
    deeds = db.session.scalars(select(AuditRow.deed).where(AuditRow.deed.like("register.%")).order_by(AuditRow.seq))
    assert list(deeds) == [f"register.{deed}" for deed in ("added", "corrected", "ended", "removed")]


def test_of_two_who_correct_at_once_the_second_reads_so(director, rows):
    director.post_form(ABSENCES, away())
    (row,) = rows(Absence)
    page = f"{ABSENCES}/{row.id}"
    drawn = director.get(page).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    director.submit(page, {"until_on": "2026-11-27"}, to=page)
    answer = director.send(page, away(until_on="2026-11-13", seen=drawn))
    assert answer.status_code == 409
    assert rows(Absence)[0].until_on == date(2026, 11, 27)


def test_every_register_takes_its_row(director, rows, db):
    term = Term(name="第一学期", academic_year="2026-2027", term_no=1, **AUTUMN)
    db.session.add(term)
    db.session.commit()
    pair = {"person_id": who("li"), "colleague_id": who("zhang"), "is_young_teacher": "y", "from_on": "2026-09-01"}
    course = {"code": "IP101", "name": "思想道德与法治", "term_id": term.id, "unit_id": cast.unit("mechanical").id}
    assert director.post_form("/registers/colleagues", pair).status_code == 303
    assert director.post_form("/registers/colleagues", pair | {"colleague_id": who("li")}).status_code == 422
    assert director.post_form("/registers/obliged", {"person_id": who("zhang"), "from_on": "2026-09-01"}).location
    assert director.post_form("/registers/courses", course | {"is_ideology": "y"}).status_code == 303
    assert director.post_form("/registers/courses", course).status_code == 422
    assert [rows(StaffLink)[0].is_young_teacher, rows(Course)[0].is_ideology] == [True, True]
    assert rows(StaffObliged)[0].until_on is None
    for name in ("colleagues", "obliged", "courses"):
        assert "没有这样的登记" not in director.get(f"/registers/{name}").text


def test_a_link_leads_to_places_and_bodies_not_to_offices(director, rows):
    office = {"person_id": who("li"), "unit_id": cast.unit("logistics").id, "from_on": "2026-09-01"}
    answer = director.post_form(LINKS, office)
    assert answer.status_code == 422
    assert "联系点是党组织" in answer.text


def test_what_is_over_is_behind_a_link_and_names_narrow_the_list(director):
    director.post_form(ABSENCES, away())
    assert "李书记" not in director.get(ABSENCES).text.split("<main")[1]
    assert "李书记" in director.get(f"{ABSENCES}?past=1").text.split("<main")[1]
    assert "李书记" not in director.get(f"{ABSENCES}?past=1&q=陈").text.split("<main")[1]


@pytest.mark.parametrize("login", ["wang", "li", "zhang", "liaison", "auditor"])
def test_nobody_else_finds_it(sign_in_as, rows, login):
    browser = sign_in_as(login)
    assert browser.get(LINKS).status_code == browser.get("/registers/find/people?q=li").status_code == 404
    assert browser.send(ABSENCES, away()).status_code == 404
    assert rows(Absence) == []


def test_without_a_sign_in_there_is_only_the_door(client):
    assert "/sign-in" in client.get(LINKS).location


def test_a_list_takes_few_statements(director, queries):
    director.get(LINKS)
    with queries() as asked:
        assert director.get(LINKS).status_code == 200
    assert len(asked) <= 4, "\n".join(asked)
