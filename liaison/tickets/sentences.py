"""The history read aloud: one sentence per move (looks.md «Timeline as sentences»)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from liaison.core.formats import day_words, moment_words
from liaison.core.language import gettext as _
from liaison.tickets.actions.events import BESIDE
from liaison.tickets.models.publications import WhyWithheld
from liaison.tickets.models.tellings import CheckKind
from workflows.ticket_words import (
    Channel,
    CheckResult,
    CloseReason,
    MeetingBody,
    MilestoneState,
    Outcome,
    Solved,
    UnreachableReason,
)
from workflows.tickets import TICKETS

Data = dict[str, Any]


def _day(value: Any) -> str:
    return day_words(date.fromisoformat(value)) if value else ""


def _word(words: Any, value: Any) -> str:
    return _(words(value).label) if value else ""


def _submitted(d: Data) -> str:
    if d.get("suggested"):
        return _("提交了这件事项；来件建议由%(unit)s办理。", unit=d["suggested"])
    return _("提交，并注明已当场答复。") if d.get("on_spot") else _("提交了这件事项。")


def _dispatched(d: Data) -> str:
    unit, beside = d.get("unit", ""), _asked_beside(d)
    if d.get("due"):
        return _("交办给%(unit)s，%(day)s前答复。", unit=unit, day=_day(d["due"])) + beside
    return _("交办给%(unit)s。", unit=unit) + beside


def _asked_beside(d: Data) -> str:
    return _("请%(unit)s协办。", unit="、".join(d["co"])) if d.get("co") else ""


def _accepted(d: Data) -> str:
    words = _("受理，归入“%(category)s”。", category=_(d.get("category") or "其他"))
    return words + _("按紧急事项办。") if d.get("urgent") else words


def _told(d: Data) -> str:
    if d.get("channel") == Channel.CODE_PAGE:
        return _("用查询码看到了答复。")
    return _("已告知 1 条诉求的反映人（%(channel)s）。", channel=_word(Channel, d.get("channel")))


def _rated(d: Data) -> str:
    solved = _word(Solved, d.get("solved"))
    return _("作了评价：解决了吗——%(solved)s；满意程度 %(n)s/5。", solved=solved, n=d.get("satisfied"))


def _closed(d: Data) -> str:
    return _("办结（%(why)s）。", why=_word(CloseReason, d.get("close_reason")))


def _checked(d: Data) -> str:
    result = _word(CheckResult, d.get("result"))
    if d.get("kind") == CheckKind.SITE:
        return _("现场核实：%(result)s。", result=result)
    if d.get("kind") == CheckKind.VISIT:
        return _("走访核实：%(result)s。", result=result)
    return _("回访核实：%(result)s。", result=result)


def _answered(d: Data) -> str:
    return _("起草了答复：%(outcome)s。", outcome=_word(Outcome, d.get("outcome")))


def _convened(d: Data) -> str:
    day = {"day": _day(d.get("meeting_on")), "units": d.get("invited", "")}
    return _("召集专题协调：%(day)s，参会：%(units)s。", **day)


def _asked(d: Data) -> str:
    """The move somebody asked for."""
    move = d.get("move", "")
    return _("退回协办") if move == "co_return" else _(TICKETS.move(move).label)


def _recounted(d: Data) -> str:
    days = {"old": _day(d.get("from")), "new": _day(d.get("due"))}
    if d.get("what") == "promised_at":
        return _("节假日安排公布，答应反映人的日期由%(old)s改为%(new)s。", **days)
    return _("节假日安排公布，期限由%(old)s改为%(new)s。", **days)


SENTENCES: dict[str, Callable[[Data], str]] = {
    "submit": _submitted,
    "join": lambda d: _("作为已有同类提交。"),
    "accept": _accepted,
    "confirm_onspot": lambda d: _("确认当场解决。"),
    "record_praise": lambda d: _("把表扬转达给%(unit)s。", unit=d.get("unit", "")),
    "ask_info": lambda d: _("请提交人补充："),
    "supplement": lambda d: _("补充了情况。"),
    "info_timeout": lambda d: _("补充期满，按现有情况继续办理。"),
    "merge": lambda d: _("并入 %(lead)s。", lead=d.get("lead", "")),
    "unmerge": lambda d: _("撤销并案，不再随 %(lead)s 办理。", lead=d.get("lead", "")),
    "split": lambda d: _("拆分为 %(children)s。", children=_("、").join(d.get("children", []))),
    "born_of_split": lambda d: _("由 %(parent)s 拆分而来。", parent=d.get("parent", "")),
    "redirect": lambda d: _("转其他渠道：%(route)s", route=d.get("route", "")),
    "uphold_objection": lambda d: _("异议成立，回到研判。"),
    "hand_off": lambda d: _("已电话移交，正文已清除。"),
    "dispatch": _dispatched,
    "designate": lambda d: _("指定承办。") + _dispatched(d),
    "sign": lambda d: _("签收，由%(handler)s办理。", handler=d.get("handler", "")),
    "request_return": lambda d: _(
        "申请退回（%(reason)s），依据：%(clause)s；建议由%(unit)s承办。",
        reason=_(d.get("reason", "")),
        clause=d.get("duty_clause", ""),
        unit=d.get("suggested", ""),
    ),
    "uphold_return": lambda d: _("同意%(unit)s退回，重新研判。", unit=d.get("unit", "")),
    "reject_return": lambda d: _("不同意退回，由原单位办理。"),
    "progress": lambda d: _("记录进展："),
    "interim_answer": lambda d: _("作出阶段答复，预计%(day)s前办好。", day=_day(d.get("expected"))),
    "co_answer": lambda d: _("作出协办答复。"),
    "extend": lambda d: _("延期至%(day)s。", day=_day(d.get("due"))),
    "convene": _convened,
    "meeting_result": lambda d: _("专题会议形成决定：%(words)s", words=d.get("decision", "")),
    "escalate": lambda d: _(
        "提请%(body)s研究：%(question)s", body=_word(MeetingBody, d.get("body")), question=d.get("question", "")
    ),
    "decided": lambda d: _("会议决定：%(words)s", words=d.get("decision", "")),
    "plan": lambda d: _("列入计划“%(plan)s”，预计%(day)s完成。", plan=d.get("plan", ""), day=_day(d.get("expected"))),
    "review_plan": lambda d: _("复核了计划：%(state)s。", state=_word(MilestoneState, d.get("state"))),
    "resume": lambda d: _("恢复办理。"),
    "submit_answer": _answered,
    "submit_answer_direct": _answered,
    "head_return": lambda d: _("退回修改："),
    "head_approve": lambda d: _("部门审定通过。"),
    "head_approve_direct": lambda d: _("部门审定通过，答复已备好。"),
    "office_return": lambda d: _("退回修改："),
    "office_approve": lambda d: _("审核通过，答复已备好，凭查询码可见。"),
    "tell": _told,
    "mark_unreachable": lambda d: _("1 条诉求无法告知：%(why)s。", why=_word(UnreachableReason, d.get("reason"))),
    "close_untold": _closed,
    "rate": _rated,
    "reopen": lambda d: _("重办，第 %(n)s 轮。", n=d.get("episode", "")),
    "reopen_onspot": lambda d: _("当场件重办，回到研判。"),
    "close": _closed,
    "sample": lambda d: _("抽中回访。"),
    "check_ok": _checked,
    "check_unreached": _checked,
    "check_mismatch": _checked,
    "check_mismatch_onspot": _checked,
    "supervise": lambda d: _("下达%(number)s：%(words)s", number=d.get("number", ""), words=d.get("order", "")),
    "raise_level": lambda d: _("提高密级，查看范围缩小。"),
    "publish": lambda d: _("公开办理结果。"),
    "withhold": lambda d: _("决定不公开：%(why)s。", why=_word(WhyWithheld, d.get("why"))),
    "take_back": lambda d: _("撤下公开的办理结果。"),
    "withdraw": lambda d: _("撤回。"),
    "void": lambda d: _("作废。"),
    "remark": lambda d: _("补充了一句。"),
    "propose": lambda d: _("提请：%(move)s。", move=_asked(d)),
    "ask_extension": lambda d: _("申请延期至%(day)s。", day=_day(d.get("due_on"))),
    "agree": lambda d: _("同意提请：%(move)s。", move=_asked(d)),
    "decline": lambda d: _("不同意提请：%(move)s。", move=_asked(d)),
    "ask_co": lambda d: _("请%(unit)s协办。", unit=d.get("unit", "")),
    "sign_co": lambda d: _("签收协办。"),
    "send_back_co": lambda d: _("请%(unit)s重新给协办答复：", unit=d.get("unit", "")),
    "waive_co": lambda d: _("免除%(unit)s的协办。", unit=d.get("unit", "")),
    "comment": lambda d: _("说明本单位意见："),
    "object": lambda d: _("对转办提出异议："),
    "attempt": lambda d: _("回访联系未接通。"),
    "look": _checked,
    "know": lambda d: _("看到了答复。"),
    "recurrence": lambda d: _("确认复发：与 %(number)s 是同一个问题。", number=d.get("of", "")),
    "no_recurrence": lambda d: _("不是复发：与 %(number)s 不是同一个问题。", number=d.get("of", "")),
    "order_answer": lambda d: _("回复%(number)s：", number=d.get("number", "")),
    "order_back": lambda d: _("退回%(number)s的回复：", number=d.get("number", "")),
    "order_comment": lambda d: _("在%(number)s上批示：", number=d.get("number", "")),
    "order_lift": lambda d: _("%(number)s销号：", number=d.get("number", "")),
    "pass_on": lambda d: _("因单位调整，转由%(unit)s承办。", unit=d.get("unit", "")),
    "recount": _recounted,
    "reissue_code": lambda d: _("重发查询码，旧码失效。"),
}


def entries(events: Any, *, is_sealed: bool = False) -> list[dict[str, str]]:
    """Events as the timeline macro wants them: when, one sentence, what was said with it, the stage.

    Of what is sealed only who did what and when: every word that came with it is passed over.
    """
    return [
        {
            "at_words": moment_words(event.at),
            "sentence": f"{_(event.actor_label)} {_bare(event) if is_sealed else _sentence(event)}",
            "note": "" if is_sealed else event.reason,
            "stage_label": _(event.to_state.stage.label),
        }
        for event in events
    ]


def _sentence(event: Any) -> str:
    return SENTENCES[event.move](event.data or {})


def _bare(event: Any) -> str:
    return _(BESIDE.get(event.move) or TICKETS.move(event.move).label)
