"""What must be true of a ticket before a move is offered (domain.md §4.3, rulings.md §13).

Each guard takes the question and returns True, or says in Chinese why not and returns False.
They look at facts and parts only; what was typed is looked at in `ticket_checks.py`.
"""

from workflows import parts
from workflows.engine import Guard, Subject
from workflows.parts import Part
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Kind, LimitClass, Outcome

Ticket = Subject[TicketFacts]


RETURN_DAYS = 2
RETURNS = 2
CALLBACK_ATTEMPTS = 2


# filing and accepting


def lint_is_settled(s: Ticket) -> bool:
    return not s.facts.lint_open or s.refuse("请先看一下文字提示：个人信息要删去，其余确认即可。")


def actor_is_not_recused(s: Ticket) -> bool:
    return not s.facts.recused or s.refuse("这件事与您有关，按回避规定由他人办理。")


def answered_on_the_spot(s: Ticket) -> bool:
    return s.facts.on_spot or s.refuse("提交时没有写明已当场答复。")


def is_praise(s: Ticket) -> bool:
    return s.facts.kind == Kind.PRAISE or s.refuse("只有表扬可以这样登记。")


def nothing_is_merged_in(s: Ticket) -> bool:
    return not s.facts.has_merged_in or s.refuse("有其他事项并入本件，请先撤销并案。")


def is_drawn(s: Ticket) -> bool:
    return s.facts.drawn or s.refuse("本件没有抽中回访。")


def is_not_drawn(s: Ticket) -> bool:
    return not s.facts.drawn or s.refuse("本件已抽中回访，先回访再办结。")


# questions back


def may_ask_once_more(s: Ticket) -> bool:
    most = s.facts.info_rounds_max
    return s.facts.info_rounds < most or s.refuse("已经退回补充过%(n)s次，请按现有情况办理。", n=most)


def info_days_are_left(s: Ticket) -> bool:
    return s.facts.info_days_left > 0 or s.refuse("补充期的工作日已经用完。")


def info_time_is_over(s: Ticket) -> bool:
    return s.facts.info_expired or s.refuse("补充期还没有满。")


def returns_to(state: State) -> Guard:
    """A guard: the question was asked from this state, so the supplement leads back there."""

    def was_asked_here(s: Ticket) -> bool:
        return s.facts.return_to is state or s.refuse("没有记下补充后回到哪一步。")

    return was_asked_here


# merging


def came_from(state: State) -> Guard:
    """A guard: it stood in this state when it was merged, so undoing leads back there."""

    def stood_here(s: Ticket) -> bool:
        return s.facts.state_before is state or s.refuse("没有记下并案前在哪一步。")

    return stood_here


def no_later_merge_depends_on_it(s: Ticket) -> bool:
    later = s.facts.merged_lead_moved_on
    return not later or s.refuse("主件后来又并入了 %(later)s，请先撤销那一次并案。", later=later)


# other channels, dispatch, return


def objection_is_raised(s: Ticket) -> bool:
    return s.facts.objection_raised or s.refuse("还没有人对转办提出异议。")


def needs_no_ruling(s: Ticket) -> bool:
    ruled = s.facts.designated or s.facts.return_count >= RETURNS
    return not ruled or s.refuse("已经退回两次，请由主任指定承办单位。")


def needs_a_ruling(s: Ticket) -> bool:
    disputed = s.facts.dispute or s.facts.return_count >= RETURNS
    return disputed or s.refuse("退回满两次或有争议时才指定承办，现在请直接交办。")


def lead_is_not_complained_of(s: Ticket) -> bool:
    own = s.facts.lead_unit in s.facts.complained_of
    return not own or s.refuse("诉求涉及本单位，应当回避，请申请退回。")


def return_is_in_time(s: Ticket) -> bool:
    in_time = s.facts.days_since_dispatch <= RETURN_DAYS
    return in_time or s.refuse("交办已超过2个工作日，不再退回。")


def unit_has_not_returned_it(s: Ticket) -> bool:
    return not s.facts.returned_by_lead or s.refuse("本单位已经申请退回过一次。")


def is_not_designated(s: Ticket) -> bool:
    return not s.facts.designated or s.refuse("本件已指定承办，按裁定办理。")


def may_decide_this_return(s: Ticket) -> bool:
    """The first return is the office's, the second the director's (arbitration)."""
    if s.facts.return_count == 0:
        return bool(s.parts & parts.OFFICE) or s.refuse("第一次退回由党政办受理员裁定。")
    return bool(s.parts & parts.RULING) or s.refuse("再次退回由主任裁定。")


# work


def actor_did_not_write_the_answer(s: Ticket) -> bool:
    return not s.facts.actor_wrote_answer or s.refuse("自己起草的答复由另一人审定。")


def class_may_be_extended(s: Ticket) -> bool:
    most = s.facts.extension_days_max
    by_class = s.facts.limit_class in (LimitClass.URGENT, LimitClass.SIMPLE, LimitClass.LONG)
    fixed = by_class if most is None else most == 0
    return not fixed or s.refuse("这一类事项不延期。")


def extension_is_the_first(s: Ticket) -> bool:
    return not s.facts.extension_used or s.refuse("本次承办已经延期过一次。")


def extension_was_not_asked_for(s: Ticket) -> bool:
    return not s.facts.extension_asked or s.refuse("本次承办已经申请过一次延期。")


def asked_before_due(s: Ticket) -> bool:
    return s.facts.before_due or s.refuse("已超过办理时限，请说明情况，不再延期。")


def may_decide_this_extension(s: Ticket) -> bool:
    """General ones are the clerk's too; complex and restricted ones are not."""
    above_clerk = s.parts & {Part.DIRECTOR, Part.CONFIDENTIAL}
    general = s.facts.limit_class is LimitClass.GENERAL
    return bool(above_clerk) or general or s.refuse("复杂事项的延期由主任审批。")


def supervisor_approved(s: Ticket) -> bool:
    return s.facts.approved_by_supervisor or s.refuse("提请会议研究需分管校领导同意。")


def meeting_was_held_or_is_urgent(s: Ticket) -> bool:
    ready = s.facts.meetings_held > 0 or s.facts.urgent
    return ready or s.refuse("请先开一次专题会议；紧急事项可以直接提请。")


def milestone_is_reached_or_plan_dropped(s: Ticket) -> bool:
    ready = s.facts.milestone_reached or s.facts.plan_dropped
    return ready or s.refuse("计划节点到了或计划取消后再恢复办理。")


# answers


def co_answers_are_in(s: Ticket) -> bool:
    waiting = s.facts.co_open
    return waiting == 0 or s.refuse("还有 %(n)s 个协办答复未到，可以催办或免除。", n=waiting)


def class_skips_head(s: Ticket) -> bool:
    return s.facts.skip_head or s.refuse("这一类事项需经部门审定。")


def class_skips_office(s: Ticket) -> bool:
    return s.facts.skip_office or s.refuse("这一类事项需经党政办审核。")


def class_does_not_skip_office(s: Ticket) -> bool:
    return not s.facts.skip_office or s.refuse("这一类事项审定后直接反馈。")


def may_approve_for_the_department(s: Ticket) -> bool:
    """Approver ≠ author; in a one-person department the director approves (matrix §2.3, note 6)."""
    if Part.HEAD not in s.parts and not s.facts.one_person_department:
        return s.refuse("由主办单位负责人审定；单位只有一人时由主任审定。")
    return actor_did_not_write_the_answer(s)


def is_no_explanation_of_a_hot_ticket(s: Ticket) -> bool:
    return not _explains_hot(s.facts) or s.refuse("集中反映的事项暂不能办的，需经党政办审核。")


def hot_explanation_is_the_directors(s: Ticket) -> bool:
    """The clerk may not release it; on a restricted ticket the confidential officer stands in."""
    if not _explains_hot(s.facts) or Part.DIRECTOR in s.parts:
        return True
    restricted = s.facts.confidentiality != Confidentiality.NORMAL
    stands_in = restricted and Part.CONFIDENTIAL in s.parts
    return stands_in or s.refuse("集中反映的事项暂不能办的，由主任审核。")


def hot_explanation_has_second_signature(s: Ticket) -> bool:
    signed = s.facts.second_signature or not _explains_hot(s.facts)
    return signed or s.refuse("集中反映的事项暂不能办的，还需分管校领导签字。")


def _explains_hot(facts: TicketFacts) -> bool:
    return facts.hot and facts.answer_outcome == Outcome.D


# telling


def answer_is_offered(s: Ticket) -> bool:
    return s.facts.final_answer_offered or s.refuse("最终答复还没有审定。")


def there_is_something_to_tell(s: Ticket) -> bool:
    ready = s.facts.something_to_tell or s.facts.final_answer_offered
    return ready or s.refuse("现在还没有可以告知的内容。")


def unreachable_time_is_over(s: Ticket) -> bool:
    over = s.facts.days_since_offered >= s.facts.unreachable_days
    return over or s.refuse("答复备好满%(n)s天后才能标为无法告知。", n=s.facts.unreachable_days)


def every_voice_is_settled(s: Ticket) -> bool:
    owed = s.facts.voices_open
    return owed == 0 or s.refuse("还有 %(n)s 条诉求没有告知，也没有标为无法告知。", n=owed)


def no_voice_was_told(s: Ticket) -> bool:
    return s.facts.voices_told == 0 or s.refuse("已经有人得到告知，请按已反馈办结。")


# rating, reopening, closing, checking


def voice_was_told(s: Ticket) -> bool:
    return s.facts.days_since_told is not None or s.refuse("这条诉求还没有得到答复。")


def rating_window_is_open(s: Ticket) -> bool:
    days, most = s.facts.days_since_told, s.facts.rating_days
    return days is None or days <= most or s.refuse("评价期是得到答复后的%(n)s天，已经过了。", n=most)


def voice_is_not_rated(s: Ticket) -> bool:
    return not s.facts.voice_rated_this_episode or s.refuse("这次办理已经评价过。")


def was_not_settled_on_the_spot(s: Ticket) -> bool:
    """Nobody holds a file that was never dispatched: it goes back to triage instead (T33b)."""
    spot = s.facts.on_spot or s.facts.kind == Kind.PRAISE
    return s.facts.was_dispatched or not spot or s.refuse("本件从未交办，请用“当场件重办”。")


def was_never_dispatched(s: Ticket) -> bool:
    return not s.facts.was_dispatched or s.refuse("本件曾经交办，请用“重办”。")


def holder_has_his_reopening(s: Ticket) -> bool:
    used = _is_the_holder(s) and s.facts.reopened_by_holder
    return not used or s.refuse("凭查询码申请重办只有一次，已经用过。")


def holder_was_told_lately(s: Ticket) -> bool:
    days, most = s.facts.days_since_told, s.facts.reopen_days
    lately = days is not None and days <= most
    return lately or not _is_the_holder(s) or s.refuse("得到答复后的%(n)s天内可以申请重办。", n=most)


def holder_saw_it_closed_lately(s: Ticket) -> bool:
    days, most = s.facts.days_since_closed, s.facts.reopen_days
    lately = days is not None and days <= most
    return lately or not _is_the_holder(s) or s.refuse("办结后的%(n)s天内可以申请重办。", n=most)


def _is_the_holder(s: Ticket) -> bool:
    return not s.parts & parts.OFFICE


def rating_windows_are_over(s: Ticket) -> bool:
    waiting = s.facts.voices_unrated_in_window
    return waiting == 0 or s.refuse("还有 %(n)s 条诉求在评价期内。", n=waiting)


def dissatisfaction_is_decided(s: Ticket) -> bool:
    return not s.facts.dissatisfied_undecided or s.refuse("有不满意的评价，请先定重办还是再次说明。")


def checker_is_somebody_else(s: Ticket) -> bool:
    own = s.facts.actor_dispatched or s.facts.actor_handled
    return not own or s.refuse("交办人和承办单位不核实自己的件，请由他人回访。")


def two_attempts_were_made(s: Ticket) -> bool:
    tried = s.facts.callback_attempts >= CALLBACK_ATTEMPTS
    return tried or s.refuse("联系满两次仍未联系上，才记为未联系上。")


def was_dispatched(s: Ticket) -> bool:
    return s.facts.was_dispatched or s.refuse("本件从未交办，请用“当场件核实不符”。")


# raising, publishing, withdrawing


def is_not_sealed(s: Ticket) -> bool:
    sealed = s.facts.confidentiality == Confidentiality.SEALED
    return not sealed or s.refuse("已经是最高密级。")


def is_sealed(s: Ticket) -> bool:
    sealed = s.facts.confidentiality == Confidentiality.SEALED
    return sealed or s.refuse("已经分派的事项，先提密封存，再移交。")


def is_normal(s: Ticket) -> bool:
    normal = s.facts.confidentiality == Confidentiality.NORMAL
    return normal or s.refuse("受限事项不公开。")


def is_not_published(s: Ticket) -> bool:
    return not s.facts.published or s.refuse("已经公开。")


def nobody_is_recognised_by_it(s: Ticket) -> bool:
    return s.facts.shields_its_raisers or s.refuse("反映的人不满 5 个，又不是设施类的事，不公开。")


def reopening_is_over(s: Ticket) -> bool:
    return s.facts.reopen_window_over or s.refuse("重办期过后才能公开。")


def is_before_dispatch(s: Ticket) -> bool:
    sent = s.facts.was_dispatched or s.facts.return_to is State.IN_PROGRESS
    return not sent or s.refuse("已经交办，不能再撤回。")


def no_code_is_left_unanswered(s: Ticket) -> bool:
    settled = not s.facts.code_handed_out or s.facts.voice_told
    return settled or s.refuse("查询码已经发出，请先告知本人。")
