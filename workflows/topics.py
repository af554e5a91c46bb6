"""治本专题: a cluster of the same problem, taken up and judged by what arrives afterwards (domain.md §4.10)."""

from workflows.engine import Labelled, Move, Workflow, to
from workflows.needs import Need
from workflows.parts import Part


class State(Labelled):
    """Where a topic stands."""

    PROPOSED = "proposed", "拟立"
    RUNNING = "running", "进行"
    JUDGED = "judged", "已评估"
    DROPPED = "dropped", "不立"


DIRECTOR = frozenset({Part.DIRECTOR})

TOPICS = Workflow(
    "topics",
    "治本专题",
    State,
    (
        Move(
            "propose",
            "拟立",
            (to(State.PROPOSED, None),),
            DIRECTOR | {Part.HEAD, Part.CLERK, Part.SYSTEM},
            (Need.REASON,),
        ),
        Move(
            "start",
            "立项",
            (to(State.RUNNING, State.PROPOSED),),
            DIRECTOR,
            (Need.OWNER, Need.MEASURE, Need.DUE_ON, Need.PLACES),
        ),
        Move("judge", "评估", (to(State.JUDGED, State.RUNNING),), DIRECTOR, (Need.FIGURE,)),
        Move("drop", "不立", (to(State.DROPPED, State.PROPOSED),), DIRECTOR, (Need.REASON,)),
    ),
    ends=(State.JUDGED, State.DROPPED),
)
