"""The twenty states of a ticket and the four stages they belong to (domain.md §4.1)."""

from workflows.engine import Labelled


class Stage(Labelled):
    """The four words of the notice; every state belongs to one."""

    COLLECT = "collect", "收集"
    ANALYSE = "analyse", "汇总分析"
    RESOLVE = "resolve", "研究落实"
    FEEDBACK = "feedback", "反馈"


class State(Labelled):
    """Where a ticket stands. Flat; `stage` is its label among the four."""

    stage: Stage

    SUBMITTED = "submitted", "待受理", Stage.COLLECT
    INFO_NEEDED = "info_needed", "待补充", Stage.COLLECT
    WITHDRAWN = "withdrawn", "已撤回/作废", Stage.COLLECT
    TRIAGE = "triage", "研判中", Stage.ANALYSE
    MERGED = "merged", "已并案", Stage.ANALYSE
    SPLIT = "split", "已拆分", Stage.ANALYSE
    REDIRECTED = "redirected", "转其他渠道", Stage.ANALYSE
    HANDED_OFF = "handed_off", "已移交", Stage.ANALYSE
    DISPATCHED = "dispatched", "待签收", Stage.RESOLVE
    RETURN_REQUESTED = "return_requested", "申请退回", Stage.RESOLVE
    IN_PROGRESS = "in_progress", "办理中", Stage.RESOLVE
    COORDINATING = "coordinating", "专题协调", Stage.RESOLVE
    LEADERSHIP_REVIEW = "leadership_review", "提请会议研究", Stage.RESOLVE
    LONG_TERM = "long_term", "长期推进", Stage.RESOLVE
    DEPT_REVIEW = "dept_review", "部门审定", Stage.RESOLVE
    OFFICE_REVIEW = "office_review", "党政办审核", Stage.RESOLVE
    FEEDBACK_PENDING = "feedback_pending", "待反馈", Stage.FEEDBACK
    FEEDBACK_GIVEN = "feedback_given", "已反馈", Stage.FEEDBACK
    CALLBACK = "callback", "回访中", Stage.FEEDBACK
    CLOSED = "closed", "已办结", Stage.FEEDBACK

    def __init__(self, _value: str, _label: str, stage: Stage) -> None:
        self.stage = stage


# rulings.md §13: "open" is any state but these six.
NOT_OPEN = frozenset(
    {
        State.CLOSED,
        State.WITHDRAWN,
        State.SPLIT,
        State.MERGED,
        State.REDIRECTED,
        State.HANDED_OFF,
    }
)
OPEN = frozenset(State) - NOT_OPEN

# The diagram of domain.md §4.2 ends here; a closed ticket may still be reopened.
ENDS = frozenset({State.CLOSED, State.WITHDRAWN, State.SPLIT, State.HANDED_OFF})
