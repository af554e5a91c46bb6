"""Every figure of a period at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.printing import is_hidden, printed
from liaison.oversight.figures.results import Result
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.world import World, world_of, world_of_his
from liaison.oversight.queries.figures import material

COUNTS = ("numerator", "denominator", "not_due", "left_out")


def world(
    scope: Scope,
    units: Collection[int] | None = None,
    views: Collection[View] = tuple(View),
    *,
    with_errands: bool = True,
) -> World:
    """Read what the figures of a period need. `units`: of what these lead; `views`: the sets that are asked for;
    `with_errands`: what others than the lead unit owed, and the contacts."""
    with_outings = with_errands and units is None and View.FLOW in views
    rows = material(scope, views, with_errands=with_errands, with_outings=with_outings)
    return world_of(scope, rows, units)


def world_of_one(scope: Scope, tickets: Mapping[int, bool]) -> World:
    """Of what one person brought in: these tickets, and which of them he filed himself."""
    return world_of_his(scope, material(scope, of=tickets, with_errands=False), tickets)


def computed(known: World, wanted: Iterable[Figure] = CATALOGUE) -> list[tuple[Figure, Result]]:
    """Figures with their results, in the order asked for."""
    return [(one, one.count(known)) for one in wanted]


def as_plain(figure: Figure, result: Result) -> dict[str, Any]:
    """For JSON: everything that proves the number; nothing of one that may not be told."""
    plain: dict[str, Any] = {
        "key": figure.key,
        "name": str(figure.name),
        "formula": str(figure.formula),
        "view": figure.view.value,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "not_due": result.not_due,
        "left_out": dict(result.left_out),
        "printed": printed(figure, result),
    }
    if is_hidden(figure, result):
        return plain | dict.fromkeys(COUNTS) | {"tickets": []}
    if result.is_quantile:
        plain["days"] = result.days
    elif result.per_mille is not None:
        plain["percent"] = result.per_mille / 10
    if figure.has_interval and result.interval:
        plain["wilson"] = [round(100 * end, 1) for end in result.interval]
    if result.parts:
        plain["parts"] = dict(result.parts)
    return plain | {"tickets": [one.number for one in result.tickets if one.is_named]}
