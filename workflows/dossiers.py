"""查阅申请: the auditor asks for one restricted matter; the office says yes or no (domain.md §2.3, footnote 4)."""

from dataclasses import dataclass

from workflows.engine import Labelled, Move, Subject, Workflow, to
from workflows.needs import Need
from workflows.parts import DIRECTORS, Part


class State(Labelled):
    """Where a request stands. A confirmed one ends by itself: it keeps until when."""

    PROPOSED = "proposed", "待批准"
    CONFIRMED = "confirmed", "已批准"
    DECLINED = "declined", "未批准"


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What its guards look at."""

    is_restricted: bool = True
    """the matter is restricted; of what is sealed or handed off there is nothing to read"""
    is_running: bool = False
    """he has asked already, or reads it still"""


Dossier = Subject[DossierFacts]
DECIDERS = frozenset({Part.CONFIDENTIAL} | (DIRECTORS - {Part.DIRECTOR}))


def matter_is_restricted(s: Dossier) -> bool:
    return s.facts.is_restricted or s.refuse("这件事项现在不能查阅。")


def nothing_is_running(s: Dossier) -> bool:
    return not s.facts.is_running or s.refuse("这件已经申请过，或者正在查阅期内。")


DOSSIERS = Workflow(
    "dossiers",
    "查阅申请",
    State,
    (
        Move(
            "propose",
            "申请查阅",
            (to(State.PROPOSED, None),),
            frozenset({Part.AUDITOR}),
            (Need.REASON,),
            (matter_is_restricted, nothing_is_running),
        ),
        Move("confirm", "批准查阅", (to(State.CONFIRMED, State.PROPOSED),), DECIDERS, (), (matter_is_restricted,)),
        Move("decline", "不批准", (to(State.DECLINED, State.PROPOSED),), DECIDERS, (Need.REASON,)),
    ),
    ends=(State.CONFIRMED, State.DECLINED),
)
