"""From rows to a record: what had happened to one ticket by the cut-off, folded.

A page of figures folds thousands, and most of them went the everyday road: what needs a second look at the events
is asked only where a move that could have changed it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from liaison.calendars.in_force import Known
from liaison.oversight.figures.deadlines import DISPATCHES, REOPENINGS, Deadline, Deadlines, deadlines_of
from liaison.oversight.figures.events import Event
from liaison.oversight.figures.records import CALLBACK, OUTSIDE, Handling, Look, Outside, Rated, Record, is_conclusive
from liaison.oversight.figures.rows import AnswerRow, TicketRow
from liaison.oversight.figures.scope import Scope
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Confidentiality, Kind, LimitClass, Outcome

AWAY = {State.LONG_TERM, State.COORDINATING, State.LEADERSHIP_REVIEW}  # planned, or before a meeting
CHECKS = {"check_ok", "check_unreached", "check_mismatch", "check_mismatch_onspot", "look"}
LOOKED_AT = CHECKS | {"rate"}
PASSED_ON = DISPATCHES | {"decided"}
REPLIES = {"progress"}  # beside the answers: the notes that the code page shows
ON_SPOT = {"confirm_onspot", "record_praise"}
NO_TICKET = {State.MERGED, State.SPLIT}  # whatever was said in it, another ticket stands for it
LIMITED = DISPATCHES | REOPENINGS  # without one of them no limit of a unit ever ran
NO_LIMIT = Deadlines()
NONE: Sequence[Any] = ()
FROZEN = {"limit_class": LimitClass.GENERAL.value, "rules": "", "calendar": ""}


def record_of(
    ticket: TicketRow, events: Sequence[Event], answers: Sequence[AnswerRow], scope: Scope, tables: Known
) -> Record:
    """What the ticket looked like. `events` and `answers` are those up to the cut-off, in order; ≥ 1 event."""
    done: dict[str, int] = {}
    for event in events:
        done[event.move] = done.get(event.move, 0) + 1
    moves, known, last = done.keys(), _frozen(events), events[-1]
    limit = NO_LIMIT if moves.isdisjoint(LIMITED) else deadlines_of(events, tables)
    leads = [] if moves.isdisjoint(PASSED_ON) else _leads(events)
    seen = NONE if moves.isdisjoint(LOOKED_AT) else _with_episodes(events)
    looks = [look for look in seen if isinstance(look, Look)] if seen else NONE
    handlings = [_handling(ticket, answer, events, done) for answer in answers if answer.is_final]
    episode = 1 if moves.isdisjoint(REOPENINGS) else 1 + sum(done.get(move, 0) for move in REOPENINGS)
    handled = handlings[-1] if handlings and handlings[-1].episode == episode else None
    return Record(
        key=ticket.id,
        number=ticket.number,
        is_named=ticket.confidentiality is Confidentiality.NORMAL,
        category_id=ticket.category_id,
        place_id=ticket.place_id,
        unit_id=_unit(ticket, done, leads, events),
        raised_at=ticket.raised_at,
        since=ticket.raised_at,
        state=last.to_state,
        outside=_outside(ticket, last.to_state, done),
        done=done,
        lead_id=_lead(ticket, events) if last.to_state is State.MERGED else None,
        redirected_at=_last(events, "redirect") if "redirect" in done else None,
        limits=tables.rules_of(known["rules"]).rows[LimitClass(known["limit_class"])],
        calendar=tables.calendar_of(known["calendar"]),
        replied_at=_replied(ticket, events, answers, done),
        has_answer=bool(answers),
        handlings=handlings,
        handled=handled,
        episode=episode,
        first=limit.first,
        present=limit.present,
        was_away_when_due=_was_away(events, limit.first),
        looks=looks,
        is_verified=bool(looks) and handled is not None and _is_verified(handled, looks),
        ratings=[one for one in seen if isinstance(one, Rated)] if seen else NONE,
        closed_at=_closed(events) if last.to_state is State.CLOSED else None,
        hops=sum(a != b for a, b in pairwise(leads)) if len(leads) > 1 else 0,
        milestones_missed=last.to_state is State.LONG_TERM and _missed(events, scope.as_of),
        events=events,
    )


def _frozen(events: Sequence[Event]) -> Mapping[str, str]:
    """Class, edition of the limits and calendar as they were last set."""
    known = dict(FROZEN)
    for event in events:
        if data := event.data:
            if data.get("urgent"):
                known["limit_class"] = LimitClass.URGENT.value
            known |= {name: data[name] for name in known if name in data}
        if event.move == "resume":
            known["limit_class"] = LimitClass.COMPLEX.value
    return known


def _outside(ticket: TicketRow, state: State, done: Mapping[str, int]) -> Outside | None:
    if state is State.WITHDRAWN and "void" in done:
        return Outside.VOID
    if ticket.kind is Kind.PRAISE and state not in NO_TICKET:
        return Outside.PRAISE
    return OUTSIDE.get(state)


def _lead(ticket: TicketRow, events: Sequence[Event]) -> int | None:
    """The ticket it pointed at on that day."""
    noted = (event.data.get("lead_id") for event in reversed(events) if event.move in {"merge", "join"})
    lead: int | None = next(noted, None) or ticket.merged_into_id
    return lead


def _leads(events: Sequence[Event]) -> list[Any]:
    """The lead units one after another; where only the change is known, a name that is no other's."""
    found: list[Any] = []
    for event in events:
        if event.move in DISPATCHES:
            found.append(event.data.get("lead"))
        elif event.move == "decided" and "lead_before" in event.data:
            found.append(("decided", event.seq))
    return found


def _unit(ticket: TicketRow, done: Mapping[str, int], leads: Sequence[Any], events: Sequence[Event]) -> int | None:
    """The lead unit, none once it was given back; where a meeting or a closing unit passed it on, what the row says."""
    if not leads or ("uphold_return" in done and _is_given_back(events)):
        return None
    unit: int | None = leads[-1] if isinstance(leads[-1], int) and "pass_on" not in done else ticket.lead_unit_id
    return unit


def _is_given_back(events: Sequence[Event]) -> bool:
    """A return was upheld, and nobody has it since."""
    moves = [event.move for event in events if event.move in PASSED_ON or event.move == "uphold_return"]
    return moves[-1] == "uphold_return"


def _last(events: Sequence[Event], move: str) -> datetime:
    return [event.at for event in events if event.move == move][-1]


def _handling(ticket: TicketRow, answer: AnswerRow, events: Sequence[Event], done: Mapping[str, int]) -> Handling:
    """Handled counts from the department's approval; on the spot from the contact (domain.md §4.0)."""
    may_be_spot = not done.keys().isdisjoint(ON_SPOT)
    is_spot = may_be_spot and any(e.move in ON_SPOT and e.at == answer.offered_at for e in events)
    at = ticket.raised_at if is_spot else answer.head_approved_at or answer.written_at
    return Handling(answer.episode, at, answer.outcome, answer.id, answer.is_base)


def _replied(
    ticket: TicketRow, events: Sequence[Event], answers: Sequence[AnswerRow], done: Mapping[str, int]
) -> datetime | None:
    """The first visible note, interim or final answer; automatic receipts and the filer's own note never count."""
    if "confirm_onspot" in done:
        return ticket.raised_at
    found = [answer.offered_at for answer in answers]
    if not done.keys().isdisjoint(REPLIES):
        found += [event.at for event in events if event.move in REPLIES]
    return min(found, default=None)


def _was_away(events: Sequence[Event], first: Deadline | None) -> bool:
    """Where it stood when its first limit ended."""
    if first is None or first.due is None:
        return False
    return _state_at(events, first.due) in AWAY


def _state_at(events: Sequence[Event], moment: datetime) -> State | None:
    for event in reversed(events):
        if event.at <= moment:
            state: State = event.to_state
            return state
    return None


def _closed(events: Sequence[Event]) -> datetime:
    """When it was shut the last time: what happens to a shut file leaves it shut."""
    shutting: Event = next(e for e in reversed(events) if e.from_state is not State.CLOSED)
    return shutting.at


def _with_episodes(events: Sequence[Event]) -> list[Look | Rated]:
    """Looks and ratings, each with the episode it was made in: a look that finds it untrue belongs to the old one."""
    found: list[Look | Rated] = []
    episode = 1
    for event in events:
        data = event.data
        if event.move in CHECKS and "result" in data:
            found.append(Look(episode, CheckResult(data["result"]), data.get("kind", CALLBACK), event.at))
        elif event.move == "rate":
            found.append(Rated(int(data["voice"]), episode, data["solved"], int(data["satisfied"]), event.at))
        episode += event.move in REOPENINGS
    return found


def _is_verified(handled: Handling, looks: Sequence[Look]) -> bool:
    found = [look.result for look in looks if look.episode == handled.episode and is_conclusive(look)]
    return handled.outcome is Outcome.A and bool(found) and found[-1] is CheckResult.TRUE


def _missed(events: Sequence[Event], as_of: date) -> bool:
    """A plan whose milestones passed without being reached."""
    days: list[str] = []
    reached = 0
    for event in events:
        if event.move == "plan":
            days, reached = event.data.get("milestones", []), 0
        elif event.move == "review_plan":
            reached = int(event.data.get("reached", reached))
    return sum(day <= as_of.isoformat() for day in days) > reached
