"""每天一次: count the voices of the last half year for the board, merge what is small, keep the rest.

A board that follows every press of a button would tell who spoke a minute ago; a daily one is also one short read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select

from liaison.core import clock
from liaison.core.db import Moment, add, run, table
from liaison.feedback.board.cells import Cell, merged
from liaison.feedback.board.models import BoardCell, Fate
from liaison.tickets.models import Answer, Ticket
from liaison.tickets.queries.publications import boards
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Confidentiality, Kind, Outcome

SHOWN = timedelta(days=183)
OUTSIDE = (State.MERGED, State.SPLIT, State.WITHDRAWN, State.HANDED_OFF)  # told by another ticket, or by nobody


def renew() -> int:
    """Write the board anew; how many cells it has."""
    now, home = clock.now(), boards()
    cells = merged(_cell(row, home) for row in run(_COUNTED, {"since": now - SHOWN}))
    run(delete(table(BoardCell)))
    rows = [_row(one) | {"made_at": now} for one in cells]
    if rows:
        add(BoardCell, *rows)
    return len(rows)


def _row(one: Cell) -> dict[str, Any]:
    return {
        "place_id": one.place,
        "category_id": one.matter,
        "fate": one.fate,
        "reason": one.reason,
        "voices": one.voices,
        "until_on": one.until,
    }


def _cell(row: Any, home: Mapping[int, int]) -> Cell:
    fate = _fate(row)
    reason = row.reason_class if fate is Fate.REFUSED else None
    return Cell(home.get(row.place_id), row.category_id, fate, reason, row.voices, _until(row, fate))


def _fate(row: Any) -> Fate:
    if row.state is State.REDIRECTED:
        return Fate.ELSEWHERE
    if row.stage is Stage.FEEDBACK and row.outcome is not None:
        return Fate.REFUSED if row.outcome is Outcome.D else Fate.DONE
    return Fate.PLANNED if row.state is State.LONG_TERM else Fate.OPEN


def _until(row: Any, fate: Fate) -> date | None:
    if fate is Fate.PLANNED:
        return row.expected_on  # type: ignore[no-any-return]
    return clock.day_ending_at(row.promised_at) if fate is Fate.OPEN and row.promised_at else None


def _counted() -> Any:
    """Voices by place, matter and what became of them: one grouped statement over half a year."""
    planned = select(func.max(Answer.expected_on)).where(Answer.ticket_id == Ticket.id, Answer.outcome == Outcome.C)
    expected = case((Ticket.state == State.LONG_TERM, planned.correlate(Ticket).scalar_subquery()))
    group = (Ticket.place_id, Ticket.category_id, Ticket.state, Ticket.stage, Ticket.outcome, Answer.reason_class)
    promised = func.max(Ticket.promised_at, type_=Moment)
    return (
        select(*group, func.sum(Ticket.voice_count).label("voices"), promised.label("promised_at"), _latest(expected))
        .outerjoin(Answer, Answer.id == Ticket.answer_id)
        .where(
            Ticket.raised_at >= bindparam("since", type_=Moment),
            Ticket.confidentiality == Confidentiality.NORMAL,
            Ticket.kind != Kind.PRAISE,
            Ticket.state.not_in(OUTSIDE),
        )
        .group_by(*group)
    )


def _latest(expected: Any) -> Any:
    return func.max(expected, type_=expected.type).label("expected_on")


_COUNTED = _counted()
