"""Random histories with merges, returns, co-units and reopenings against a small model (B1, B9, B10, rulings §6)."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.tickets.actions import assists
from liaison.tickets.models import Assignment, Interval, Ticket
from liaison.tickets.models.work import Duty
from liaison.tickets.queries.facts import voice_facts
from tests.factories import ANSWER, actor, make_ticket, move, unit_id
from tests.tickets.deeds import RETURN
from workflows.assists import State as AssistState
from workflows.ticket_states import State

IT, BESIDE = "it-centre", "academic-affairs"


def _dispatch(ticket, _other, *, co=False, by="wang", name="dispatch", **more):
    lead = str(unit_id("logistics" if ticket.return_count % 2 == 0 else IT))
    asked = {"co": [str(unit_id(BESIDE))], "co_questions": {str(unit_id(BESIDE)): "哪几天停课"}} if co else {}
    move(ticket, name, by, lead=lead, limit_class="general", **asked, **more)


def _by_unit(ticket, heads):
    return heads[0] if ticket.lead_unit_id == unit_id("logistics") else heads[1]


def _asked(ticket):
    """The co-assignment that still owes an answer."""
    return next((row for row in _co_rows(ticket) if row.ending is None and row.answered_at is None), None)


def _co_rows(ticket):
    wanted = db.select(Assignment).filter_by(ticket_id=ticket.id, duty=Duty.CO, episode=ticket.episode)
    return db.session.scalars(wanted.order_by(Assignment.id)).all()


def _waive(ticket, _other):
    row = _asked(ticket)
    if row is not None:
        head = actor(_by_unit(ticket, ("zhang", "it-head")))
        assists.move(ticket, row, "waive", actor=head, reason="不用再答")


def _send_back(ticket, _other):
    answered = [row for row in _co_rows(ticket) if row.ending is None and row.answered_at is not None]
    if answered:
        assists.move(ticket, answered[0], "send_back", actor=actor("wang"), reason="没有写明日期")


DEEDS = {
    "dispatch": _dispatch,
    "with_co": lambda t, o: _dispatch(t, o, co=True),
    "co_answer": lambda t, o: move(t, "co_answer", "liu", answer=ANSWER),
    "waive": _waive,
    "send_back": _send_back,
    "designate": lambda t, o: _dispatch(t, o, by="director", name="designate", basis="按职责清单"),
    "sign": lambda t, o: move(t, "sign", _by_unit(t, ("sun", "it-handler")), handler=str(actor("sun").id)),
    "return": lambda t, o: move(
        t, "request_return", _by_unit(t, ("zhang", "it-head")), **RETURN, suggested_unit=str(unit_id(IT))
    ),
    "uphold": lambda t, o: move(t, "uphold_return", "director", reason="职责不符"),
    "reject": lambda t, o: move(t, "reject_return", "director", reason="职责清单"),
    "merge": lambda t, o: move(t, "merge", "wang", lead_ticket=o.number, reason="同一件事"),
    "unmerge": lambda t, o: move(t, "unmerge", "wang", reason="不是同一件事"),
    "answer": lambda t, o: move(t, "submit_answer", _by_unit(t, ("sun", "it-head")), outcome="A", answer=ANSWER),
    "head": lambda t, o: move(t, "head_approve", _by_unit(t, ("zhang", "it-head"))),
    "office": lambda t, o: move(t, "office_approve", "wang"),
    "tell": lambda t, o: [
        move(t, "tell", "wang", row.voice_id, channel="phone") for row in voice_facts(t)[:1] if not row.told_at
    ],
    "close": lambda t, o: move(t, "close", "wang"),
    "reopen": lambda t, o: move(t, "reopen", "wang", reason=f"又坏了 {t.version}"),
}
S = State
NEXT = {  # what people do next here, and a little beside it
    S.TRIAGE: ["dispatch", "with_co", "designate", "merge", "with_co"],
    S.DISPATCHED: ["sign", "return", "merge", "sign"],
    S.RETURN_REQUESTED: ["uphold", "uphold", "reject"],
    S.IN_PROGRESS: ["answer", "co_answer", "return", "send_back", "merge", "waive", "answer", "co_answer"],
    S.MERGED: ["unmerge"],
    S.DEPT_REVIEW: ["head"],
    S.OFFICE_REVIEW: ["office"],
    S.FEEDBACK_PENDING: ["tell", "reopen", "tell"],
    S.FEEDBACK_GIVEN: ["tell", "close", "reopen"],
    S.CLOSED: ["reopen"],
}
STEPS = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 1), st.integers(0, 90)), min_size=8, max_size=24)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_history_breaks_what_was_promised(app, frozen, steps):
    time = frozen("2026-11-02 09:00")
    pair = [make_ticket(State.TRIAGE), make_ticket(State.TRIAGE)]
    parents: dict[int, int] = {}
    for pick, which, hours in steps:
        time.on(hours=hours)
        ticket, other = pair[which], pair[1 - which]
        name = NEXT[ticket.state][pick % len(NEXT[ticket.state])]
        try:
            DEEDS[name](ticket, other)
        except (Conflict, NotAllowed, BadInput):
            continue
        if name == "answer":
            assert _asked(ticket) is None  # the lead went on only because nobody beside it was silent
        if name == "merge":
            parents[which] = 1 - which
        if name == "unmerge":
            parents.pop(which)
        for one in pair:
            _holds(one, 1 + sum(1 for lead in parents.values() if lead == pair.index(one)))


def _holds(ticket, voices):
    db.session.refresh(ticket)
    rows = voice_facts(ticket)
    assert ticket.voice_count == len(rows) == voices
    assert ticket.told_count == (sum(1 for row in rows if row.told_at) if ticket.answer_id else 0)
    if ticket.state is State.CLOSED:
        assert all(row.told_at or row.unreachable for row in rows)
    assert ticket.return_count <= 2
    for row in _co_rows(ticket):
        assert (row.state is AssistState.ANSWERED) == (row.answered_at is not None and row.ending is None)
        assert row.due_at is None or ticket.due_at is None or row.original_due_at <= ticket.original_due_at
    _the_ledger_has_no_gap(ticket)


def _the_ledger_has_no_gap(ticket: Ticket) -> None:
    spans = db.session.scalars(db.select(Interval).filter_by(ticket_id=ticket.id).order_by(Interval.id)).all()
    whole = sum(((span.until_at or clock.now()) - span.from_at for span in spans), timedelta())
    assert whole == clock.now() - ticket.raised_at
