"""协办答复: the lead waits for it; once it is in, the answer can go out (T19, domain.md §4.7)."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.models import Assignment
from liaison.tickets.models.work import Duty
from tests.factories import go, make_ticket, move, unit_id
from workflows.assists import State as AssistState
from workflows.ticket_states import State

SAID = "二、四、六层具备条件，需要先更换下水立管，建议暑假施工。"


@pytest.fixture
def shared(db):
    """A ticket of 后勤保障处 on which 信息化中心 owes an answer."""
    ticket = make_ticket(State.TRIAGE)
    question = {"co": [unit_id("it-centre")], "co_questions": {str(unit_id("it-centre")): "走线谁来做"}}
    move(ticket, "dispatch", "wang", lead=str(unit_id("logistics")), limit_class="general", **question)
    return go(ticket, "sign")


def co(db):
    return db.session.scalars(db.select(Assignment).filter_by(duty=Duty.CO)).one()


def test_the_lead_cannot_answer_before_it_is_in(db, shared):
    with pytest.raises(Conflict, match="1 个协办答复未到"):
        go(shared, "submit_answer")


def test_it_is_kept_with_its_author_and_lets_the_lead_answer(db, shared):
    move(shared, "co_answer", "it-head", answer=SAID)
    row = co(db)
    assert (row.state, row.answer_text) == (AssistState.ANSWERED, SAID)
    assert row.answered_at is not None
    assert row.signed_at is not None
    assert go(shared, "submit_answer").state is State.DEPT_REVIEW


def test_only_the_head_of_the_asked_unit_gives_it(db, shared):
    with pytest.raises(NotAllowed):
        move(shared, "co_answer", "zhang", answer=SAID)
    assert co(db).answered_at is None


def test_a_few_words_are_no_answer(db, shared):
    with pytest.raises(Conflict, match="20个字"):
        move(shared, "co_answer", "it-head", answer="可以")
