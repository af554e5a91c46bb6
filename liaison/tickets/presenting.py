"""Rows and facts in the words a page shows: due words and tones, the four facts, who has the ball."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from liaison.calendars import limits
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limits import tone
from liaison.calendars.words import due_day_words as due_day_in_words
from liaison.calendars.words import due_words
from liaison.core import clock
from liaison.core.formats import day_words, due_day_words, moment_words
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.clocks import days_in, is_past_wall
from liaison.tickets.models import Ticket
from liaison.tickets.models.requests import Life
from liaison.tickets.models.tickets import Ball
from liaison.tickets.models.work import Duty
from workflows.ticket_states import NOT_OPEN, State
from workflows.ticket_words import CheckResult, Confidentiality, MeetingBody, RedirectReason, ReturnReason
from workflows.tickets import TICKETS

HANDLING = {
    State.IN_PROGRESS,
    State.DEPT_REVIEW,
}  # the limit runs from dispatch, not from entering the state
Limit = Callable[[datetime, datetime, bool, date | None, bool | None, CalendarKind], tuple[str, str]]
HOURS_COUNT = {State.SUBMITTED, State.TRIAGE, State.DISPATCHED, State.IN_PROGRESS}  # where urgent limits are hours


def list_rows(
    rows: Sequence[Any], address: Callable[[str], str], opened: str = "", helps: Mapping[int, Any] | None = None
) -> list[SimpleNamespace]:
    """Rows of a list as components/cards.html draws them. `address` makes the link from a number.

    `helps`: by ticket id, the help that is owed there; its own date stands in place of the lead's.
    """
    now, limit, own = clock.now(), cache(limit_words), helps or {}  # many rows of a page are due on the same day
    dues = (due_of_help(row, own[row.id]) if row.id in own else due(row, now, limit) for row in rows)
    return [_row(row, words, address, opened) for row, words in zip(rows, dues, strict=True)]


def _row(row: Any, due: tuple[str, str], address: Callable[[str], str], opened: str) -> SimpleNamespace:
    words, colour = due
    return SimpleNamespace(
        number=row.number,
        title=row.title,
        where=" · ".join(name for name in (row.place, row.unit) if name),
        stage=row.stage,
        state_label=_(row.state.label),
        ended=row.state in NOT_OPEN,
        due_words=words,
        due_tone=colour,
        url=address(row.number),
        current=row.number == opened,
        kept=_(row.confidentiality.label) if row.confidentiality is not Confidentiality.NORMAL else "",
        marks=marks(row),
    )


def marks(row: Any) -> list[str]:
    """What sets a ticket apart, in words."""
    found = [_("紧急")] if row.is_urgent else []
    if row.voice_count > 1:
        found.append(_("%(n)s 人反映", n=row.voice_count))
    if is_past_wall(row, clock.today()):
        found.append(_("已超过60天"))
    return found


def due(row: Any, now: datetime, limit: Limit | None = None) -> tuple[str, str]:
    """Until when, or since when it is over; the tone from the computed date, never from a job (R20)."""
    if row.state is State.CLOSED:
        return _("%(day)s 办结", day=day_words(row.closed_at)), "calm"
    if row.state is State.FEEDBACK_GIVEN:
        return _("已告知，等评价"), "told"
    if row.next_due_at is None:
        return _("%(day)s起", day=day_words(row.state_since)), "calm"
    urgent = row.is_urgent and row.state in HOURS_COUNT
    began = None if row.state in HANDLING else clock.local(row.state_since).date()
    is_open_date = row.is_due_provisional if row.state in HANDLING else None
    by = days_in(row.state, limits.days_of(row.limit_class, row.rule_version))
    return (limit or limit_words)(row.next_due_at, now, urgent, began, is_open_date, by)


def due_of_help(ticket: Any, row: Any) -> tuple[str, str]:
    """Until when a unit beside the lead owes its answer."""
    if row.answered_at:
        return _("协办已答复"), "told"
    by = limits.days_of(ticket.limit_class, ticket.rule_version)
    began = clock.local(row.dispatched_at).date()
    words, colour = limit_words(row.due_at, clock.now(), ticket.is_urgent, began, row.is_due_provisional, by)
    return _("协办：%(words)s", words=words), colour


def limit_words(
    due_at: datetime, now: datetime, urgent: bool, began: date | None, is_open_date: bool | None, by: CalendarKind
) -> tuple[str, str]:
    """A limit in words, and its tone. `began`: the day its clock started, where it may be a limit of one day."""
    since = clock.moment(began) if began else None
    words = due_words(due_at, now, urgent, is_open_date=is_open_date, by=by)
    return words, tone(due_at, now, urgent=urgent, since=since, by=by)


def four_facts(ticket: Ticket) -> dict[str, dict[str, Any]]:
    """办理 · 核实 · 告知 · 办结: each says for itself whether and when (rulings §3)."""
    handled = f"{_(ticket.outcome.label)} · {day_words(ticket.handled_at)}" if ticket.outcome else _("未办理")
    told = _("已告知 %(n)s/%(all)s", n=ticket.told_count, all=ticket.voice_count)
    return {
        "handled": {"done": ticket.outcome is not None, "words": handled},
        "checked": {"done": ticket.checked is CheckResult.TRUE, "words": _checked(ticket)},
        "told": {
            "done": 0 < ticket.told_count == ticket.voice_count,
            "words": told if ticket.offered_at else _("未告知"),
        },
        "closed": {"done": ticket.closed_at is not None, "words": _closed(ticket)},
    }


def _checked(ticket: Ticket) -> str:
    return f"{_(ticket.checked.label)} · {day_words(ticket.checked_at)}" if ticket.checked else _("未核实")


def _closed(ticket: Ticket) -> str:
    if ticket.closed_at is None or ticket.close_reason is None:
        return _("未办结")
    return f"{day_words(ticket.closed_at)} · {_(ticket.close_reason.label)}"


def who_has_it(ticket: Ticket, names: Any) -> str:
    """The one sentence above the fold: who has the ball."""
    unit = names.unit or ""
    words: dict[Ball, str] = {
        Ball.OFFICE: _("现在由党政办公室办理"),
        Ball.DIRECTOR: _("现在由党政办主任办理"),
        Ball.CONFIDENTIAL: _("现在由保密专办员办理"),
        Ball.UNIT: _("现在等%(unit)s签收", unit=unit),
        Ball.HEAD: _("现在由%(unit)s负责人办理", unit=unit),
        Ball.HANDLER: _("现在由%(unit)s %(handler)s办理", unit=unit, handler=names.handler or ""),
        Ball.FILER: _("现在等提交人补充"),
        Ball.HOLDER: _("现在等反映人评价"),
    }
    if names.merged_into:
        return _("已并入 %(number)s，随它一起办理和答复", number=names.merged_into)
    return words.get(ticket.ball) or _(ticket.state.label)


def waited_days(ticket: Ticket) -> int:
    """Whole wait in natural days: from the oldest voice to the first telling or closing, else today."""
    end = ticket.last_told_at or ticket.closed_at
    last = clock.local(end).date() if end else clock.today()
    return (last - clock.local(ticket.waits_since).date()).days


def promise_words(ticket: Ticket) -> str:
    return _("向反映人承诺 %(day)s 前答复", day=due_day_words(ticket.promised_at)) if ticket.promised_at else ""


def limit_words_beside(ticket: Ticket) -> str:
    """The department's limit where it is not the first one, with that beside it (domain.md §4.4)."""
    due, first = ticket.due_at, ticket.original_due_at
    if due is None or first is None or due == first:
        return ""
    day = due_day_in_words(clock.day_ending_at(due), ticket.is_due_provisional)
    return _("%(day)s 前答复（原定 %(first)s）", day=day, first=due_day_words(first))


def since_words(ticket: Ticket) -> str:
    return moment_words(ticket.raised_at)


def hops(assignments: Sequence[Any]) -> list[tuple[str, int]]:
    """The units that led it, in order, with the natural days each had it; empty where it never changed hands."""
    lead = [row for row in assignments if row.duty is Duty.LEAD]
    if len({row.unit_id for row in lead}) < 2:
        return []
    today = clock.today()
    return [(row.unit, _days_between(row.dispatched_at, row.ended_at, today)) for row in lead]


def _days_between(first: datetime, last: datetime | None, today: date) -> int:
    end = clock.local(last).date() if last else today
    return (end - clock.local(first).date()).days


WORDS_OF: dict[str, Any] = {  # of what was typed with a request, those words that stand in a list
    "body": MeetingBody,
    "reason_code": {"redirect": RedirectReason, "co_return": ReturnReason},
}
SHOWN = {  # in this order
    "reason_code": _l("原因"),
    "route": _l("告诉反映人的办理途径"),
    "duty_clause": _l("职责依据"),
    "suggested": _l("应由哪个单位承办"),
    "body": _l("提请的会议"),
    "question": _l("提请研究的问题"),
    "options": _l("备选方案"),
    "meeting_on": _l("会议日期"),
    "invited": _l("参会单位"),
    "plan_name": _l("计划名称"),
    "milestones": _l("节点"),
    "owner": _l("责任人"),
    "expected_on": _l("预计办好的日期"),
    "due_on": _l("延到哪一天"),
    "public_said": _l("反映了什么"),
    "public_text": _l("办了什么，或为什么没办成"),
    "reason": _l("理由"),
}


def why_suggested(line: Any) -> str:
    """The reason beside the unit the catalogue proposes; a person decides."""
    return _(
        "派单目录第 %(n)s 版：“%(words)s”归%(unit)s（裁定 %(number)s，依据：%(clause)s）。",
        n=line.version,
        words=line.words,
        unit=line.unit,
        number=line.number,
        clause=line.duty_clause,
    )


def request_title(row: Any) -> str:
    """提议：列入计划, 延期申请, 协办退回申请."""
    if row.life is Life.PROPOSAL:
        return _("提议：%(move)s", move=_(TICKETS.move(row.move).label))
    return _(row.life.label)


def request_words(row: Any) -> list[tuple[Any, str]]:
    """What was typed with a request: label and words."""
    return [(label, _typed(row, name)) for name, label in SHOWN.items() if row.given.get(name)]


def _typed(row: Any, name: str) -> str:
    value, listed = row.given[name], WORDS_OF.get(name)
    if isinstance(listed, dict):
        listed = listed.get(row.move)
    if listed is not None:
        return _(listed(value).label)
    if name == "milestones":
        return _("、").join(day_words(date.fromisoformat(day)) for day in value)
    return day_words(date.fromisoformat(value)) if name.endswith("_on") else str(value)
