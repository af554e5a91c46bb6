"""Person × state × move: every cell against the table written by hand (safety.md G-08)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from liaison.core.errors import Conflict, NotAllowed
from liaison.tickets.actions.moving import permit
from liaison.tickets.queries import visible
from tests.factories import actor, make_ticket, voice_of
from tests.safety.direct import direct, rows
from tests.tickets.deeds import ANSWERED, DEEDS
from tests.tickets.expected_matrix import MAY, MOVES, NOT_YET, PEOPLE, answer, sees
from workflows.ticket_states import State

CELLS = len(PEOPLE) * len(State) * len(MOVES)


@pytest.fixture
def tickets(db: Any, frozen: Any) -> dict[State, Any]:
    """One ticket in every state."""
    frozen("2026-11-18 09:00")
    return {state: make_ticket(state) for state in State}


def test_the_table_by_hand_is_whole():
    assert set(MAY) == set(State)
    assert {move for moves in MAY.values() for move in moves} == set(MOVES)
    assert all(set(moves) <= set(MAY[state]) for state, moves in NOT_YET.items())


def test_every_cell_says_what_the_table_says(tickets):
    """Asked where the pages ask: may he see it, does the state fit (whoever asks), is it his?"""
    told = Counter()
    for state, ticket in tickets.items():
        seeing = [who for who in PEOPLE if _sees(who, ticket)]
        assert seeing == [who for who in PEOPLE if sees(who, state)], state
        told[404] += (len(PEOPLE) - len(seeing)) * len(MOVES)
        for move in MOVES:
            fits = move in MAY[state]
            for who in seeing if fits else seeing[:1]:
                _compare(ticket, move, who)
            told["fits" if fits else 409] += len(seeing)
    assert told.total() == CELLS == 17 * 20 * 45


def _sees(who: str, ticket: Any) -> bool:
    try:
        return visible.load(actor(who), ticket.number) is ticket
    except visible.NotVisible:
        return False


def _compare(ticket: Any, move: str, who: str) -> None:
    wanted = "fits" if who in MAY[ticket.state].get(move, ()) else 403 if move in MAY[ticket.state] else 409
    try:
        permit(ticket, move, actor=actor(who), version=None)
        said: Any = "fits"
    except NotAllowed:
        said = 403
    except Conflict:
        said = 409 if move not in MAY[ticket.state] else "fits"  # facts are not asked here
    assert said == wanted, (ticket.state, move, who)


def test_a_refused_press_is_answered_and_changes_nothing(app, tickets):
    """Through the program: every 403 and 404 of a state's moves; of the 409, which are whole pages, one per move."""
    browsers = {who: direct(app, who) for who in PEOPLE}
    asked = [(cell, _press(browsers[cell[0]], cell[2], tickets[cell[1]])) for cell in _refused()]
    before = rows()
    answers = [(cell, press(), answer(*cell)) for cell, press in asked]
    assert [found for found in answers if found[1] != found[2]] == []
    assert rows() == before
    assert len(asked) > 700


def _refused() -> Iterator[tuple[str, State, str]]:
    wrong = cycle(MOVES)
    for state in State:
        one_wrong = next(move for move in wrong if move not in MAY[state])
        for move in (*MAY[state], one_wrong):
            cells = {who: answer(who, state, move) for who in PEOPLE}
            conflicts = [who for who, code in cells.items() if code == 409][:1]
            yield from ((who, state, move) for who, code in cells.items() if code in {403, 404} or who in conflicts)


def _press(browser: Any, move: str, ticket: Any) -> Any:
    data = {"version": ticket.version, **_typed(move, ticket)}
    address = f"/tickets/{ticket.number}/{move}"
    return lambda: browser.send(address, data).status_code


def _typed(move: str, ticket: Any) -> dict[str, Any]:
    deed = DEEDS.get(move)
    if move in {"tell", "mark_unreachable"}:
        return {"channel": "phone", "reason_code": "unopened", "voice": voice_of(ticket)}
    return deed.typed(ticket) if deed else ANSWERED(ticket)
