"""The matter in the words its raiser reads: where it is, who has it, until when, what was answered (looks.md)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.calendars import limits
from liaison.calendars.words import due_day_words, put_off_words
from liaison.contacts.views.device import emergency_numbers
from liaison.core import clock
from liaison.core.formats import clock_words, day_words
from liaison.feedback import answers
from liaison.feedback.matters import Matter
from liaison.slips import sealing
from liaison.slips.forms import consent_words
from workflows.ticket_states import NOT_OPEN, State
from workflows.ticket_words import Kind, LimitClass, Solved

OFFICE = _l("党政办公室")
UNHAPPY = 2  # of five
S = State

# state: a word for the strip, a sentence for the head, who has it ("" = the unit, None = nobody)
WORDS: dict[State, tuple[Any, Any, Any]] = {
    S.SUBMITTED: (_l("已收到"), _l("已经收到"), OFFICE),
    S.INFO_NEEDED: (_l("等您补充"), _l("需要您补充一个情况"), _l("您，或替您反映的老师")),
    S.WITHDRAWN: (_l("已撤回"), _l("这件事已经撤回"), None),
    S.TRIAGE: (_l("正在分派"), _l("正在确定由哪个部门办"), OFFICE),
    S.REDIRECTED: (_l("转其他渠道"), _l("这件事由别的渠道办理"), None),
    S.HANDED_OFF: (_l("已移交"), _l("已移交专门的老师处理"), None),
    S.DISPATCHED: (_l("已交办"), _l("已经交给%(unit)s"), ""),
    S.RETURN_REQUESTED: (_l("核对部门"), _l("正在核对由哪个部门办"), OFFICE),
    S.IN_PROGRESS: (_l("办理中"), _l("%(unit)s正在办"), ""),
    S.COORDINATING: (_l("开会协调"), _l("几个部门正在一起商量"), OFFICE),
    S.LEADERSHIP_REVIEW: (_l("会议研究"), _l("已提请学校会议研究"), OFFICE),
    S.LONG_TERM: (_l("已列入计划"), _l("已列入计划，正在一步步办"), ""),
    S.DEPT_REVIEW: (_l("审定答复"), _l("%(unit)s写好了答复，正在审定"), ""),
    S.OFFICE_REVIEW: (_l("审核答复"), _l("答复写好了，正在审核"), OFFICE),
    S.FEEDBACK_PENDING: (_l("已答复"), _l("有答复了"), None),
    S.FEEDBACK_GIVEN: (_l("已答复"), _l("有答复了"), None),
    S.CALLBACK: (_l("已答复，核实中"), _l("有答复了，学校正在核实"), None),
    S.CLOSED: (_l("已办结"), _l("已经办结"), None),
}


def shown(matter: Matter) -> SimpleNamespace:
    """Everything templates/feedback/_matter.html draws."""
    row = matter.row
    label, head, _who = WORDS[row.state]
    now, earlier = answers.of(matter)
    return SimpleNamespace(
        number=matter.number,
        said=row.text if matter.is_ordinary else "",
        head=_("表扬已经转达") if _is_passed_on(matter) else str(head) % {"unit": _unit(matter)},
        label=label,
        stage=row.state.stage,
        is_ended=row.state in NOT_OPEN,
        who=_who_has_it(matter),
        until=_until(matter),
        waited=_waited(matter),
        put_off=_put_off(matter),
        note=_note(matter),
        question=matter.event.reason if matter.may_supplement and matter.event else "",
        question_until=due_day_words(clock.day_ending_at(row.next_due_at)) if row.next_due_at else "",
        answers=[answers.drawn(matter, answer) for answer in now],
        earlier=[answers.drawn(matter, answer) for answer in earlier],
        is_rated=matter.is_rated,
        slip=(sealing.opened(row.slip) or _("（打不开，请删去重留）")) if row.slip else "",
        slip_channel=_(row.slip_channel.label) if row.slip else "",
        consent=consent_words() if sealing.is_offered() else "",
        rate_until=_after(row.told_at, matter.rating_days),
        reopen_until=_after(matter.reopen_since, matter.reopen_days),
    )


def thanks(deed: str, matter: Matter) -> str:
    """What is said after a deed: that it arrived, and what follows from it."""
    row = matter.row
    if deed == "rate" and (row.solved == Solved.NO or row.satisfied <= UNHAPPY):
        return _("评价已经收到。党政办公室会在 2 个工作日内决定重新办理，或者再给您一次说明。")
    words = {
        "rate": _("评价已经收到。"),
        "remark": _("补充的话已经转给正在办的人。"),
        "supplement": _("补充已经收到，接着往下办。"),
        "reopen": _("已经重新办理。新的答复会出现在这一页。"),
        "object": _("异议已经收到，党政办主任会再看一次。"),
        "withdraw": _("已经撤回。"),
        "leave": _("联系方式已加密留下，可以随时删除。"),
        "forget": _("联系方式已经删除。"),
    }
    return words[deed]


def _is_passed_on(matter: Matter) -> bool:
    return matter.row.kind is Kind.PRAISE and matter.row.state is State.CLOSED


def _unit(matter: Matter) -> str:
    """Who works it, as far as it may be said aloud."""
    if not matter.is_ordinary:
        return _("学校指定的专人")
    return matter.row.unit or _("承办部门")


def _who_has_it(matter: Matter) -> str:
    who = WORDS[matter.row.state][2]
    if who is None or matter.row.state is State.INFO_NEEDED:
        return str(who or "")
    return str(who) if who and matter.is_ordinary else _unit(matter)


def _until(matter: Matter) -> str:
    """The promised day; where it has passed, that and the next date. Nothing once there is an answer."""
    row, now = matter.row, clock.now()
    if row.state in NOT_OPEN or row.answer_id is not None:
        return ""
    if row.state is State.LONG_TERM or row.promised_at is None:
        return _expected(matter)
    if now >= row.promised_at:
        return _late(row)
    if row.limit_class is LimitClass.URGENT:
        return _("%(day)s %(clock)s 前答复您", day=_near(row.promised_at), clock=clock_words(row.promised_at))
    return _("%(day)s 前答复您", day=due_day_words(clock.day_ending_at(row.promised_at)))


def _late(row: Any) -> str:
    promised = clock.day_ending_at(row.promised_at)
    days = (clock.today() - promised).days
    late = _("原定 %(day)s 前答复，已经晚了 %(n)s 天。", day=day_words(promised), n=days)
    if days < 1:
        late = _("原定今天 %(clock)s 前答复，已经过了时间。", clock=clock_words(row.promised_at))
    if row.due_at is None or row.due_at <= clock.now():
        return late
    return late + _("承办部门最晚 %(day)s 答复。", day=due_day_words(clock.day_ending_at(row.due_at)))


def _expected(matter: Matter) -> str:
    days = [answer.expected_on for answer in matter.answers if answer.expected_on and not answer.is_final]
    return _("预计 %(day)s 完成", day=day_words(days[0])) if days else ""


def _near(moment: Any) -> str:
    day = clock.local(moment).date()
    return _("今天") if day == clock.today() else day_words(day, weekday=True)


def _waited(matter: Matter) -> str:
    """Plain days since the oldest voice, never reset, never paused (domain.md §4.4)."""
    row = matter.row
    raised, began = clock.local(row.raised_at).date(), clock.local(row.waits_since).date()
    if began < raised:
        words = _("您 %(day)s 反映，同一件事最早 %(first)s 有人反映", day=day_words(raised), first=day_words(began))
    else:
        words = _("%(day)s 反映", day=day_words(raised))
    return words + _passed(row, began)


def _passed(row: Any, began: date) -> str:
    if row.told_at:
        days = (clock.local(row.told_at).date() - began).days
        return _("，%(n)s 天后得到回话", n=days) if days > 0 else _("，当天得到回话")
    days = (clock.today() - began).days
    return "" if row.state in NOT_OPEN or days < 1 else _("，已经等了 %(n)s 天", n=days)


def _note(matter: Matter) -> str:
    """What has to be said besides an answer: the route, the withdrawal, the extension, the hand-off."""
    event, day = matter.event, day_words(matter.row.state_since)
    if matter.row.state is State.HANDED_OFF:
        return _(
            "%(day)s 已移交。为了保护当事人，这里不保存内容。情况紧急请直接拨打%(phones)s。", day=day, phones=_phones()
        )
    if matter.is_sealed:
        return _("为了保护当事人，这里不再保存内容，由专人处理。情况紧急请直接拨打%(phones)s。", phones=_phones())
    if event is None:
        return ""
    why = event.reason
    notes = {
        "redirect": _("可以这样办：%(route)s", route=event.data.get("route", "")),
        "withdraw": _("您 %(day)s 撤回了这件事。", day=day)
        if event.data.get("by_holder")
        else _("%(day)s 由替您反映的老师撤回，原因：%(why)s", day=day, why=why),
        "void": _("%(day)s 作废，原因：%(why)s", day=day, why=why),
        "extend": _extension(matter.row, event),
        "recount": _recount(matter.row, event) if event.move == "recount" else "",
    }
    return notes.get(event.move, "")


def _phones() -> str:
    return _("、").join(f"{name} {number}" for name, number in emergency_numbers())


def _extension(row: Any, event: Any) -> str:
    """Why the limit was moved; an extension of an earlier episode is history."""
    day = clock.day_ending_at(row.due_at) if row.due_at else None
    if day is None or event.data.get("due") != day.isoformat():
        return ""
    return _("办理期限延到 %(day)s，原因：%(why)s", day=due_day_words(day), why=event.reason)


def _recount(row: Any, event: Any) -> str:
    """The table of holidays came and moved a date that was 暂定; told as long as that date stands."""
    column = "promised_at" if event.data.get("what") == "promised_at" else "due_at"
    moment, told = getattr(row, column), event.data.get("due")
    if row.answer_id is not None or moment is None or clock.day_ending_at(moment).isoformat() != told:
        return ""
    days = {name: day_words(date.fromisoformat(event.data[key])) for name, key in (("old", "from"), ("new", "due"))}
    if column == "due_at":
        return _("节假日安排公布了，办理期限由%(old)s改为%(new)s。", **days)
    return _("节假日安排公布了，答复日期由%(old)s改为%(new)s。", **days)


def _put_off(matter: Matter) -> str:
    """假期顺延至3月2日: the limit jumps over a vacation (domain.md §4.4 rule 3)."""
    row = matter.row
    due, start = row.due_at or row.promised_at, row.dispatched_at or row.raised_at
    if due is None or row.state in NOT_OPEN or row.answer_id is not None:
        return ""
    return put_off_words(start, due, limits.days_of(row.limit_class, row.rule_version))


def _after(moment: Any, days: int) -> str:
    """The last day of a window that opened at this moment."""
    if moment is None:
        return ""
    return day_words(date.fromordinal(clock.local(moment).date().toordinal() + days), weekday=True)
