"""实情: the four facts side by side; what was said to be solved, what was found to be, what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import CALLBACK, Look, Record, is_conclusive
from liaison.oversight.figures.results import Result, share
from liaison.oversight.figures.world import World
from workflows.ticket_words import CheckResult, Outcome

Holds = Callable[[Record], bool]
REOPENING = timedelta(days=15)
WINDOW = timedelta(days=30)


def handled(one: Record) -> bool:
    return one.handled is not None


def closed(one: Record) -> bool:
    return one.is_closed


def claimed(one: Record) -> bool:
    return one.is_claimed


def verified(one: Record) -> bool:
    return one.is_verified


def explained(one: Record) -> bool:
    return one.handled is not None and one.handled.outcome is Outcome.D


def came_back(one: Record) -> bool:
    return one.recurred_at is not None


def of_cohort(holds: Holds, among: Holds = lambda _one: True) -> Callable[[World], Result]:
    """Those of the cohort that hold, among those of it that are asked."""
    return lambda world: share((one for one in world.cohort() if among(one)), holds)


def looks(world: World, *, kind: str = "") -> list[tuple[Record, Look]]:
    return [(one, look) for one in world.cohort() for look in one.looks if kind in ("", look.kind)]


def checks_passed(world: World) -> Result:
    return _true(pair for pair in looks(world) if is_conclusive(pair[1]))


def callback_match(world: World) -> Result:
    """Of those reached in the period."""
    known = [(one, look) for one in world.records.values() for look in one.looks if world.scope.holds(look.at)]
    return _true((one, look) for one, look in known if look.kind == CALLBACK and is_conclusive(look))


def _true(found: Iterable[tuple[Record, Look]]) -> Result:
    return share(found, lambda pair: pair[1].result is CheckResult.TRUE)


def callback_reached(world: World) -> Result:
    made = looks(world, kind=CALLBACK)
    reached = [pair for pair in made if is_conclusive(pair[1])]
    number = sum(one.handled is not None for one in world.cohort())
    return Result(len(reached), number, parts={"made": len(made)}, counted=reached)


def durable(world: World) -> Result:
    found = share(world.cohort(), lambda one: one.is_verified and not came_back(one))
    young = sum(_handled_after(one, world, WINDOW) for one in found.counted)
    return replace(found, parts={"under_30_days": young})


def _handled_after(one: Record, world: World, window: timedelta) -> bool:
    return one.handled is not None and one.handled.at > world.scope.cut_off - window


def durable_rate(window: timedelta) -> Callable[[World], Result]:
    """Of those found true so long ago: not back within the window."""
    return lambda world: share(
        filter(verified, world.cohort()),
        lambda one: not _is_back_within(one, window),
        is_due=lambda one: _last_true(one).at <= world.scope.cut_off - window,
    )


def _last_true(one: Record) -> Look:
    return _at(one, one.episode)[-1]


def _is_back_within(one: Record, window: timedelta) -> bool:
    handling = one.handled
    return handling is not None and one.recurred_at is not None and one.recurred_at <= handling.at + window


def recurrence_rate(window: timedelta) -> Callable[[World], Result]:
    return lambda world: share(
        filter(claimed, world.cohort()),
        lambda one: _is_back_within(one, window),
        is_due=lambda one: not _handled_after(one, world, window),
    )


def reopened_episodes(world: World) -> Result:
    """Of all handlings, those after which it was begun again."""
    handlings = [(one, handling) for one in world.cohort() for handling in one.handlings]
    return share(handlings, lambda pair: pair[1].episode < pair[0].episode)


def reopened_tickets(world: World) -> Result:
    again = [one for one in world.cohort() if one.episode > 1]
    number = sum(map(handled, world.cohort()))
    return Result(len(again), number, counted=again)


def once_done(world: World) -> Result:
    return share(
        filter(closed, world.cohort()),
        lambda one: not (one.hops or one.was_redone or one.episode > 1),
        is_due=lambda one: one.closed_at is not None and one.closed_at <= world.scope.cut_off - REOPENING,
    )


def overclaim(world: World) -> Result:
    """Of the base sample, what was conclusively looked at and found not to be as stated: the last look at each."""
    drawn = [(one, handling) for one in world.cohort() for handling in one.handlings if handling.is_base]
    last = {(one.key, done.episode): (one, look) for one, done in drawn for look in _at(one, done.episode)}
    return share(last.values(), lambda pair: pair[1].result is not CheckResult.TRUE)


def _at(one: Record, episode: int) -> list[Look]:
    return [look for look in one.looks if look.episode == episode and is_conclusive(look)]


C = View.COHORT
TRUTH = (
    Figure("answered_any", _l("办复率"), _l("有过任何答复的 ÷ 受理事项"), C, of_cohort(lambda one: one.has_answer)),
    Figure("answered_final", _l("答复率"), _l("有最终答复的 ÷ 受理事项"), C, of_cohort(handled)),
    Figure("closed_rate", _l("办结率"), _l("已办结 ÷ 受理事项"), C, of_cohort(closed)),
    Figure(
        "claimed_over_countable", _l("称已解决率（占受理）"), _l("部门称已解决的 ÷ 受理事项"), C, of_cohort(claimed)
    ),
    Figure(
        "claimed_over_handled",
        _l("称已解决率（占办理）"),
        _l("部门称已解决的 ÷ 有最终答复的"),
        C,
        of_cohort(claimed, handled),
    ),
    Figure(
        "claimed_over_closed",
        _l("称已解决率（占办结）"),
        _l("办结中部门称已解决的 ÷ 办结"),
        C,
        of_cohort(claimed, closed),
    ),
    Figure(
        "explained_over_closed", _l("解释说明占比"), _l("办结中作解释说明的 ÷ 办结"), C, of_cohort(explained, closed)
    ),
    Figure("verified_over_countable", _l("核实解决率"), _l("称已解决且核实相符的 ÷ 受理事项"), C, of_cohort(verified)),
    Figure(
        "verified_over_claimed",
        _l("称解决中已核实"),
        _l("核实相符的 ÷ 部门称已解决的"),
        C,
        of_cohort(verified, claimed),
    ),
    Figure(
        "checks_passed", _l("核实相符率"), _l("核实相符的次数 ÷ 有结论的核实次数"), C, checks_passed, has_interval=True
    ),
    Figure(
        "callback_match", _l("回访一致率"), _l("回访相符 ÷ 联系上的回访"), View.FLOW, callback_match, has_interval=True
    ),
    Figure("callback_reached", _l("回访率"), _l("联系上的回访 ÷ 有最终答复的事项"), C, callback_reached),
    Figure(
        "overclaim",
        _l("水分率"),
        _l("随机抽中且核实有结论的，不相符的比例"),
        C,
        overclaim,
        has_interval=True,
        least=20,
    ),
    Figure("durable_over_countable", _l("耐久解决（截至）"), _l("核实解决且截至当日没有复发的 ÷ 受理事项"), C, durable),
    Figure(
        "durable_rate",
        _l("耐久解决率（30天）"),
        _l("核实满30天的事项中，办理后30天内没有复发的"),
        C,
        durable_rate(WINDOW),
    ),
    Figure(
        "durable_rate_90",
        _l("耐久解决率（90天）"),
        _l("核实满90天的事项中，办理后90天内没有复发的"),
        C,
        durable_rate(3 * WINDOW),
    ),
    Figure(
        "recurrence_over_claimed",
        _l("复发（截至）"),
        _l("称已解决的事项中确认复发的"),
        C,
        of_cohort(came_back, claimed),
    ),
    Figure(
        "recurrence_rate",
        _l("复发率（30天）"),
        _l("办理满30天的称已解决事项中，30天内确认复发的"),
        C,
        recurrence_rate(WINDOW),
    ),
    Figure(
        "recurrence_rate_90",
        _l("复发率（90天）"),
        _l("办理满90天的称已解决事项中，90天内确认复发的"),
        C,
        recurrence_rate(3 * WINDOW),
    ),
    Figure("reopened_episodes", _l("重办轮次率"), _l("办理以后又重办的轮次 ÷ 办理过的轮次"), C, reopened_episodes),
    Figure("reopened_tickets", _l("重办率"), _l("重办过的事项 ÷ 有最终答复的事项"), C, reopened_tickets),
    Figure("once_done", _l("一次办结率"), _l("没有改派、退改、重办的 ÷ 办结满15天的事项"), C, once_done),
)
