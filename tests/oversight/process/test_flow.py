"""流程: the real flow is what the events say – counted by hand here, by the database there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.calendars.calendar import CalendarKind
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.survival import Span, quantile, quantiles
from liaison.oversight.process.chart import PLACES, chart
from liaison.oversight.process.flow import flow
from liaison.oversight.process.stays import Stay, waits
from liaison.tickets.models import Ticket
from tests.factories import go, make_ticket, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

S = State
NOVEMBER = Scope(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30))


@pytest.fixture
def walked(db, frozen):
    """Three ordinary matters with different roads, one restricted, one raised a month later."""
    time = frozen("2026-11-02 09:00")
    plain, back = make_ticket(), make_ticket()
    make_ticket(S.TRIAGE, confidentiality=Confidentiality.RESTRICTED, office="officer")
    go(plain, "accept dispatch sign")
    time.to("2026-11-05 09:00")
    go(plain, "submit_answer head_approve office_approve tell close")
    go(back, "accept ask_info supplement dispatch", lead="academic-affairs")
    time.to("2026-11-09 09:00")  # Thursday to Monday: two working days
    go(back, "sign submit_answer head_return submit_answer head_return submit_answer")
    make_ticket()
    time.to("2026-12-03 09:00")
    make_ticket()
    go(back, "head_approve office_approve")
    return plain, back


def test_arrows_and_visits_are_counted(walked):
    found = flow(NOVEMBER)
    edges = {(str(start), str(end)): n for (start, end), n in found.edges}
    assert edges["[*]", "submitted"] == 3
    assert edges["submitted", "triage"] == 2
    assert edges["dept_review", "in_progress"] == 2
    assert ("dept_review", "office_review") in edges
    assert found.visits[S.DEPT_REVIEW] == 4
    assert all(one.state is not S.MERGED for one in found.stays)


def test_waits_are_counted_in_working_days_and_who_is_still_there_is_not_forgotten(walked):
    by_state = {one.state: one for one in flow(NOVEMBER).waits}
    sign = by_state[S.DISPATCHED]
    assert (sign.came, sign.waiting, sign.median, sign.p90, sign.by) == (2, 0, 0, 2, CalendarKind.SERVICE)
    review = by_state[S.DEPT_REVIEW]  # the last of the four stays over the end of the month
    assert (review.came, review.waiting, review.median) == (4, 1, 0)
    assert review.p90 is None
    assert by_state[S.FEEDBACK_GIVEN].by is CalendarKind.NATURAL
    assert S.CLOSED not in by_state


def test_the_frequent_ways_and_what_was_sent_back(walked):
    found = flow(NOVEMBER)
    ways = {" ".join(path.states): (path.count, path.is_over) for path in found.paths}
    straight = (
        "submitted triage dispatched in_progress dept_review office_review feedback_pending feedback_given closed"
    )
    assert ways[straight] == (1, True)
    assert ways["submitted"] == (1, False)
    assert (found.raised, found.others) == (3, 0)
    assert {one.move: (one.times, one.tickets) for one in found.bounces} == {"ask_info": (1, 1), "head_return": (2, 1)}


def test_a_department_sees_what_it_leads(walked):
    found = flow(NOVEMBER, [unit_id("academic-affairs")])
    assert found.raised == 1
    assert found.visits[S.CLOSED] == 0
    assert flow(NOVEMBER, []).stays == []


def test_urgent_matters_are_counted_by_their_own_clock():
    friday, monday = date(2026, 11, 6), date(2026, 11, 9)
    stays = [Stay(None, S.IN_PROGRESS, urgent, friday, monday, 1) for urgent in (False, True)]
    ordinary, urgent = waits(stays, monday)
    assert (ordinary.median, ordinary.by) == (1, CalendarKind.SERVICE)
    assert (urgent.median, urgent.by) == (3, CalendarKind.NATURAL)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=40))
def test_the_quantiles_are_those_of_walking_day_by_day(spans):
    """metrics.md §5, formula 2, in words: of those still under way on a day, so many end on it."""
    every, ended = Counter(days for days, _over in spans), Counter(days for days, over in spans if over)
    shares, left, reached = (Fraction(1, 2), Fraction(9, 10)), Fraction(1), {}
    for day in range(10):
        under_way, ends = sum(days >= day for days, _over in spans), spans.count((day, True))
        left *= 1 - Fraction(ends, under_way or 1)
        reached |= {share: day for share in shares if left <= 1 - share and share not in reached}
    wanted = [reached.get(share) for share in shares]
    assert quantiles(every, ended, *shares) == wanted
    assert [quantile([Span(*one) for one in spans], share) for share in shares] == wanted


def test_every_state_has_its_place_in_the_drawing(walked):
    assert set(PLACES) == set(State)
    assert len(set(PLACES.values())) == len(State)
    drawn = chart(flow(NOVEMBER))
    assert {node.state for node in drawn.nodes} >= {S.SUBMITTED, S.CLOSED, S.INFO_NEEDED}
    assert S.SPLIT not in {node.state for node in drawn.nodes}
    assert sorted(one.count for one in drawn.arrows)[-1] == 4
    assert any(one.is_back for one in drawn.arrows)


def test_the_statements_do_not_grow(walked, queries, db):
    db.session.scalars(db.select(Ticket)).all()
    with queries() as asked:
        flow(NOVEMBER)
    assert len(asked) == 3
