"""校历: terms, holidays and shifted workdays, versions; a sheet is looked through, then confirmed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.calendars import in_force, published, queries, sheets
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.core.spreadsheets import Unreadable
from liaison.oversight.actions import calendar as actions
from liaison.oversight.carried import Carried, unwrap, wrap
from liaison.oversight.forms.calendar import ConfirmForm, UploadForm
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me


@blueprint.get("/calendar")
@requires(Action.MANAGE_CALENDAR)
def calendar() -> str:
    return _page(UploadForm(formdata=None))


@blueprint.post("/calendar/preview")
@requires(Action.MANAGE_CALENDAR)
def preview_calendar() -> Any:
    """预检: what the sheet holds, what is wrong with it, which limits would move. Nothing stays written."""
    if "program" in request.form:
        return _previewed([], [], _("程序自带的节假日表"))
    form = UploadForm()
    if not form.validate():
        return _page(form), 422
    try:
        found = sheets.read(form.file.data.read())
    except Unreadable as refused:
        form.file.errors = [refused.message]
        return _page(form), 422
    if found.faults:
        return render_template("oversight/calendar_faults.html", found=found), 422
    return _previewed(found.terms, found.days, (form.file.data.filename or "")[:80], found.unused)


@blueprint.post("/calendar/confirm")
@requires(Action.MANAGE_CALENDAR)
def confirm_calendar() -> Any:
    """确认: a new version in force, provisional limits counted again, all in one transaction."""
    carried = unwrap(ConfirmForm().rows.data or "", me())
    if carried is None:
        raise Conflict(_("预检的内容不完整，请重新选一次文件。"))
    result = actions.save(carried.terms, carried.days, me(), base=carried.base, note=carried.note)
    db.session.commit()
    in_force.renew()
    flash(
        _(
            "校历 %(label)s 已启用，%(n)s 件事项的期限按它重算。",
            label=result.label,
            n=len(result.moved) + result.not_named,
        )
    )
    return redirect(url_for("oversight.calendar"), 303)


def _previewed(terms: list[Any], days: list[Any], note: str, unused: list[str] | None = None) -> str:
    base = in_force.calendar().label
    result = actions.save(terms, days, me(), base=base, note=note)
    db.session.rollback()  # it was done to be looked at
    rows = wrap(Carried(terms, days, base, note), me())
    return render_template(
        "oversight/calendar_preview.html",
        form=ConfirmForm(formdata=None, rows=rows),
        result=result,
        terms=terms,
        days=days,
        note=note,
        unused=unused or [],
        may_open=may(me(), Action.VIEW_TICKETS),
    )


def _page(form: UploadForm) -> str:
    present = in_force.calendar()
    years = sorted(year for year in present.published if year >= present.last_published_day.year - 2)
    return render_template(
        "oversight/calendar.html",
        form=form,
        present=present,
        terms=queries.terms(),
        years=[(year, _days_of(year)) for year in reversed(years)],
        versions=queries.versions(),
        waiting=sorted(published.years() - present.published),
    )


def _days_of(year: int) -> list[tuple[Any, str, str]]:
    """The exceptions in force: day, 休 or 班, name."""
    calendar = in_force.calendar()
    off = [(day, _(published.ExceptionKind.OFF.label)) for day in calendar.off if day.year == year]
    work = [(day, _(published.ExceptionKind.WORK.label)) for day in calendar.shifted if day.year == year]
    return [(day, kind, calendar.names.get(day, "")) for day, kind in sorted(off + work)]
