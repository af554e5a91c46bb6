"""看板: one screen for the office, and for a head his own unit's. Reads only; every number opens into its list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import render_template, url_for

from liaison.access import Action, requires, units_of
from liaison.core import clock
from liaison.oversight.figures import computing, panels, periods, showing
from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.scope import month
from liaison.oversight.queries import dashboard as queries
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.tickets.queries import queue


@blueprint.get("/dashboard")
@requires(Action.VIEW_FIGURES)
def dashboard() -> str:
    today = clock.today()
    scope, of = month(today, today), units_of(me(), Action.VIEW_FIGURES)
    world = computing.world(scope, of, with_errands=False)
    oldest = panels.oldest(world)
    names = queries.names(panels.named_places(world), [one.record.key for one in oldest], me())
    return render_template(
        "oversight/dashboard.html",
        scope=scope,
        sees_all=of is None,
        waiting=_waiting(),
        load=panels.load(world, today),
        stages=panels.stages(world),
        facts=showing.facts(world),
        stock=panels.bands(world, "open_stock"),
        oldest=oldest,
        titles=names["ticket"],
        parts=panels.parts(world),
        debts=panels.bands(world, "debts"),
        told=showing.line(figure("told_over_outcome"), world),
        owed=showing.line(figure("debts", View.STOCK), world),
        wait=panels.wait(world),
        categories=panels.by_category(world, names["category"]),
        places=panels.by_place(world, names["place"]),
        units=showing.units(world, names["unit"]) if of is None else [],
        compared=_compared(of),
        kept={"month": f"{scope.first:%Y-%m}", "as_of": scope.as_of.isoformat()},
    )


def _waiting() -> list[dict[str, Any]]:
    """The tabs of the queue in which something waits for this person, each with its number and address."""
    tabs = queue.tabs(me())
    counts = queue.counts(me()) if tabs else {}
    return [
        {"url": url_for("tickets.queue", tab=tab.key), "label": tab.label, "count": counts[tab.key]}
        for tab in tabs
        if counts.get(tab.key)
    ]


def _compared(units: Collection[int] | None) -> list[tuple[Any, list[queries.Counted]]]:
    """The pairs of periods with what was counted in each."""
    pairs = periods.pairs(clock.today(), queries.begun(clock.today()))
    found = queries.counted([scope for pair in pairs for scope in pair.scopes], units)
    return [(pair.words, found[2 * n : 2 * n + 2]) for n, pair in enumerate(pairs)]
