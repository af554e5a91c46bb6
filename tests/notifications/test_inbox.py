"""提醒: one's own notices, newest first; reading one leads to its matter."""

from collections.abc import Callable
from typing import Any

import pytest

from liaison.core.errors import NotVisible
from liaison.notifications import actions
from liaison.notifications import queries as reading
from liaison.notifications.actions import tell
from liaison.notifications.models import Notice
from liaison.people.actor import Actor
from tests.cast import person
from workflows.ticket_states import Stage


def _actor(login: str) -> Actor:
    return Actor(id=person(login).id, name=login)


def _fill(login: str, count: int, **more: Any) -> None:
    for n in range(1, count + 1):
        number = f"LX2026-{n:06d}-0"
        given = {"about": number, "stage": Stage.RESOLVE, "path": f"/tickets/{number}", **more}
        tell([person(login).id], "ticket.dispatch", **given)


def _abouts(page: Any) -> list[int]:
    return [int(row.about[7:13]) for row in page.rows]


@pytest.fixture(autouse=True)
def _others(db: Any) -> None:
    """Somebody else always has notices too."""
    _fill("liu", 3)


def test_one_sees_ones_own_newest_first(db: Any):
    _fill("zhang", 3)
    assert _abouts(reading.inbox(_actor("zhang"), {})) == [3, 2, 1]


def test_pages_follow_by_key_both_ways(db: Any):
    _fill("zhang", 60)
    zhang = _actor("zhang")
    first = reading.inbox(zhang, {})
    second = reading.inbox(zhang, {"after": first.after})
    third = reading.inbox(zhang, {"after": second.after})
    assert _abouts(first) + _abouts(second) + _abouts(third) == list(range(60, 0, -1))
    assert first.before is None
    assert third.after is None
    assert reading.inbox(zhang, {"before": second.before}).rows == first.rows


def test_a_page_and_the_count_cost_one_statement_each(db: Any, queries: Callable):
    _fill("zhang", 30)
    zhang = _actor("zhang")
    with queries() as asked:
        reading.inbox(zhang, {})
        reading.unread_count(zhang)
    assert len(asked) == 2


def test_the_count_of_unread_ones_stops_at_a_hundred(db: Any):
    zhang = _actor("zhang")
    assert reading.unread_count(zhang) == 0
    _fill("zhang", 4)
    assert reading.unread_count(zhang) == 4
    _fill("zhang", 100)
    assert reading.unread_count(zhang) == 100


def test_marking_read_touches_only_ones_own(db: Any):
    _fill("zhang", 2)
    zhang, liu = _actor("zhang"), _actor("liu")
    mine, theirs = reading.inbox(zhang, {}).rows[0].id, reading.inbox(liu, {}).rows[0].id
    actions.mark_read(zhang, [mine, theirs])
    assert (reading.unread_count(zhang), reading.unread_count(liu)) == (1, 3)


def test_reading_twice_keeps_the_first_time(db: Any, frozen: Callable):
    stopped = frozen("2026-11-19 09:05")
    _fill("zhang", 1)
    zhang = _actor("zhang")
    notice = reading.inbox(zhang, {}).rows[0].id
    actions.mark_read(zhang, [notice])
    stopped.on(hours=1)
    actions.mark_read(zhang, [notice])
    assert db.session.get(Notice, notice).read_at == db.session.get(Notice, notice).created_at


def test_marking_all_read_leaves_what_came_meanwhile(db: Any):
    _fill("zhang", 3)
    zhang = _actor("zhang")
    newest_seen = reading.inbox(zhang, {}).rows[0].id
    _fill("zhang", 1)
    actions.mark_all_read(zhang, newest_seen)
    assert [bool(row.read_at) for row in reading.inbox(zhang, {}).rows] == [False, True, True, True]


def test_a_notice_of_somebody_else_has_no_address(db: Any):
    theirs = reading.inbox(_actor("liu"), {}).rows[0].id
    with pytest.raises(NotVisible):
        reading.path_of(_actor("zhang"), theirs)
