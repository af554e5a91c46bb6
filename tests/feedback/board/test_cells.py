"""小数合并: no count on the board is about fewer than five voices, and none can be worked out (rulings §13)."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from liaison.feedback.board.cells import Cell, merged, shown
from liaison.feedback.board.models import Fate
from liaison.tickets.queries.publications import MANY

some = st.builds(
    Cell,
    place=st.one_of(st.none(), st.integers(1, 4)),
    matter=st.one_of(st.none(), st.integers(1, 4)),
    fate=st.sampled_from(Fate),
    reason=st.none(),
    voices=st.integers(1, 9),
    until=st.none(),
)


def cell(place, matter, voices, fate=Fate.DONE):
    return Cell(place, matter, fate, None, voices, None)


@given(st.lists(some, max_size=30))
def test_every_row_is_about_five_voices_and_none_is_lost(cells):
    found = merged(cells)
    rows = Counter()
    for one in found:
        rows[one.place, one.matter] += one.voices
    assert all(n >= MANY for n in rows.values())
    everything = sum(one.voices for one in cells)
    assert sum(rows.values()) == (everything if everything >= MANY else 0)
    assert len({(one.place, one.matter, one.fate) for one in found}) == len(found)


@given(st.lists(some, max_size=30))
def test_a_place_is_named_only_where_five_voices_were_raised(cells):
    raised = Counter()
    for one in cells:
        raised[one.place] += one.voices
    assert all(raised[one.place] >= MANY for one in merged(cells) if one.place is not None)


def test_small_places_and_small_matters_become_the_others():
    cells = [cell(1, 1, 9), cell(1, 2, 3), cell(1, 3, 2), cell(2, 1, 4), cell(3, 1, 1)]
    assert {(one.place, one.matter, one.voices) for one in merged(cells)} == {(1, 1, 9), (1, None, 5), (None, 1, 5)}


def test_one_small_matter_takes_the_next_smallest_with_it():
    """Else the reader would only have to ask what is left."""
    assert {(one.matter, one.voices) for one in merged([cell(1, 1, 30), cell(1, 2, 6), cell(1, 3, 2)])} == {
        (1, 30),
        (None, 8),
    }


def test_a_quiet_campus_shows_nothing():
    assert merged([cell(1, 1, 4)]) == []


def test_a_small_count_inside_a_row_is_not_printed():
    assert [shown(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]
