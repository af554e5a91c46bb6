"""联系记录: from a plan to a record its leader stands by (domain.md §4.7, rulings.md §13)."""

from dataclasses import dataclass

from workflows.engine import Labelled, Move, Subject, Workflow, to
from workflows.needs import Need
from workflows.parts import Part


class State(Labelled):
    """Where a contact record stands."""

    PLANNED = "planned", "计划"
    HELD = "held", "已开展"
    TO_CONFIRM = "to_confirm", "待确认"
    CONFIRMED = "confirmed", "已确认"
    CANCELLED = "cancelled", "取消"


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What a contact's guards look at."""

    leader_left: bool = False
    """the leader it was recorded for holds his post no more"""


LEADER, LIAISON, DIRECTOR = frozenset({Part.LEADER}), frozenset({Part.LIAISON}), frozenset({Part.DIRECTOR})


def leader_has_left(s: Subject[ContactFacts]) -> bool:
    return s.facts.leader_left or s.refuse("由本人确认；离任后由主任代为确认。")


CONTACTS = Workflow(
    "contacts",
    "联系记录",
    State,
    (
        Move("plan", "列入计划", (to(State.PLANNED, None),), LEADER | LIAISON),
        Move("record", "记一次联系", (to(State.HELD, None, State.PLANNED),), LEADER | LIAISON),
        Move("confirm_own", "本人记录", (to(State.CONFIRMED, State.HELD),), LEADER),
        Move("hand_over", "代记待确认", (to(State.TO_CONFIRM, State.HELD),), LIAISON),
        Move("confirm", "确认", (to(State.CONFIRMED, State.TO_CONFIRM),), LEADER),
        Move(
            "confirm_for_leaver",
            "代离任者确认",
            (to(State.CONFIRMED, State.TO_CONFIRM),),
            DIRECTOR,
            (Need.REASON,),
            (leader_has_left,),
        ),
        Move("reject", "不予确认", (to(State.CANCELLED, State.TO_CONFIRM),), LEADER, (Need.REASON,)),
        Move("cancel", "取消", (to(State.CANCELLED, State.PLANNED),), LEADER | LIAISON),
    ),
    ends=(State.CONFIRMED, State.CANCELLED),
)
