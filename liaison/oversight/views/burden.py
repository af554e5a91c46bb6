"""负担台账, for the office: what the system asked of everybody in a month, and what each field is asked for."""

from __future__ import annotations

from flask import render_template, request

from liaison.access import Action, requires
from liaison.oversight import burden as asked
from liaison.oversight.forms.figures import ScopeForm
from liaison.oversight.queries import burden as queries
from liaison.oversight.views.pages import blueprint


@blueprint.get("/burden")
@requires(Action.VIEW_REPORTS)
def burden() -> str:
    form = ScopeForm(request.args)
    month = form.scope()
    by_staff, by_nobody = queries.moves(month)
    return render_template(
        "oversight/burden.html",
        form=form,
        shares=asked.shares(by_staff | queries.beside(month), by_nobody),
        notices=queries.notices(month),
        uses=asked.uses(),
    )
