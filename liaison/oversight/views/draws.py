"""抽签公示: the hash first, the seed at the end of the month, the list – so that anybody can draw again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, render_template

from liaison.access import Action, requires
from liaison.core.errors import NotVisible
from liaison.oversight.views.pages import blueprint
from liaison.tickets.actions.sampling import key_of
from liaison.tickets.models.draws import Draw
from liaison.tickets.queries import draws as queries


@blueprint.get("/draws")
@requires(Action.VIEW_DRAWS)
def draws() -> str:
    return render_template("oversight/draws.html", months=queries.months())


@blueprint.get("/draws/<month>")
@requires(Action.VIEW_DRAWS)
def draw(month: str) -> str:
    """One month. Before its end nobody reads the seed, nor which of the answers were drawn."""
    found = _load(month)
    lots = queries.listed(found.id) if found.frozen_at else []
    return render_template(
        "oversight/draw.html",
        draw=found,
        lots=[(lot, f"{key_of(found.seed, lot.number, lot.episode):.4f}") for lot in lots],
        beside=queries.counts_beside(found.id) if found.frozen_at else [],
        drawn=sum(lot.why is not None for lot in lots),
    )


@blueprint.get("/draws/<month>/list.csv")
@requires(Action.VIEW_DRAWS)
def draw_list(month: str) -> Response:
    """The frozen list, byte for byte what was hashed."""
    found = _load(month)
    if not found.frozen_at:
        raise NotVisible(month)
    return _file(f"{month}.csv", queries.listed(found.id))


def _file(name: str, lots: Sequence[Any]) -> Response:
    response = Response(queries.as_text(lots), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _load(month: str) -> Draw:
    try:
        found = queries.of_month(date.fromisoformat(f"{month}-01"))
    except ValueError:
        found = None
    if found is None:
        raise NotVisible(month)
    return found
