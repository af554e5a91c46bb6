"""并案以后再并案: whoever spoke follows the matter at the end of the chain, however long it is (domain.md §4.0)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from liaison.core import clock
from liaison.core.db import db as extension
from liaison.tickets.models import Ticket
from liaison.tickets.queries import announced, publications
from liaison.tickets.queries.voices import lead_of
from tests import cast
from tests.factories import make_ticket, move
from workflows.ticket_states import State

SAID = "洗衣机也一直是坏的，已经两个星期没有人来修"


@pytest.fixture
def chain(db, frozen):
    """Three matters, the first merged into the second and that into the third, which is answered."""
    frozen("2026-11-20 15:00")
    first, second = make_ticket(State.TRIAGE, text=SAID), make_ticket(State.TRIAGE)
    third = make_ticket(State.FEEDBACK_PENDING)
    for early, late in ((first, second), (second, third)):
        move(early, "merge", "wang", lead_ticket=late.number, reason="同一件事")
    db.session.commit()
    return first, second, third


def test_each_of_them_follows_the_last(chain):
    other, own, lead = make_ticket(State.TRIAGE), aliased(Ticket), aliased(Ticket)
    found = extension.session.execute(select(own.id, lead.id).join(lead, lead.id == lead_of(own)))
    assert dict(map(tuple, found)) == {**{one.id: chain[2].id for one in chain}, other.id: other.id}


def test_who_brought_them_in_is_reminded_to_tell(chain):
    reminded = {row.number for row in announced.debts(clock.now())}
    assert reminded == {one.number for one in chain}


def test_the_words_of_the_first_are_a_student_s_too(chain):
    assert SAID in publications.voices(chain[2].id)


def test_the_visit_brief_has_its_answer_to_tell(chain, sign_in_as):
    page = sign_in_as("li").get(f"/contacts/briefs/{cast.unit('dorm-3').id}")
    told = page.text.split(">今天可以告诉同学的</h2>")[1].split("</section>")[0]
    assert all(one.number in told for one in chain)
