"""换个时限会怎样: the page and the command show the same report."""

from datetime import date

import pytest
from sqlalchemy import select

from liaison.calendars import actions, in_force
from liaison.calendars.models import Term
from liaison.calendars.rows import TermRow
from tests.factories import go, make_ticket
from workflows.ticket_states import State


@pytest.fixture
def six_days(db, frozen):
    """A ticket of the autumn term, answered on its sixth working day."""
    actions.put_terms([TermRow("2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18, 2)])
    db.session.commit()
    frozen("2026-10-12 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    frozen("2026-10-20 10:00")
    go(ticket, "submit_answer head_approve office_approve")
    db.session.commit()
    yield ticket
    in_force.forget()


def address(db, **asked):
    term = db.session.scalars(select(Term.id)).one()
    return f"/limits/simulation?term={term}&" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_it_is_the_directors(sign_in_as):
    assert sign_in_as("director").get("/limits/simulation").status_code == 200
    assert sign_in_as("admin").get("/limits/simulation").status_code == 404


def test_without_a_term_it_says_what_comes_next(sign_in_as):
    assert "还没有可以推算的学期" in sign_in_as("director").get("/limits/simulation").text


def test_other_limits_show_who_is_no_longer_late_with_its_list(db, sign_in_as, six_days):
    page = sign_in_as("director").get(address(db, general=7)).text
    assert "办理超期实际 1 次，推算 0 次" in page
    assert "不再超期的 1 件" in page
    assert f'href="/tickets/{six_days.number}"' in page


def test_with_everything_empty_nothing_changes(db, sign_in_as, six_days):
    page = sign_in_as("director").get(address(db)).text
    assert "办理超期实际 1 次，推算 1 次" in page
    assert "会变成超期的" not in page


@pytest.mark.parametrize("asked", [{"general": 0}, {"sign": -1}, {"days": "lunar"}, {"general": "x"}])
def test_what_cannot_be_asked_comes_back_with_a_sentence(db, sign_in_as, six_days, asked):
    answer = sign_in_as("director").get(address(db, **asked))
    assert answer.status_code == 422
    assert 'class="error"' in answer.text


def test_the_command_prints_the_same(app, six_days):
    run = app.test_cli_runner().invoke(args=["simulate", "--term", "2026-2027-1", "--handle", "general=7"])
    assert "一般：交办 1，办理超期 1 → 0" in run.output
    assert "后勤保障处：交办 1，办理超期 1 → 0" in run.output


def test_the_command_says_what_it_does_not_understand(app, six_days):
    runner = app.test_cli_runner()
    assert "没有这个学期" in runner.invoke(args=["simulate", "--term", "1999-2000-1"]).output
    assert "写成 general=7" in runner.invoke(args=["simulate", "--handle", "urgent=1"]).output
