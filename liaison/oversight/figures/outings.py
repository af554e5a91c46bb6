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


def with_voice(world: World) -> Result:
    return Result(world.outings.heard, world.outings.contacts) if world.outings else Result(0, 0)


F = View.FLOW
OUTINGS = (
    Figure("contacts", _l("联系次数"), _l("本期开展的联系"), F, contacts),
    Figure("coverage", _l("联系覆盖"), _l("去过的 ÷ 全部班级、宿舍楼、食堂和社团"), F, coverage),
    Figure("contacts_with_voice", _l("问题发现率"), _l("带回诉求的联系 ÷ 联系次数；不是目标"), F, with_voice),
)
