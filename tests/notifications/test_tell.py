"""Writing notices: one statement, once per person and event, never to somebody who has left."""

from collections.abc import Callable
from typing import Any

import pytest

from liaison.notifications.actions import tell
from liaison.notifications.models import Notice
from tests.cast import person
from workflows.ticket_states import Stage

NUMBER = "LX2026-000123-7"


def _tell(*logins: str, key: str = "ticket.dispatch", **more: Any) -> None:
    given = {"about": NUMBER, "stage": Stage.RESOLVE, "path": f"/tickets/{NUMBER}", **more}
    tell([person(login).id for login in logins], key, **given)


def _notices(db: Any) -> list[Notice]:
    return list(db.session.scalars(db.select(Notice).order_by(Notice.id)))


def test_everybody_named_gets_one_notice_that_is_neither_read_nor_sent(db: Any, frozen: Callable):
    now = frozen("2026-11-19 09:05").moment
    _tell("zhang", "sun", urgent=True)
    first, second = sorted(_notices(db), key=lambda notice: notice.recipient_id)
    assert {first.recipient_id, second.recipient_id} == {person("zhang").id, person("sun").id}
    assert (first.text_key, first.about, first.stage) == ("ticket.dispatch", NUMBER, Stage.RESOLVE)
    assert (first.path, first.is_urgent, first.created_at) == (f"/tickets/{NUMBER}", True, now)
    assert first.read_at is first.sent_at is first.dedupe_key is None


def test_it_takes_one_statement_however_many_they_are(db: Any, queries: Callable):
    people = [person(login).id for login in ("zhang", "sun", "liu", "wang", "li")]
    for some in (people[:1], people):
        with queries() as asked:
            tell(some, "ticket.submit", about=NUMBER, stage=Stage.COLLECT, path="/tickets/x")
        assert len(asked) == 1


def test_nobody_to_tell_costs_nothing(db: Any, queries: Callable):
    with queries() as asked:
        tell([], "ticket.submit", about=NUMBER, stage=Stage.COLLECT, path="/tickets/x")
    assert asked == []


def test_the_same_person_named_twice_hears_once(db: Any):
    _tell("zhang", "zhang")
    assert len(_notices(db)) == 1


def test_the_same_event_told_twice_is_heard_once_by_each(db: Any):
    _tell("zhang", dedupe="42:3")
    _tell("zhang", "sun", dedupe="42:3")
    assert [notice.recipient_id for notice in _notices(db)] == [person("zhang").id, person("sun").id]


def test_another_event_and_another_matter_are_heard_again(db: Any):
    _tell("zhang", dedupe="42:3")
    _tell("zhang", dedupe="42:4")
    _tell("zhang", dedupe="42:3", about="LJ2026-000123-7")
    assert len(_notices(db)) == 3


def test_without_a_key_every_telling_is_heard(db: Any):
    _tell("zhang")
    _tell("zhang")
    assert len(_notices(db)) == 2


def test_who_has_left_hears_nothing(db: Any):
    person("sun").is_active = False
    db.session.flush()
    _tell("zhang", "sun")
    assert [notice.recipient_id for notice in _notices(db)] == [person("zhang").id]


def test_a_contact_has_no_stage(db: Any):
    _tell("li", key="contact.to_confirm", about="LJ2026-000001-5", stage=None, path="/contacts/LJ2026-000001-5")
    assert _notices(db)[0].stage is None


def test_a_notice_goes_with_its_deed_or_not_at_all(db: Any):
    _tell("zhang")
    db.session.rollback()
    assert _notices(db) == []


def test_it_refuses_a_text_it_does_not_have_and_an_address_elsewhere(db: Any):
    with pytest.raises(KeyError, match=r"texts\.py"):
        _tell("zhang", key="ticket.dance")
    for path in ("//elsewhere", "https://elsewhere", "tickets/1"):
        with pytest.raises(ValueError, match="address"):
            _tell("zhang", path=path)
