"""延期申请: asked before the due date, once per assignment and episode (domain.md §4.7, T20).

The facts are the TicketFacts of its ticket: asking and granting look at the same guards as T20.
"""

from workflows.engine import Labelled, Move, Workflow, to
from workflows.needs import Need
from workflows.parts import OFFICE, Part
from workflows.ticket_checks import extension_is_short_enough
from workflows.ticket_guards import (
    asked_before_due,
    class_may_be_extended,
    extension_is_the_first,
    extension_was_not_asked_for,
    may_decide_this_extension,
)


class State(Labelled):
    """Where an extension request stands."""

    PENDING = "pending", "待审批"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


EXTENSIONS = Workflow(
    "extensions",
    "延期申请",
    State,
    (
        Move(
            "ask",
            "申请延期",
            (to(State.PENDING, None),),
            frozenset({Part.HEAD}),
            (Need.REASON, Need.DUE_ON),
            (class_may_be_extended, extension_is_the_first, extension_was_not_asked_for, asked_before_due),
            (extension_is_short_enough,),
        ),
        Move("grant", "同意延期", (to(State.GRANTED, State.PENDING),), OFFICE, (), (may_decide_this_extension,)),
        Move(
            "refuse",
            "不同意延期",
            (to(State.REFUSED, State.PENDING),),
            OFFICE,
            (Need.REASON,),
            (may_decide_this_extension,),
        ),
    ),
    ends=(State.GRANTED, State.REFUSED),
)
