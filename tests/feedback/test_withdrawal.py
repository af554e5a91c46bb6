"""撤回、异议: the holder takes his own matter back before dispatch, or objects to another channel (T40, T10b)."""

from liaison.tickets.queries.facts import voice_facts
from tests.factories import go, make_ticket, move
from tests.feedback.conftest import TO_WORK
from workflows.ticket_states import State


def test_he_takes_back_what_nobody_works_on_yet_and_owes_nothing(voice, holder):
    held = voice("accept")
    page = holder.send("withdraw", held, reason="已经修好了")
    assert "已经撤回" in page.text
    assert held.ticket.state is State.WITHDRAWN
    assert "不用办了，撤回" not in page.text


def test_it_is_not_offered_once_it_is_dispatched_or_follows_another(voice, holder):
    at_work, merged = voice(TO_WORK), voice("accept")
    move(merged.ticket, "merge", "wang", lead_ticket=make_ticket(State.TRIAGE).number, reason="同一件事")
    for held in (at_work, merged):
        assert "不用办了，撤回" not in holder.open(held.code).text
        assert holder.send("withdraw", held, reason="不用办了").status_code == 409


def test_he_objects_once_to_another_channel_and_the_director_may_take_it_back(voice, holder, sign_in_as):
    held = voice("accept redirect")
    assert "党政办主任会再看一次" in holder.send("object", held, reason="水房是学校的").text
    assert "不同意转到别处" not in holder.open(held.code).text
    taken = sign_in_as("director").submit(f"/tickets/{held.ticket.number}", {"reason": "确实"}, move="uphold_objection")
    assert taken.status_code == 303
    assert held.ticket.state is State.TRIAGE


def test_what_was_told_of_the_first_route_is_no_telling_of_the_second(db, voice, holder):
    held = voice("accept redirect")
    holder.open(held.code)
    holder.send("object", held, reason="水房是学校的")
    move(held.ticket, "uphold_objection", "director", reason="再看")
    go(held.ticket, "redirect")
    db.session.commit()
    assert [row.told_at for row in voice_facts(held.ticket)] == [None]
    holder.open(held.code)
    assert [row.told_at is not None for row in voice_facts(held.ticket)] == [True]
