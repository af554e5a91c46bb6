"""月报: drafted by the system after the month is locked, finalised once (domain.md §4.7)."""

from dataclasses import dataclass

from workflows.engine import Labelled, Move, Subject, Workflow, stay, to
from workflows.needs import Need
from workflows.parts import Part


class State(Labelled):
    """Where a monthly return stands. There is no way back: later changes are printed as 更正."""

    DRAFT = "draft", "草稿"
    FINAL = "final", "定稿"


@dataclass(frozen=True, slots=True)
class MonthlyFacts:
    """What a monthly return's guards look at."""

    month_locked: bool = False
    """the month was locked on the 5th, so the figures stand"""


def month_is_locked(s: Subject[MonthlyFacts]) -> bool:
    return s.facts.month_locked or s.refuse("这个月还没有锁定，6日起生成月报。")


DIRECTOR = frozenset({Part.DIRECTOR})

MONTHLY = Workflow(
    "monthly",
    "月报",
    State,
    (
        Move("generate", "生成", (to(State.DRAFT, None),), frozenset({Part.SYSTEM}), (), (month_is_locked,)),
        Move("edit", "修改文字", (stay(State.DRAFT),), DIRECTOR, (Need.PARAGRAPHS,)),
        Move("finalise", "定稿", (to(State.FINAL, State.DRAFT),), DIRECTOR),
    ),
    ends=(State.FINAL,),
)
