"""告知与评价: who was told, who has to be told still, what the holders of codes said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from liaison.core import clock
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.records import Rated, Record
from liaison.oversight.figures.results import Result, count, share
from liaison.oversight.figures.world import Heard, Said, World
from liaison.tickets.models.tickets import RESTRICTED_SERIES
from workflows.ticket_words import Channel

DEBT_AGES = (7, 14)  # natural days
CONTENT = 3


def told_over_outcome(world: World) -> Result:
    owed = [one for one in world.said() if one.is_owed and one.has_outcome]
    found = share(owed, lambda one: one.told_at is not None)
    channels = dict(Counter(one.channel.value for one in owed if one.channel))
    return replace(found, parts=channels)


def told_over_voices(world: World) -> Result:
    return share(
        (one for one in world.said() if one.is_owed),
        lambda one: one.has_outcome and one.told_at is not None,
    )


def debts(world: World) -> Result:
    """Voices with something to tell that have not heard of it, by age since it was there to tell."""
    owed = [one for one in world.voices if _is_untold(one)]
    due = [one for one in owed if is_due(one)]
    ages = [(world.scope.as_of - clock.local(ready_at(one)).date()).days for one in due]
    bands = {
        "≤7": sum(age <= DEBT_AGES[0] for age in ages),
        "8–14": sum(DEBT_AGES[0] < age <= DEBT_AGES[1] for age in ages),
        ">14": sum(age > DEBT_AGES[1] for age in ages),
    }
    return count(due, bands=bands, unreachable=dict(Counter(one.unreachable for one in owed if one.unreachable)))


def _is_untold(one: Said) -> bool:
    return one.is_owed and one.has_outcome and one.told_at is None


def is_due(one: Said) -> bool:
    """There is something to tell it, it has not heard, and nobody has said that it cannot be reached."""
    return _is_untold(one) and not one.unreachable


def ready_at(one: Said) -> datetime:
    """Since when there is something to tell."""
    ready = one.lead.handled.at if one.lead.handled else one.lead.redirected_at
    return ready or one.raised_at


def filer_told(world: World) -> Result:
    """Opening the page that shows the answer, of the present episode; what he was told of otherwise is no opening, and
    who settled it on the spot himself opens what the office has made of it. Merged ones are not counted (metrics.md
    §1); of one person's own, the matter that stands for his is."""
    asked = [one for one in world.voices if world.is_filed_here(one) and _may_be_opened(one.lead)]
    theirs, known = {one.lead.key for one in asked}, {one.lead.key for one in asked if one.is_known}
    closed = (one for one in world.cohort() if one.is_closed and one.key in theirs)
    return share(closed, lambda one: one.key in known)


def _may_be_opened(one: Record) -> bool:
    """Of a restricted matter its filer reads number, stage and day alone (domain.md §2.3). Its number and its events
    say whether it was one on that day: the level as it is now may be of a later one."""
    return "raise_level" not in one.done and not one.number.startswith(RESTRICTED_SERIES)


def rating_coverage(world: World) -> Result:
    return share((one for one in world.cohort() if one.handled), lambda one: bool(_last(one)))


def _last(one: Record) -> list[Rated]:
    """The ratings of its last episode."""
    return [rated for rated in one.ratings if rated.episode == one.episode]


def bounds(is_lower: bool) -> Callable[[World], Result]:
    """Per ticket, by its worst rating of the last episode; who is silent is neither."""

    def counted(world: World) -> Result:
        handled = [one for one in world.cohort() if one.handled]
        return share(handled, lambda one: _is_content(one) if is_lower else not _is_discontent(one))

    return counted


def _is_content(one: Record) -> bool:
    return bool(_last(one)) and min(rated.satisfied for rated in _last(one)) >= CONTENT


def _is_discontent(one: Record) -> bool:
    return bool(_last(one)) and not _is_content(one)


def satisfied(least: int) -> Callable[[World], Result]:
    return lambda world: share(world.ratings(), lambda pair: pair[1].satisfied >= least)


def self_solved(world: World) -> Result:
    found = world.ratings()
    partly = sum(rated.solved == "partly" for _one, rated in found)
    return replace(share(found, lambda pair: pair[1].solved == "yes"), parts={"partly": partly})


def rating_response(world: World) -> Result:
    """Each voice and episode told in the period: did its holder rate it?"""
    invited = [
        (one.lead, one.key, heard) for one in world.voices for heard in one.heard if _is_invited(one, heard, world)
    ]
    return share(invited, lambda it: any(r.voice_id == it[1] and r.episode == it[2].episode for r in it[0].ratings))


def _is_invited(one: Said, heard: Heard, world: World) -> bool:
    """Told by class or notice nobody is asked; an extract has no code."""
    is_alone = heard.channel not in {Channel.CLASS_MEETING, Channel.NOTICE}
    return is_alone and one.is_owed and not one.is_extract and world.scope.holds(heard.at)


def published(world: World) -> Result:
    """Of the tickets whose final answer somebody was told in the period: those whose page is public."""
    told = {one.lead.key: one.lead for one in world.voices for heard in one.heard if world.scope.holds(heard.at)}
    return share(told.values(), lambda one: one.is_closed and "publish" in one.done)


C, F = View.COHORT, View.FLOW
TELLING = (
    Figure(
        "told_over_outcome",
        _l("告知率"),
        _l("已告知的诉求 ÷ 已有结果的诉求；无法告知算未告知"),
        C,
        told_over_outcome,
    ),
    Figure("told_over_voices", _l("告知率（占全部）"), _l("已告知的诉求 ÷ 全部诉求，不含移交的"), C, told_over_voices),
    Figure("debts", _l("告知债"), _l("截至当日有结果而没有告知的诉求，按天数分开"), View.STOCK, debts),
    Figure(
        "filer_told",
        _l("提交人知悉率"),
        _l("提交人打开过本轮答复的 ÷ 已办结的事项；受限的不给提交人看，不计"),
        C,
        filer_told,
    ),
    Figure("published_share", _l("公开率"), _l("已公开的 ÷ 本期告知了最终答复的事项"), F, published),
    Figure("rating_response", _l("参评率"), _l("已评价的 ÷ 本期告知且持有查询码的诉求"), F, rating_response),
    Figure("rating_coverage", _l("评价覆盖"), _l("本轮有评价的 ÷ 有最终答复的事项"), C, rating_coverage),
    Figure(
        "self_solved",
        _l("自评解决率"),
        _l("自评已解决 ÷ 本期评价；不代替核实"),
        F,
        self_solved,
        has_interval=True,
        is_of_ratings=True,
    ),
    Figure(
        "satisfied_wide",
        _l("满意率"),
        _l("满意 3–5 档 ÷ 本期评价；未评价的不算"),
        F,
        satisfied(3),
        has_interval=True,
        is_of_ratings=True,
    ),
    Figure(
        "satisfied_strict",
        _l("严格满意率"),
        _l("满意 4–5 档 ÷ 本期评价；未评价的不算"),
        F,
        satisfied(4),
        has_interval=True,
        is_of_ratings=True,
    ),
    Figure(
        "satisfaction_lower", _l("满意下界"), _l("评价满意的事项 ÷ 有最终答复的事项，逐件取最低的评价"), C, bounds(True)
    ),
    Figure(
        "satisfaction_upper",
        _l("满意上界"),
        _l("没有评价不满意的事项 ÷ 有最终答复的事项，逐件取最低的评价"),
        C,
        bounds(False),
    ),
)
