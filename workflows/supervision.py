"""督办单: the office asks a unit to answer for a ticket (domain.md §4.7, T37). No quota, no merit."""

from workflows.engine import Labelled, Move, Workflow, to
from workflows.needs import Need
from workflows.parts import DIRECTORS, Part


class State(Labelled):
    """Where a supervision order stands."""

    PROPOSED = "proposed", "拟办"
    ISSUED = "issued", "已下达"
    ANSWERED = "answered", "已回复"
    LIFTED = "lifted", "已销号"
    DROPPED = "dropped", "不予下达"


SUPERVISION = Workflow(
    "supervision",
    "督办单",
    State,
    (
        Move(
            "propose",
            "拟办督办单",
            (to(State.PROPOSED, None),),
            frozenset({Part.CLERK, Part.SYSTEM}),
            (Need.REASON,),
        ),
        Move(
            "issue",
            "下达",
            (to(State.ISSUED, None, State.PROPOSED),),
            DIRECTORS,
            (Need.ORDER, Need.DUE_ON),
        ),
        Move("drop", "不予下达", (to(State.DROPPED, State.PROPOSED),), DIRECTORS, (Need.REASON,)),
        Move("answer", "回复", (to(State.ANSWERED, State.ISSUED),), frozenset({Part.HEAD}), (Need.ANSWER,)),
        Move("send_back", "退回重办", (to(State.ISSUED, State.ANSWERED),), DIRECTORS, (Need.REASON,)),
        Move("lift", "销号", (to(State.LIFTED, State.ANSWERED),), DIRECTORS, (Need.RESULT,)),
    ),
    ends=(State.LIFTED, State.DROPPED),
)
