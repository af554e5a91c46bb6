"""What the holder reads of vacations and of dates that were 暂定 (A7, A8)."""

from datetime import date

import pytest

from liaison.calendars import actions, in_force
from liaison.calendars.published import ExceptionKind
from liaison.calendars.rows import DayRow, TermRow
from liaison.tickets.actions.provisional import recounts, settle
from tests import factories

AUTUMN = TermRow(
    "2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18, 2, "", date(2027, 1, 25), date(2027, 2, 28)
)


@pytest.fixture(autouse=True)
def _forgotten(app):
    yield
    in_force.forget()


def save(db, *days, terms=()):
    old = in_force.calendar()
    actions.put_terms(terms)
    actions.put_days(days)
    new = actions.make_calendar(made_by_id=None)
    settle(recounts(old, new), new, factories.actor("director"))
    db.session.commit()
    in_force.renew()


def test_a_limit_that_jumps_over_the_vacation_says_so(db, voice, holder, frozen):
    """A8: dispatched Tue 19 Jan. 2027, due Tue 2 March."""
    save(db, terms=[AUTUMN])
    frozen("2027-01-19 10:00")
    held = voice("accept dispatch sign")
    assert "假期顺延至3月2日" in holder.open(held.code).text


def test_one_that_ends_before_it_does_not(db, voice, holder, frozen):
    save(db, terms=[AUTUMN])
    frozen("2027-01-11 10:00")
    assert "假期顺延" not in holder.open(voice("accept dispatch").code).text


def test_an_urgent_matter_is_put_off_by_nothing(db, voice, holder, frozen):
    save(db, terms=[AUTUMN])
    frozen("2027-01-24 20:00")
    assert "假期顺延" not in holder.open(voice("accept dispatch", limit_class="urgent").code).text


def test_before_it_is_dispatched_the_promise_itself_jumps(db, voice, holder, frozen):
    save(db, terms=[AUTUMN])
    frozen("2027-01-19 10:00")
    page = holder.open(voice().code).text
    assert "假期顺延至3月9日" in page
    assert "3月9日 周二" in page


def test_an_answered_matter_speaks_of_no_vacation(db, voice, holder, frozen):
    save(db, terms=[AUTUMN])
    frozen("2027-01-19 10:00")
    held = voice("accept dispatch sign submit_answer head_approve office_approve")
    assert "假期顺延" not in holder.open(held.code).text


def test_a_date_that_was_open_is_told_again_when_the_table_came(db, voice, holder, frozen):
    """A7: Mon 11 Jan. becomes Tue 12 Jan."""
    frozen("2026-12-21 10:00")
    held = voice("accept")
    factories.move(held.ticket, "dispatch", "director", lead=str(factories.unit_id("logistics")), limit_class="complex")
    db.session.commit()
    assert "暂定" in holder.open(held.code).text
    save(db, DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦"))
    page = holder.open(held.code).text
    assert "节假日安排公布了，办理期限由2027年1月11日改为2027年1月12日。" in page
    assert "暂定" not in page
    held.go("sign submit_answer head_approve office_approve")
    assert "节假日安排公布了" not in holder.open(held.code).text


def test_with_a_shifted_sunday_besides_only_the_mark_goes(db, voice, holder, frozen):
    frozen("2026-12-21 10:00")
    held = voice("accept")
    factories.move(held.ticket, "dispatch", "director", lead=str(factories.unit_id("logistics")), limit_class="complex")
    sunday = DayRow(date(2027, 1, 10), ExceptionKind.WORK, 2027)
    save(db, DayRow(date(2027, 1, 1), ExceptionKind.OFF, 2027, "元旦"), sunday)
    page = holder.open(held.code).text
    assert "节假日安排公布了" not in page
    assert "暂定" not in page


def test_the_page_still_asks_four_times_at_most(db, voice, holder, frozen, queries):
    frozen("2026-12-21 10:00")
    held = voice("accept dispatch sign")
    holder.open(held.code)
    with queries() as asked:
        holder.open(held.code)
    assert len(asked) <= 4
