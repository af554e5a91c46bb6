"""规则推演: a past term under other rules, beside what it really was. Reads only."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from liaison.access import Action, requires
from liaison.core import clock
from liaison.oversight.forms.simulation import SimulationForm
from liaison.oversight.queries import simulation as queries
from liaison.oversight.simulation import simulate
from liaison.oversight.views.pages import blueprint


@blueprint.get("/limits/simulation")
@requires(Action.MANAGE_LIMITS)
def simulation() -> Any:
    terms = queries.terms()
    form = SimulationForm(request.args, terms)
    term = next((term for term in terms if str(term.id) == form.term.data), None)
    is_asked = "term" in request.args
    if not is_asked or term is None or not form.validate():
        status = 422 if is_asked and form.errors else 200
        return render_template("oversight/simulation.html", form=form, terms=terms, report=None), status
    report = simulate(term, form.scenario(), until=clock.now())
    return render_template("oversight/simulation.html", form=form, terms=terms, report=report)
