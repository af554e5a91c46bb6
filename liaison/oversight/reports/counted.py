"""The figures of one period for its report: those that were locked where the month is locked, else as counted now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import BY_NAME, CATALOGUE, figure
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.printing import is_hidden, printed
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.results import Result
from liaison.oversight.figures.world import World
from liaison.oversight.reports.blocks import Column, Share, Table
from liaison.oversight.reports.stored import result_of

BY_NUMBER = {"oldest", "voices"}  # parts that call tickets by number


@dataclass(frozen=True)
class Counted:
    """`results` by closed_rate.cohort; `world` for what is asked of single units and matters."""

    world: World
    results: Mapping[str, Result]

    def of(self, key: str, view: View = View.COHORT) -> Result:
        return self.results[figure(key, view).name_in_address]

    def share(self, key: str, view: View = View.COHORT) -> Share:
        found = self.of(key, view)
        return Share(found.numerator or 0, found.denominator or 0)

    def number(self, key: str, view: View = View.COHORT) -> int:
        return self.of(key, view).numerator or 0


def counted(world: World, kept: Mapping[str, Any] | None) -> Counted:
    """`kept`: the snapshot's figures. One that the catalogue did not have then is counted now."""
    locked = {name: result_of(one) for name, one in (kept or {}).items()}
    return Counted(world, {name: locked.get(name) or one.count(world) for name, one in BY_NAME.items()})


def part(world: World, belongs: Iterable[Record]) -> World:
    """The same period for some of its tickets, with the voices they answer."""
    keys = {one.key for one in belongs}
    kept = {key: one for key, one in world.records.items() if key in keys}
    return World(world.scope, kept, [one for one in world.voices if one.lead.key in keys])


def annex(known: Counted) -> Table:
    """指标表: every figure with what proves it."""
    columns = (
        ("指标", 14),
        ("数值", 8),
        ("分子", 6),
        ("分母", 6),
        ("期限未到", 6),
        ("不计", 5),
        ("范围", 8),
        ("怎样算", 30),
    )
    numbers = {"分子", "分母", "期限未到", "不计"}
    heads = tuple(Column(name, width, is_number=name in numbers) for name, width in columns)
    rows = tuple(_row(one, known.results[one.name_in_address]) for one in CATALOGUE)
    return Table("指标表", heads, rows, "分母不满 10 的只写分子和分母；评价不满 5 份的不写比率。", is_annex=True)


def _row(one: Figure, result: Result) -> tuple[str | int, ...]:
    known = (result.numerator, result.denominator, result.not_due, sum(result.left_out.values()))
    counts = ["—" if value is None or is_hidden(one, result) else value for value in known]
    return str(one.name), printed(one, result), *counts, one.view.label, str(one.formula)


def plain_figures(known: Counted) -> tuple[dict[str, Any], ...]:
    """For JSON, without the tickets behind them: a number of a restricted matter stands in no paper."""
    return tuple(_plain(one, known.results[one.name_in_address]) for one in CATALOGUE)


def _plain(one: Figure, result: Result) -> dict[str, Any]:
    plain = computing.as_plain(one, result)
    parts = {name: value for name, value in plain.pop("parts", {}).items() if name not in BY_NUMBER}
    del plain["tickets"]
    return plain | ({"parts": parts} if parts else {})
