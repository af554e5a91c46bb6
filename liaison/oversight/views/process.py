"""流程: the real flow beside the table of moves; and its events for the tools of process mining."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from flask import Response, render_template, request, stream_with_context

from liaison.access import Action, may, requires, units_of
from liaison.audit import actions as audit
from liaison.core.db import db, reading
from liaison.oversight.forms.process import EventsForm, PeriodForm
from liaison.oversight.process import WRITERS
from liaison.oversight.process.cases import cases
from liaison.oversight.process.chart import chart
from liaison.oversight.process.flow import flow
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent


@blueprint.get("/process")
@requires(Action.VIEW_FIGURES)
def process() -> str:
    """The office sees all of it, a head what his units led."""
    return _page(PeriodForm(request.args))


@blueprint.post("/process/events")
@requires(Action.EXPORT_EVENTS)
@require_recent
def export_events() -> Any:
    """The file leaves while it is written; that it was asked for, and what for, is recorded before."""
    form = EventsForm()
    if not form.validate():
        return _page(PeriodForm(request.args), form), 422
    scope, writer = form.scope(), WRITERS[form.format.data]
    first, last = scope.first.isoformat(), scope.last.isoformat()
    audit.append(me().id, "events.exported", object=form.format.data, text=form.purpose.data, first=first, last=last)
    db.session.commit()
    name = f"liaison-{scope.first:%Y%m%d}-{scope.last:%Y%m%d}.{writer.ENDING}"
    response = Response(stream_with_context(_pieces(writer, scope)), mimetype=writer.MIME)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _pieces(writer: ModuleType, scope: Any) -> Iterator[str]:
    """The file, while it is read from the archive: as long as somebody downloads, and nobody's write waits for it."""
    with reading():
        yield from writer.written(cases(scope))


def _page(form: PeriodForm, events: EventsForm | None = None) -> str:
    scope, units = form.scope(), units_of(me(), Action.VIEW_FIGURES)
    found = flow(scope, units)
    data = {"first": scope.first, "last": scope.last}
    return render_template(
        "oversight/process.html",
        form=form,
        scope=scope,
        flow=found,
        chart=chart(found),
        medians={one.state: one.median for one in found.waits if not one.is_urgent},
        sees_all=units is None,
        events=(events or EventsForm(formdata=None, data=data)) if may(me(), Action.EXPORT_EVENTS) else None,
    )
