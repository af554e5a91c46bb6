"""What must not be there: staff names, internal notes, the code, the address of whoever used it (B5, V-19)."""

import logging

from sqlalchemy import inspect, text

from liaison.core.db import Base
from tests import factories
from tests.feedback.conftest import NAMES, TO_ANSWER, TO_WORK

ADDRESS = "203.0.113.77"


def test_refusals_name_nobody_either(voice, holder):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    held.go("reopen")
    page = holder.rate(held)
    assert page.status_code == 409
    assert not [name for name in NAMES if name in page.text]


def test_internal_notes_stay_inside(voice, holder):
    held = voice(TO_WORK)
    held.move("progress", "sun", note="暗号一")
    given = {"outcome": "A", "answer": factories.ANSWER, "internal_note": "暗号二"}
    held.move("submit_answer", "sun", **given)
    held.move("head_return", "zhang", reason="暗号三")
    assert "暗号" not in holder.open(held.code).text
    held.move("submit_answer", "sun", **given)
    held.go("head_approve office_approve")
    assert "暗号" not in holder.open(held.code).text


def test_a_draft_is_not_seen_before_it_is_released(voice, holder):
    held = voice(f"{TO_WORK} submit_answer head_approve")
    assert factories.ANSWER not in holder.open(held.code).text


def test_the_code_lies_nowhere_in_the_database_and_the_address_neither(db, voice, client, caplog):
    """A dump links no code, and no network address, with a matter."""
    caplog.set_level(logging.DEBUG)
    held = voice(TO_ANSWER)
    from_there = {"environ_base": {"REMOTE_ADDR": ADDRESS}}
    client.get(f"/code/{held.code}", **from_there)
    given = {"code": held.code, "number": held.number}
    client.send("/code", given, **from_there)
    client.send("/code/remark", {**given, "text": "四楼也没有"}, **from_there)
    client.send("/code/rate", {**given, "solved": "yes", "satisfied": "5"}, **from_there)
    client.send("/code/reopen", {**given, "reason": "又停了"}, **from_there)
    client.send("/code", {"code": "ABCDE12345"}, **from_there)
    assert held.ticket.reopen_count == 1
    everything = dump(db)
    for secret in (held.code, held.code.lower(), "ABCDE12345", ADDRESS):
        assert secret not in everything
        assert secret not in caplog.text


def dump(db):
    db.session.commit()
    names = inspect(db.engine).get_table_names()
    assert set(Base.metadata.tables) <= set(names)
    rows = [row for name in Base.metadata.tables for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]
    return "\n".join(str(tuple(row)) for row in rows)


def test_the_page_keeps_no_session_of_the_holder(voice, holder):
    """The cookie carries the form token only; a second visit needs the code again."""
    holder.open(voice().code)
    with holder.browser.session_transaction() as session:
        assert set(session) == {"csrf_token"}
