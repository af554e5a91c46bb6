"""数据: the figures of a month as of a day, each with its proof; each opens into its tickets. Reads only."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request

from liaison.access import Action, Scope, requires, scopes
from liaison.core.errors import NotVisible
from liaison.oversight.figures import computing, showing
from liaison.oversight.figures.catalogue import CATALOGUE
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.records import Record
from liaison.oversight.forms.figures import ScopeForm
from liaison.oversight.queries import figures as queries
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import Actor, me
from liaison.people.words import Role


@blueprint.get("/figures")
@requires(Action.VIEW_FIGURES)
def figures() -> str:
    form = ScopeForm(request.args)
    scope, is_all = form.scope(), sees_all(me())
    world = computing.world(scope, counts_for(me()))
    return render_template(
        "oversight/figures.html",
        form=form,
        scope=scope,
        sees_all=is_all,
        facts=showing.facts(world),
        groups=showing.groups(world),
        units=showing.units(world, queries.units()) if is_all else [],
        stock=showing.stock(world),
        kept={"month": f"{scope.first:%Y-%m}", "as_of": scope.as_of.isoformat()},
    )


@blueprint.get("/figures/<name>")
@requires(Action.VIEW_FIGURES)
def figure(name: str) -> str:
    """The tickets behind one figure, page by page: those in the numerator, or those in the denominator only."""
    chosen, form = _figure(name), ScopeForm(request.args)
    scope, is_rest = form.scope(), request.args.get("part") == "rest"
    shown = showing.line(chosen, computing.world(scope, counts_for(me()), [chosen.view]))
    records = shown.result.rest if is_rest else shown.result.tickets
    page = showing.listed(records, **{way: request.args.get(way, type=int) for way in ("after", "before")})
    return render_template(
        "oversight/figure.html",
        shown=shown,
        scope=scope,
        page=page,
        is_rest=is_rest,
        numbers={"counted": showing.told(shown.result.tickets), "rest": showing.told(shown.result.rest)},
        titles=queries.titles([one.key for one in page.rows], me()),
        kept={"month": f"{scope.first:%Y-%m}", "as_of": scope.as_of.isoformat()},
    )


def _figure(name: str) -> Figure:
    """`on_time_final.due`: a key and its view."""
    found = next((one for one in CATALOGUE if f"{one.key}.{one.view.value}" == name), None)
    if found is None:
        raise NotVisible(f"figure {name}")
    return found


def sees_all(actor: Actor) -> bool:
    return Scope.ALL in scopes(actor, Action.VIEW_FIGURES)


def counts_for(actor: Actor) -> Callable[[Record], bool] | None:
    """A head has the figures of his units, restricted matters left out: they appear in large totals only."""
    if sees_all(actor):
        return None
    own = actor.at(Role.HEAD)
    return lambda record: record.is_named and record.unit_id in own
