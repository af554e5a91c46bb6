"""What must be true of the words and choices an actor gives with a move (domain.md §4.3–4.6).

Each check takes the question and returns True, or says in Chinese what is missing and returns False.
`given` holds plain values under the names of `needs.py`: codes as text, units and people by their
ids as text, days as `date`. Beside the needs it holds: `co` (ids of co-units) and
`lead_can_receive` (True: the unit is active and has a head and a handler) at dispatch; `reason_class`,
`basis`, `alternative`, `review_on` with outcome D; `extension_days` (working days from the old to the
new due date); `deidentified` (True: the list of §7 is ticked) when publishing.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from workflows.engine import Guard, Subject
from workflows.parts import RULING, Part
from workflows.ticket_guards import Ticket
from workflows.ticket_states import NOT_OPEN, State
from workflows.ticket_words import (
    Channel,
    CheckResult,
    ExplanationReason,
    HandoffType,
    LimitClass,
    MeetingBody,
    MilestoneState,
    Outcome,
    RedirectReason,
    ReturnReason,
    Solved,
    UnreachableReason,
)

VOICE_LENGTH = range(5, 1001)
ANSWER_LENGTH = 20
SPOT_ANSWER_LENGTH = 10
DECISION_LENGTH = 500
INTERIM_DAYS = 60
MILESTONE_MONTHS = 6
JOIN_DAYS = 30
MERGE_CLOSED_DAYS = 15
EXTENSION_DAYS = {LimitClass.GENERAL: 5, LimitClass.COMPLEX: 10, LimitClass.RESTRICTED: 10}


# filing, merging, splitting


def voice_has_fitting_length(s: Ticket) -> bool:
    fits = len(_text(s, "text")) in VOICE_LENGTH
    return fits or s.refuse("请用5到1000个字写清诉求。")


def lead_may_be_joined(s: Ticket) -> bool:
    """Open and normal, handled at most 30 days ago; a closed lead only together with its telling."""
    days = s.facts.lead_days_since_handled
    if s.facts.lead_confidentiality not in (None, "normal"):
        return s.refuse("这件事项不能并入，请单独提交。")
    if s.facts.lead_state is State.CLOSED and not s.facts.lead_telling_recorded:
        return s.refuse("主件已办结，请当场告知它的答复并登记。")
    if s.facts.lead_state in NOT_OPEN - {State.CLOSED}:
        return s.refuse("主件已不在办理，请单独提交。")
    return days is None or days <= JOIN_DAYS or s.refuse("主件办结已超过30天，请单独提交。")


def lead_may_take_it(s: Ticket) -> bool:
    """Merging: another ticket, equally confidential, still on its own road (T7)."""
    if s.facts.number and s.given["lead_ticket"] == s.facts.number:
        return s.refuse("不能并入自己。")
    if s.facts.lead_confidentiality not in (None, s.facts.confidentiality):
        return s.refuse("两件事项的密级不同，不能并案。")
    if s.facts.lead_state in NOT_OPEN - {State.CLOSED}:
        return s.refuse("主件已并案、拆分、转办、移交或撤回，请另选主件。")
    return s.facts.lead_state is not State.CLOSED or _closed_lead_is_told(s)


def _closed_lead_is_told(s: Ticket) -> bool:
    days = s.facts.lead_days_since_closed
    if days is not None and days > MERGE_CLOSED_DAYS:
        return s.refuse("主件办结已超过15天，不能再并入。")
    return s.facts.lead_telling_recorded or s.refuse("主件已办结，请同时登记已把答复告知本件各条诉求。")


def splits_into_two_or_more(s: Ticket) -> bool:
    children = {str(child).strip() for child in _items(s, "children")} - {""}
    return len(children) >= 2 or s.refuse("拆分要写出至少两个不同的问题。")


# dispatch


def lead_can_receive(s: Ticket) -> bool:
    ready = s.given.get("lead_can_receive") is True
    return ready or s.refuse("主办单位需在用，并有负责人和经办人。")


def no_unit_is_complained_of(s: Ticket) -> bool:
    units = {str(s.given.get("lead", "")), *map(str, _items(s, "co"))}
    return not units & s.facts.complained_of or s.refuse("被反映的单位不能主办或协办。")


def handler_is_not_named(s: Ticket) -> bool:
    named = str(s.given.get("handler", "")) in s.facts.named_people
    return not named or s.refuse("诉求中提到的人不能经办，请换一位。")


def complex_across_units_is_the_directors(s: Ticket) -> bool:
    across = s.given["limit_class"] == LimitClass.COMPLEX and bool(_items(s, "co"))
    return not across or bool(s.parts & RULING) or s.refuse("跨部门的复杂事项由主任交办。")


# work


def interim_date_is_near(s: Ticket) -> bool:
    start, day = s.facts.submitted_on, s.given["expected_on"]
    near = start is None or day <= start + timedelta(days=INTERIM_DAYS)
    return near or s.refuse("预计日期要在提交后60天以内；更久的请列入计划。")


def extension_is_short_enough(s: Ticket) -> bool:
    most = s.facts.extension_days_max
    if most is None and s.facts.limit_class is not None:
        most = EXTENSION_DAYS.get(s.facts.limit_class)
    days = s.given.get("extension_days", 1)
    if days < 1:
        return s.refuse("请选现在的期限之后的日子。")
    fits = most is None or days <= most
    return fits or s.refuse("最多延期 %(n)s 个工作日。", n=most)


def decision_is_short(s: Ticket) -> bool:
    return len(_text(s, "decision")) <= DECISION_LENGTH or s.refuse("会议决定请写在500字以内。")


def milestones_are_days(s: Ticket) -> bool:
    days = all(isinstance(day, date) for day in _items(s, "milestones"))
    return days or s.refuse("每个节点要有日期。")


def milestones_are_close(s: Ticket) -> bool:
    """From today to the first and from each to the next at most six months."""
    days = sorted(day for day in _items(s, "milestones") if isinstance(day, date))
    steps = [s.facts.today, *days] if s.facts.today else days
    near = all(day <= _months_after(before, MILESTONE_MONTHS) for before, day in pairwise(steps))
    return near or s.refuse("相邻节点之间不超过6个月。")


# answers


def answer_is_long_enough(s: Ticket) -> bool:
    enough = len(_text(s, "answer")) >= ANSWER_LENGTH
    return enough or s.refuse("答复至少写20个字：做了什么、何时、在哪里能看到。")


def spot_answer_is_long_enough(s: Ticket) -> bool:
    enough = len(_text(s, "answer")) >= SPOT_ANSWER_LENGTH
    return enough or s.refuse("当场答复至少写10个字。")


def outcome_is_final(s: Ticket) -> bool:
    final = s.given["outcome"] in (Outcome.A, Outcome.D)
    return final or s.refuse("最终答复只有“已解决”或“解释说明”；正在办的请用阶段答复或列入计划。")


def explanation_says_why(s: Ticket) -> bool:
    listed = s.given.get("reason_class") in set(ExplanationReason)
    return listed or not _explains(s) or s.refuse("暂不能办的，请选明原因类别。")


def explanation_gives_basis_and_alternative(s: Ticket) -> bool:
    told = bool(_text(s, "basis") and _text(s, "alternative"))
    return told or not _explains(s) or s.refuse("暂不能办的，请写明依据和可替代的办法。")


def explanation_names_its_review(s: Ticket) -> bool:
    """What may change is looked at again; facts that are settled need no date (§4.5)."""
    settled = s.given.get("reason_class") in (ExplanationReason.FACTS, ExplanationReason.NOT_NEEDED)
    dated = settled or bool(s.given.get("review_on"))
    return dated or not _explains(s) or s.refuse("暂不能办的，请写明下次复核的日期。")


def _explains(s: Ticket) -> bool:
    return bool(s.given["outcome"] == Outcome.D)


def hot_explanation_takes_the_long_road(s: Ticket) -> bool:
    direct = s.facts.hot and s.facts.skip_office and _explains(s)
    return not direct or s.refuse("集中反映的事项暂不能办的，请走部门审定和党政办审核。")


# telling, rating, checking


def channel_is_the_actors(s: Ticket) -> bool:
    """The code page is written by the system alone, when the page is opened."""
    by_page = s.given["channel"] == Channel.CODE_PAGE
    return not by_page or Part.SYSTEM in s.parts or s.refuse("查询码由本人打开时自动登记。")


def notice_fits_the_matter(s: Ticket) -> bool:
    fits = s.given["channel"] != Channel.NOTICE or s.facts.facility_matter
    return fits or s.refuse("张贴公开只适用于设施类事项。")


def voice_is_not_told_yet(s: Ticket) -> bool:
    return not s.facts.voice_told or s.refuse("这条诉求已经告知。")


def rating_has_five_steps(s: Ticket) -> bool:
    return s.given["satisfied"] in range(1, 6) or s.refuse("满意程度请选1到5。")


def ground_is_new(s: Ticket) -> bool:
    new = _text(s, "reason") not in s.facts.earlier_grounds
    return new or s.refuse("同样的理由已经重办过，请写明新的情况。")


def found(*results: CheckResult) -> Guard:
    """A check that the result found is one of these."""

    def result_fits(s: Subject[object]) -> bool:
        words = tuple(result.label for result in results)
        return s.given["check_result"] in results or s.refuse("这里只登记“%(words)s”的核实结果。", words=words)

    return result_fits


def text_is_deidentified(s: Ticket) -> bool:
    ready = s.given.get("deidentified") is True
    return ready or s.refuse("请先逐项确认公开文字不含个人信息。")


# closed lists


def _one_of(need: str, words: type[StrEnum], reason: str) -> Guard:
    codes = frozenset(word.value for word in words)

    def is_listed(s: Subject[object]) -> bool:
        return s.given[need] in codes or s.refuse(reason)

    return is_listed


limit_class_is_listed = _one_of("limit_class", LimitClass, "请从列表中选时限类别。")
redirect_reason_is_listed = _one_of("reason_code", RedirectReason, "请从列表中选转办原因。")
handoff_type_is_listed = _one_of("handoff_type", HandoffType, "请从列表中选移交类型。")
return_reason_is_listed = _one_of("reason_code", ReturnReason, "请从列表中选退回原因。")
body_is_listed = _one_of("body", MeetingBody, "请选院长（校长）办公会或党委会。")
milestone_state_is_listed = _one_of("milestone_state", MilestoneState, "请从列表中选节点进展。")
channel_is_listed = _one_of("channel", Channel, "请从列表中选告知方式。")
unreachable_reason_is_listed = _one_of("reason_code", UnreachableReason, "请从列表中选无法告知的原因。")
solved_is_listed = _one_of("solved", Solved, "请选是、部分或否。")


# checks that always go together
DISPATCH = (limit_class_is_listed, lead_can_receive, no_unit_is_complained_of, handler_is_not_named)
FINAL_ANSWER = (
    outcome_is_final,
    answer_is_long_enough,
    explanation_says_why,
    explanation_gives_basis_and_alternative,
    explanation_names_its_review,
)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _text(s: Ticket, need: str) -> str:
    return str(s.given.get(need) or "").strip()


def _items(s: Ticket, need: str) -> list[object]:
    """What was given as several; a single value is one item."""
    value = s.given.get(need)
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
