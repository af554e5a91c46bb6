"""协办: what a co-unit owes on somebody else's ticket (domain.md §4.7, T19, rulings.md §13)."""

from dataclasses import dataclass

from workflows.engine import Labelled, Move, Subject, Workflow, to
from workflows.needs import Need
from workflows.parts import OFFICE, RECEPTION, RULING, Part

ANSWER_LENGTH = 20


class State(Labelled):
    """Where a co-assignment stands."""

    ASKED = "asked", "待签收"
    SIGNED = "signed", "办理中"
    ANSWERED = "answered", "已答复"
    WAIVED = "waived", "免除"


@dataclass(frozen=True, slots=True)
class AssistFacts:
    """What a co-assignment's guards look at."""

    actor_wrote_answer: bool = False
    """the actor drafted the co-answer he would now give"""
    unit_complained_of: bool = False
    """the co-unit is the one complained of"""
    ticket_merged: bool = False
    """the ticket now follows another one"""
    lead_submitted: bool = False
    """the lead unit has submitted its answer"""


Assist = Subject[AssistFacts]
CO_HEAD, LEAD_HEAD = frozenset({Part.CO_HEAD}), frozenset({Part.HEAD})


def unit_is_not_complained_of(s: Assist) -> bool:
    return not s.facts.unit_complained_of or s.refuse("被反映的单位不能协办。")


def somebody_else_drafted_it(s: Assist) -> bool:
    return not s.facts.actor_wrote_answer or s.refuse("自己起草的协办答复由另一人审定。")


def ticket_is_not_merged(s: Assist) -> bool:
    return not s.facts.ticket_merged or s.refuse("事项已并案，现在不用协办答复。")


def lead_has_not_submitted(s: Assist) -> bool:
    return not s.facts.lead_submitted or s.refuse("主办单位已提交答复，协办答复到此为止。")


def answer_is_long_enough(s: Assist) -> bool:
    enough = len(str(s.given["answer"]).strip()) >= ANSWER_LENGTH
    return enough or s.refuse("协办答复至少写20个字。")


ASSISTS = Workflow(
    "assists",
    "协办任务",
    State,
    (
        Move(
            "ask",
            "请求协办",
            (to(State.ASKED, None),),
            RECEPTION | RULING,
            (Need.UNIT, Need.QUESTION),
            (unit_is_not_complained_of, lead_has_not_submitted),
        ),
        Move("sign", "签收", (to(State.SIGNED, State.ASKED),), CO_HEAD | {Part.CO_HANDLER}, (Need.HANDLER,)),
        Move(
            "answer",
            "协办答复",
            (to(State.ANSWERED, State.SIGNED),),
            CO_HEAD,
            (Need.ANSWER,),
            (somebody_else_drafted_it, ticket_is_not_merged, lead_has_not_submitted),
            (answer_is_long_enough,),
        ),
        Move(
            "send_back",
            "退回重答",
            (to(State.SIGNED, State.ANSWERED),),
            LEAD_HEAD | {Part.CLERK, Part.CONFIDENTIAL},
            (Need.REASON,),
            (lead_has_not_submitted,),
        ),
        Move(
            "waive",
            "免除协办",
            (to(State.WAIVED, State.ASKED, State.SIGNED),),
            LEAD_HEAD | (OFFICE - {Part.CLERK}),
            (Need.REASON,),
        ),
    ),
    ends=(State.ANSWERED, State.WAIVED),
)
