"""查询码: ten characters, shown once, kept as a keyed hash (domain.md §4.15, rulings §13)."""

import pytest

from liaison.audit.models import AuditRow
from liaison.core.errors import NotVisible
from liaison.tickets.actions.codes import ALPHABET, hashed, is_code, new_code, reissue, tidy
from liaison.tickets.models import Ticket, TicketEvent, Voice
from tests.factories import actor, raised


def test_a_code_has_ten_letters_that_nobody_mistakes():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in codes)
    assert len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["7K3M-9QX2-RT", " 7k3m 9qx2 rt ", "７Ｋ３Ｍ９ＱＸ２ＲＴ", "7K3M9QX2RT。", "7k3m–9qx2–rt"]
)
def test_however_it_is_typed_it_is_the_same_code(typed):
    assert tidy(typed) == "7K3M9QX2RT"
    assert is_code(typed)


def test_letters_that_look_like_digits_are_read_as_digits():
    assert tidy("oOiIlL") == "001111"


def test_only_its_keyed_hash_is_kept(app, db):
    made = raised()
    kept = db.session.get_one(Voice, made.voice_id).code_hash
    assert kept == hashed(made.code)
    assert made.code not in kept
    app.config["SECRET_KEY"], before = "another key", app.config["SECRET_KEY"]
    try:
        assert hashed(made.code) != kept
    finally:
        app.config["SECRET_KEY"] = before


def test_the_filer_gets_a_new_one_and_the_old_one_is_dead(db):
    made = raised()
    fresh = reissue(made.voice_id, actor("li"))
    assert db.session.get_one(Voice, made.voice_id).code_hash == hashed(fresh) != hashed(made.code)
    events = db.session.scalars(db.select(TicketEvent).order_by(TicketEvent.seq)).all()
    assert [(event.seq, event.move) for event in events] == [(1, "submit"), (2, "reissue_code")]
    assert (
        db.session.scalars(db.select(AuditRow.deed).filter_by(object=made.ticket_number)).all()[-1] == "code.reissued"
    )
    assert fresh not in str([vars(event) for event in events])


def test_the_liaison_of_the_filing_leader_may_ask_for_it(db):
    assert reissue(raised().voice_id, actor("liaison"))


@pytest.mark.parametrize("who", ["chen", "wang", "zhang", "noise-leader", "admin"])
def test_for_everybody_else_the_voice_does_not_exist(db, who):
    made = raised()
    with pytest.raises(NotVisible):
        reissue(made.voice_id, actor(who))
    with pytest.raises(NotVisible):
        reissue(987_654_321, actor("li"))


def test_whoever_comes_second_after_a_new_code_reads_that_it_was_issued(db, sign_in_as):
    made = raised()
    seen = db.session.get_one(Ticket, made.ticket_id).version
    reissue(made.voice_id, actor("li"))
    answer = sign_in_as("li").send(f"/tickets/{made.ticket_number}/withdraw", {"version": seen, "reason": "已经好了"})
    assert answer.status_code == 409
    assert "重发查询码" in answer.text
