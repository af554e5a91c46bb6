"""联系: how often somebody went, and where to. Never a target, never by person (rulings §9)."""

from __future__ import annotations

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.results import Result
from liaison.oversight.figures.world import World


def contacts(world: World) -> Result:
    return Result(world.outings.contacts) if world.outings else Result(0, 0)


def coverage(world: World) -> Result:
    return Result(world.outings.visited, world.outings.units) if world.outings else Result(0, 0)


def planned(world: World) -> Result:
    """Place-weeks: a place in a week counts once, however often somebody meant to go or went."""
    return Result(world.outings.kept, world.outings.planned) if world.outings else Result(0, 0)


def requirement(world: World) -> Result:
    """Of all whom a requirement asks, each no further than what it asks; who is exempt is set apart.

    As the lines stood at the cut-off: whatever was filed late, corrected, cancelled, exempted or ruled afterwards
    moves the later cut-offs only (更正), never an earlier one. A deed counts from the moment the tick has counted it,
    within the minute; of days before this was written down (migration 0049) nothing is known: 0 of 0.
    """
    if not world.outings:
        return Result(0, 0)
    return Result(world.outings.done, world.outings.required, parts={"exempt": world.outings.exempt})


def with_voice(world: World) -> Result:
    return Result(world.outings.heard, world.outings.contacts) if world.outings else Result(0, 0)


F = View.FLOW
OUTINGS = (
    Figure("contacts", _l("联系次数"), _l("本期开展的联系"), F, contacts),
    Figure("coverage", _l("联系覆盖"), _l("去过的 ÷ 全部班级、宿舍楼、食堂和社团"), F, coverage),
    Figure(
        "coverage_planned",
        _l("计划覆盖"),
        _l("去过的 ÷ 计划过的，按地点和周；同一地点同一周算一次，取消的也算计划过"),
        F,
        planned,
    ),
    Figure(
        "requirement",
        _l("条目完成"),
        _l("全体已完成的 ÷ 应完成的，每人每条最多算满，以截至日已计入的为准；免计的另列；逐人的只在本人和党政办公室"),
        F,
        requirement,
    ),
    Figure("contacts_with_voice", _l("问题发现率"), _l("带回诉求的联系 ÷ 联系次数；不是目标"), F, with_voice),
)
