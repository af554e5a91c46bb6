"""知悉: whoever filed a matter opens its answer, and that is written down once (domain.md §4.6, `filer_told`)."""

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.actions import knowing
from liaison.tickets.models import TicketEvent
from tests.cast import unit
from tests.factories import actor, go, make_ticket, move, voice_of
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

S = State
OPENED = "看到了答复。"
AGAIN = "submit_answer head_approve office_approve"  # what leads to an offered answer


@pytest.fixture
def known(db):
    """known(ticket): who opened which answer, one after another."""

    def asked(ticket):
        db.session.rollback()
        rows = db.select(TicketEvent).filter_by(ticket_id=ticket.id, move="know").order_by(TicketEvent.seq)
        return [(row.actor_id, row.data["answer"]) for row in db.session.scalars(rows)]

    return asked


@pytest.fixture
def answered(db):
    ticket = make_ticket(S.FEEDBACK_PENDING)
    db.session.commit()
    return ticket


def test_he_opens_it_once_and_the_history_says_so(answered, known, sign_in_as):
    browser, page = sign_in_as("li"), f"/tickets/{answered.number}"
    assert OPENED not in browser.get(page).text
    assert OPENED in browser.get(page).text
    browser.get(page)
    assert known(answered) == [(actor("li").id, answered.answer_id)]
    assert answered.state is S.FEEDBACK_PENDING


@pytest.mark.parametrize("address", ["/tickets/?open={}", "/tickets/{}?history=1"])
def test_it_may_lie_open_beside_a_list(answered, known, sign_in_as, address):
    sign_in_as("li").get(address.format(answered.number))
    assert len(known(answered)) == 1


@pytest.mark.parametrize("who", ["wang", "director", "zhang", "sun", "liaison", "chen"])
def test_nobody_opens_it_for_him(answered, known, sign_in_as, who):
    """The liaison who may act in his name reads the page as well: the fact is not hers to make."""
    sign_in_as(who).get(f"/tickets/{answered.number}")
    assert known(answered) == []


def test_what_a_liaison_filed_for_him_is_his_to_open(db, known, sign_in_as):
    ticket = make_ticket(S.FEEDBACK_PENDING, filer="liaison", filed_for_id=actor("li").id)
    db.session.commit()
    sign_in_as("liaison").get(f"/tickets/{ticket.number}")
    assert known(ticket) == []
    sign_in_as("li").get(f"/tickets/{ticket.number}")
    assert known(ticket) == [(actor("li").id, ticket.answer_id)]


@pytest.mark.parametrize("state", [S.IN_PROGRESS, S.OFFICE_REVIEW, S.REDIRECTED])
def test_without_an_offered_answer_there_is_nothing_to_open(db, known, sign_in_as, state):
    ticket = make_ticket(state)
    db.session.commit()
    sign_in_as("li").get(f"/tickets/{ticket.number}")
    assert known(ticket) == []
    with pytest.raises(Conflict):
        knowing.open_answer(ticket, actor=actor("li"))
    with pytest.raises(NotAllowed):
        knowing.open_answer(ticket, actor=actor("wang"))


def test_the_answer_of_the_next_episode_is_to_be_opened_again(db, known, sign_in_as):
    ticket = make_ticket(S.FEEDBACK_GIVEN)
    first, page, browser = ticket.answer_id, f"/tickets/{ticket.number}", sign_in_as("li")
    found = []
    for road in ("", "reopen", AGAIN):
        db.session.refresh(ticket)
        go(ticket, road)
        db.session.commit()
        browser.get(page)
        found.append([answer for _who, answer in known(ticket)])
    assert found == [[first], [first], [first, ticket.answer_id]]
    assert first != ticket.answer_id


def test_nobody_is_too_late_because_he_looked(answered, known, sign_in_as):
    """He opens it between the clerk's page and her press; two at the same moment number their events one by one."""
    address, clerk = f"/tickets/{answered.number}", sign_in_as("wang")
    before = clerk.get(address).text
    sign_in_as("li").get(address)
    assert clerk.get(address).text.count(f'value="{answered.version}"') == before.count(f'value="{answered.version}"')
    assert len(known(answered)) == 1


def test_a_move_of_a_row_that_was_loaded_before_he_looked_finds_its_number(db, answered, known):
    knowing.open_answer(answered, actor=actor("li"))
    assert move(answered, "tell", "wang", voice_of(answered), channel="phone") is S.FEEDBACK_GIVEN
    db.session.commit()
    numbers = db.session.scalars(db.select(TicketEvent.seq).filter_by(ticket_id=answered.id)).all()
    assert sorted(numbers) == list(range(1, answered.event_count + 1))


def test_before_a_visit_he_reads_the_answer_of_his_own_and_of_what_was_merged(db, frozen, known, sign_in_as):
    """联系前一页: the matter merged into another's shows that one's answer; 陈副校长 opens his own."""
    frozen("2026-11-20 15:00")
    lead = make_ticket(S.TRIAGE, filer="chen")
    mine, open_one, others = make_ticket(S.TRIAGE), make_ticket(S.IN_PROGRESS), make_ticket(S.FEEDBACK_PENDING)
    move(mine, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    db.session.refresh(lead)
    go(lead, f"dispatch sign {AGAIN}")
    db.session.commit()
    for _twice in range(2):
        assert sign_in_as("li").get(f"/contacts/briefs/{unit('dorm-3').id}").status_code == 200
    assert known(mine) == [(actor("li").id, lead.answer_id)]
    assert known(others) == [(actor("li").id, others.answer_id)]
    assert known(lead) == known(open_one) == []


def test_what_the_telephone_fetches_by_itself_is_no_opening(answered, known, sign_in_as):
    """The kept page is asked for by the service worker, whether anybody looks or not."""
    browser = sign_in_as("li")
    browser.get("/contacts/briefs/kept")
    assert known(answered) == []


def test_a_restricted_matter_is_not_opened_by_its_filer(db, known, sign_in_as):
    """He reads its number and its stage (domain.md §2.3); the figure leaves it out."""
    hidden = make_ticket(S.FEEDBACK_PENDING, confidentiality=Confidentiality.RESTRICTED, office="officer")
    db.session.commit()
    assert sign_in_as("li").get(f"/tickets/{hidden.number}").status_code == 404
    assert sign_in_as("officer").get(f"/tickets/{hidden.number}").status_code == 200
    assert known(hidden) == []


def test_known_already_it_costs_nothing(answered, sign_in_as, queries):
    browser, page = sign_in_as("li"), f"/tickets/{answered.number}"
    counts = []
    for _time in range(3):
        with queries() as asked:
            assert browser.get(page).status_code == 200
        counts.append(len(asked))
    assert counts == [counts[1] + 4, counts[1], counts[1]]
