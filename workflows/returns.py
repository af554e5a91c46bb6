"""退回申请: a unit says "not ours", the office rules (domain.md §4.5 ping-pong limit, §4.7, T14–T16).

The facts are the TicketFacts of its ticket: the same guard decides who may rule on it.
"""

from workflows.engine import Labelled, Move, Workflow, to
from workflows.needs import Need
from workflows.parts import DIRECTORS, OFFICE, Part
from workflows.ticket_checks import return_reason_is_listed
from workflows.ticket_guards import (
    is_not_designated,
    may_decide_this_return,
    return_is_in_time,
    unit_has_not_returned_it,
)


class State(Labelled):
    """Where a return request stands."""

    PENDING = "pending", "待裁定"
    UPHELD = "upheld", "同意"
    REFUSED = "refused", "驳回"


RETURNS = Workflow(
    "returns",
    "退回申请",
    State,
    (
        Move(
            "ask",
            "申请退回",
            (to(State.PENDING, None),),
            frozenset({Part.HEAD, Part.CO_HEAD}),
            (Need.REASON_CODE, Need.DUTY_CLAUSE, Need.SUGGESTED_UNIT),
            (return_is_in_time, unit_has_not_returned_it, is_not_designated),
            (return_reason_is_listed,),
        ),
        Move(
            "uphold",
            "同意退回",
            (to(State.UPHELD, State.PENDING),),
            OFFICE | DIRECTORS,
            (Need.REASON,),
            (may_decide_this_return,),
        ),
        Move(
            "refuse",
            "驳回退回",
            (to(State.REFUSED, State.PENDING),),
            OFFICE | DIRECTORS,
            (Need.REASON,),
            (may_decide_this_return,),
        ),
    ),
    ends=(State.UPHELD, State.REFUSED),
)
