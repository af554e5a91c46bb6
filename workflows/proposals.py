"""提议与第二签字: a move its actor may only propose waits for somebody else's yes (rulings.md §13)."""

from dataclasses import dataclass

from workflows.engine import Labelled, Move, Subject, Workflow, to
from workflows.needs import Need
from workflows.parts import DIRECTORS, RULING, Part


class State(Labelled):
    """Where a proposal stands."""

    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "未同意"


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What a proposal's guards look at."""

    move: str = ""
    """name of the ticket's move that is proposed"""
    actor_proposed: bool = False
    """the actor made this proposal himself"""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who may propose a move and whose yes it waits for."""

    proposers: frozenset[Part]
    confirmers: frozenset[Part]


SUPERVISING = frozenset({Part.SUPERVISING})

# The ticket's moves that may be proposed (domain.md §4.3, matrix §2.3).
# office_approve: the second signature for outcome D on a hot ticket; escalate: approval to take it there.
PROPOSABLE = {
    "redirect": Signatures(frozenset({Part.CLERK}), DIRECTORS),
    "convene": Signatures(frozenset({Part.HEAD, Part.CLERK}), DIRECTORS),
    "escalate": Signatures(DIRECTORS, SUPERVISING),
    "plan": Signatures(frozenset({Part.HEAD}), RULING),
    "office_approve": Signatures(frozenset({Part.DIRECTOR, Part.CONFIDENTIAL}), SUPERVISING),
    "publish": Signatures(frozenset({Part.HEAD, Part.CLERK}), frozenset({Part.DIRECTOR})),
}
# Who asks for a move that others make: the proposers, and the head who asks for more time (T20).
ASKERS = {move: signs.proposers for move, signs in PROPOSABLE.items()} | {"extend": frozenset({Part.HEAD})}
PROPOSERS = frozenset[Part]().union(*(signs.proposers for signs in PROPOSABLE.values()))
CONFIRMERS = frozenset[Part]().union(*(signs.confirmers for signs in PROPOSABLE.values()))

Proposal = Subject[ProposalFacts]


def may_propose_this_move(s: Proposal) -> bool:
    signs = PROPOSABLE.get(s.facts.move)
    return bool(signs and signs.proposers & s.parts) or s.refuse("这一步不用您提议。")


def may_confirm_this_move(s: Proposal) -> bool:
    signs = PROPOSABLE.get(s.facts.move)
    return bool(signs and signs.confirmers & s.parts) or s.refuse("这份提议由他人确认。")


def somebody_else_proposed_it(s: Proposal) -> bool:
    return not s.facts.actor_proposed or s.refuse("自己的提议由另一人确认。")


PROPOSALS = Workflow(
    "proposals",
    "提议",
    State,
    (
        Move("propose", "提议", (to(State.PROPOSED, None),), PROPOSERS, (Need.MOVE,), (may_propose_this_move,)),
        Move(
            "confirm",
            "同意",
            (to(State.CONFIRMED, State.PROPOSED),),
            CONFIRMERS,
            (),
            (may_confirm_this_move, somebody_else_proposed_it),
        ),
        Move(
            "decline",
            "不同意",
            (to(State.DECLINED, State.PROPOSED),),
            CONFIRMERS,
            (Need.REASON,),
            (may_confirm_this_move, somebody_else_proposed_it),
        ),
    ),
    ends=(State.CONFIRMED, State.DECLINED),
)
