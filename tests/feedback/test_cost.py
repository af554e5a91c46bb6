"""What the page costs the database: at most four statements, whatever hangs on the ticket (performance.md)."""

import pytest

from tests.feedback.conftest import TO_ANSWER, TO_WORK


@pytest.mark.parametrize("road", ["", "accept", TO_WORK, f"{TO_ANSWER} tell", "accept ask_info", "accept redirect"])
def test_a_page_opened_before_asks_four_times_at_most(voice, holder, queries, road):
    held = voice(road)
    holder.open(held.code)
    with queries() as asked:
        assert holder.open(held.code).status_code == 200
    assert len(asked) <= 4


def test_it_does_not_grow_with_the_voices(voice, holder, queries):
    first = voice("accept")
    for _ in range(8):
        voice("accept").move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch sign submit_answer head_approve office_approve")
    holder.open(first.code)
    with queries() as asked:
        holder.open(first.code)
    assert len(asked) <= 4


def test_it_does_not_grow_with_the_merges(voice, holder, queries):
    first, second, third = voice("accept"), voice("accept"), voice("accept")
    third.move("merge", "wang", lead_ticket=second.number, reason="同一件事")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch sign submit_answer head_approve office_approve")
    counts = set()
    for held in (first, second, third):
        holder.open(held.code)
        with queries() as asked:
            holder.open(held.code)
        counts.add(len(asked))
    assert len(counts) == 1


def test_a_page_that_records_nothing_writes_nothing(voice, holder, queries):
    held = voice(f"{TO_ANSWER} tell")
    holder.open(held.code)
    with queries() as asked:
        holder.open(held.code)
    assert not [statement for statement in asked if not statement.lstrip().upper().startswith("SELECT")]
