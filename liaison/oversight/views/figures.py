"""数据: the figures of a month as of a day, each with its proof; each opens into its tickets. Reads only."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request

from liaison.access import Action, requires, units_of
from liaison.core.errors import NotVisible
from liaison.oversight.figures import computing, panels, showing
from liaison.oversight.figures.catalogue import BY_NAME
from liaison.oversight.figures.errand_figures import ERRANDS
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.outings import OUTINGS
from liaison.oversight.figures.records import Record
from liaison.oversight.figures.scope import Scope
from liaison.oversight.forms.figures import ScopeForm
from liaison.oversight.queries import figures as queries
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me

BESIDE_TICKETS = (*ERRANDS, *OUTINGS)  # counted from rows of their own


@blueprint.get("/figures")
@requires(Action.VIEW_FIGURES)
def figures() -> str:
    form = ScopeForm(request.args)
    scope, units = form.scope(), units_of(me(), Action.VIEW_FIGURES)
    world = computing.world(scope, units)
    return render_template(
        "oversight/figures.html",
        form=form,
        scope=scope,
        sees_all=units is None,
        facts=showing.facts(world),
        groups=showing.groups(world),
        units=showing.units(world, queries.units()) if units is None else [],
        stock=panels.bands(world, "open_stock"),
        kept={"month": f"{scope.first:%Y-%m}", "as_of": scope.as_of.isoformat()},
    )


@blueprint.get("/figures/<name>")
@requires(Action.VIEW_FIGURES)
def figure(name: str) -> str:
    """The tickets behind one figure."""
    chosen, scope = _figure(name), ScopeForm(request.args).scope()
    units, has_errands = units_of(me(), Action.VIEW_FIGURES), chosen in BESIDE_TICKETS
    shown = showing.line(chosen, computing.world(scope, units, [chosen.view], with_errands=has_errands))
    kept = {"month": f"{scope.first:%Y-%m}", "as_of": scope.as_of.isoformat()}
    return opened(shown, scope, ("oversight.figure", "oversight.figures"), kept)


def opened(
    shown: showing.Line,
    scope: Scope,
    ways: tuple[str, str],
    kept: dict[str, str],
    known_as: Callable[[Record], Record] = lambda record: record,
) -> str:
    """Page by page: those in the numerator, or those in the denominator only. `ways`: here, and back to all figures."""
    is_rest = request.args.get("part") == "rest"
    records = shown.result.rest if is_rest else shown.result.tickets
    page = showing.listed(records, **{way: request.args.get(way, type=int) for way in ("after", "before")})
    rows = [known_as(one) for one in page.rows]
    return render_template(
        "oversight/figure.html",
        shown=shown,
        scope=scope,
        page=page,
        rows=rows,
        is_rest=is_rest,
        numbers={"counted": showing.told(shown.result.tickets), "rest": showing.told(shown.result.rest)},
        titles=queries.titles([one.key for one in rows], me()),
        here=ways[0],
        back=ways[1],
        kept=kept,
    )


def _figure(name: str) -> Figure:
    """`on_time_final.due`: a key and its view."""
    if name not in BY_NAME:
        raise NotVisible(f"figure {name}")
    return BY_NAME[name]
