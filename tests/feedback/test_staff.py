"""A member of staff who opens a code page tells nobody and rates nothing (domain.md §4.6, T32)."""

import pytest

from tests.feedback.conftest import TO_ANSWER, Holder, offered
from workflows.ticket_states import State


@pytest.fixture
def clerk(sign_in_as):
    return Holder(sign_in_as("wang"))


def test_the_page_says_so_and_records_nothing(voice, clerk):
    held = voice(TO_ANSWER)
    page = clerk.open(held.code)
    assert (page.status_code, "不算告知" in page.text) == (200, True)
    assert held.ticket.state is State.FEEDBACK_PENDING
    assert held.voice.opened_at is None
    assert not offered(page)


@pytest.mark.parametrize(
    ("deed", "given"),
    [
        ("rate", {"solved": "yes", "satisfied": "5"}),
        ("remark", {"text": "四楼也没有"}),
        ("reopen", {"reason": "四楼还是没有热水"}),
    ],
)
def test_no_deed_of_a_holder_is_done_in_his_name(voice, holder, clerk, deed, given):
    held = voice(TO_ANSWER)
    holder.open(held.code)
    before = held.ticket.event_count
    assert "不算告知" in clerk.send(deed, held, **given).text
    assert held.ticket.event_count == before


def test_staff_have_to_wait_after_wrong_codes_too(clerk):
    answers = [clerk.open(f"ABCDE1234{n % 10}").status_code for n in range(11)]
    assert answers[-1] == 429
