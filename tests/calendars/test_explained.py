"""哪些天算进去了: the page of a ticket lets anybody count its limit again (A6, A8, A15)."""

from datetime import date

import pytest

from liaison.calendars import actions, in_force
from liaison.calendars.explaining import stretches
from liaison.calendars.rows import TermRow
from liaison.tickets.counting import counted, pauses
from liaison.tickets.queries.page import load_page
from tests.calendars.moments import at, end
from tests.calendars.school import calendar
from tests.factories import go, make_ticket, move
from workflows.ticket_states import State

AUTUMN = TermRow(
    "2026-2027", 1, "第一学期", date(2026, 9, 7), date(2027, 1, 24), 18, 2, "", date(2027, 1, 25), date(2027, 2, 28)
)


@pytest.fixture
def vacation(db):
    actions.put_terms([AUTUMN])
    actions.make_calendar(made_by_id=None)
    db.session.commit()
    in_force.renew()
    yield
    in_force.forget()


def explained(ticket):
    return counted(ticket, load_page(ticket).events)


def told(days):
    return [(str(run.first)[5:], str(run.last)[5:], run.counted, run.why) for run in days]


@pytest.fixture
def words(app):
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("words")
def test_days_in_a_row_that_count_or_do_not_are_told_together():
    days = calendar().counted(date(2026, 9, 29), date(2026, 10, 12))
    assert told(stretches(days)) == [
        ("09-30", "09-30", 1, ""),
        ("10-01", "10-07", 0, "国庆节、调休"),
        ("10-08", "10-10", 3, "10月10日 周六 调休上班"),
        ("10-11", "10-11", 0, "周末"),
        ("10-12", "10-12", 1, ""),
    ]


def test_a6_is_explained_on_its_page(frozen, sign_in_as):
    """Dispatched Tue 29 Sept. 16:00; due Mon 12 Oct.; Sat 10 Oct. counts."""
    frozen("2026-09-29 16:00")
    ticket = make_ticket(State.DISPATCHED)
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    for sentence in (
        "哪些天算进去了",
        "办理 5 天，按校内工作日，当天不算",
        "10月1日 周四 至 10月7日 周三：不算",
        "国庆节、调休",
        "10月10日 周六 调休上班",
        "10月8日 周四 至 10月10日 周六：算 3 天",
        "校历 2026-1，时限第 1 版",
    ):
        assert sentence in page


def test_a6_is_amber_from_the_shifted_saturday_and_red_from_tuesday(frozen, sign_in_as):
    frozen("2026-09-29 16:00")
    ticket = make_ticket(State.IN_PROGRESS)
    browser = sign_in_as("sun")
    for now, tone in (
        ("10-09 23:59", "calm"),
        ("10-10 00:01", "amber"),
        ("10-12 23:59", "amber"),
        ("10-13 00:01", "red"),
    ):
        frozen(f"2026-{now}")
        for page in ("/queue", f"/tickets/{ticket.number}"):
            assert f'class="due {tone}"' in browser.get(page).text, (now, page)


@pytest.mark.usefixtures("vacation", "words")
def test_a8_jumps_over_the_vacation(frozen):
    frozen("2027-01-19 10:00")
    ticket = make_ticket(State.DISPATCHED)
    assert ticket.due_at == end("2027-03-02")
    assert told(explained(ticket).days) == [
        ("01-20", "01-22", 3, ""),
        ("01-23", "02-28", 0, "寒暑假"),
        ("03-01", "03-02", 2, ""),
    ]


@pytest.mark.usefixtures("vacation")
def test_a8_leaves_two_days_on_the_last_sunday_of_the_term_and_an_urgent_matter_does_not_stop(frozen, sign_in_as):
    frozen("2027-01-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    frozen("2027-01-24 12:00")
    assert "还剩 2 个工作日（3月2日 周二" in sign_in_as("sun").get("/queue").text
    frozen("2027-02-10 12:00")
    assert "还剩 2 个工作日" in sign_in_as("sun").get(f"/tickets/{ticket.number}").text
    frozen("2027-01-30 22:10")
    urgent = make_ticket(State.DISPATCHED, limit_class="urgent")
    assert urgent.due_at == at("2027-01-31 22:10")
    assert not urgent.is_due_provisional
    assert explained(urgent) is None


def test_a_limit_beyond_the_table_says_so_until_it_is_counted_again(frozen, sign_in_as):
    """A7."""
    frozen("2026-12-21 10:00")
    ticket = make_ticket(State.IN_PROGRESS, office="director", limit_class="complex")
    page = sign_in_as("sun").get(f"/tickets/{ticket.number}").text
    assert "2027年1月11日 周一，暂定" in page
    assert "节假日安排公布后重算一次" in page
    assert "暂定" in sign_in_as("sun").get("/queue").text


def test_pauses_are_listed_with_reason_days_and_cap(frozen, sign_in_as):
    clock = frozen("2026-11-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    clock.to("2026-11-24 10:00")
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    go(ticket, "convene")
    (question, meeting) = pauses(load_page(ticket).events)
    assert (question.days, question.most, question.until) == (3, 5, at("11-24 10:00"))
    assert (meeting.days, meeting.most, meeting.until) == (0, 10, None)
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    for words in ("等待补充", "等待会议", "还在等", "加的工作日"):
        assert words in page


@pytest.mark.usefixtures("words")
def test_the_days_that_count_are_the_limit_the_extension_and_no_paused_day(frozen):
    clock = frozen("2026-11-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    move(ticket, "ask_info", "sun", question="是几楼的热水器？")
    clock.to("2026-11-24 10:00")
    move(ticket, "supplement", "li", text="是三楼东头的热水器")
    move(ticket, "extend", "wang", due_on=date(2026, 12, 4), reason="配件采购")
    limit = explained(ticket)
    assert sum(run.counted for run in limit.days) == 5 + 3
    assert ("11-20", "11-20", 0, "暂停") in told(limit.days)
    assert (limit.extension["from"], limit.extension["due"], limit.extension["days"]) == (
        date(2026, 12, 1),
        date(2026, 12, 4),
        3,
    )


def test_an_extended_limit_shows_the_first_one_beside_it(frozen, sign_in_as):
    """A15."""
    clock = frozen("2026-11-19 10:00")
    ticket = make_ticket(State.IN_PROGRESS)
    clock.to("2026-11-25 10:00")
    move(ticket, "extend", "wang", due_on=date(2026, 12, 1), reason="配件采购")
    page = sign_in_as("wang").get(f"/tickets/{ticket.number}").text
    assert "12月1日 周二 前答复（原定 11月26日 周四）" in page
    assert "延期 3 天：由11月26日延到12月1日。配件采购" in page


@pytest.mark.parametrize(
    ("state", "days", "is_past"),
    [
        (State.IN_PROGRESS, 60, False),
        (State.IN_PROGRESS, 61, True),
        (State.LONG_TERM, 61, False),
        (State.LEADERSHIP_REVIEW, 61, False),
        (State.FEEDBACK_PENDING, 61, False),
        (State.SUBMITTED, 61, True),
    ],
)
def test_the_wall_of_sixty_days_is_named_on_row_and_page(frozen, sign_in_as, state, days, is_past):
    clock = frozen("2026-09-14 10:00")
    ticket = make_ticket(state)
    clock.on(days=days)
    browser = sign_in_as("director")
    for page in ("/tickets/", f"/tickets/{ticket.number}"):
        assert ("已超过60天" in browser.get(page).text) is is_past, page
