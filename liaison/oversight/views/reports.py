"""月报、学期报告、年度报告: the list, one as page, its words, its end, and the same as Word, Excel and JSON."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.oversight.actions import reports as actions
from liaison.oversight.forms.exports import DataForm, ExportForm
from liaison.oversight.forms.reports import FinaliseForm, WordsForm, words_form
from liaison.oversight.papers import EXCEL, WORD, mark_of
from liaison.oversight.queries import reports as queries
from liaison.oversight.reports.blocks import Report, as_plain
from liaison.oversight.reports.making import LENGTHS
from liaison.oversight.reports.periods import ReportPeriod
from liaison.oversight.reports.words import Sort
from liaison.oversight.views.handing_out import hand_out, record
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent
from workflows.monthly import State


@blueprint.get("/reports")
@requires(Action.VIEW_REPORTS)
def reports() -> str:
    """Those of the last two years; below them, page by page, what was written before."""
    older = queries.older(request.args)
    rows = [] if older.before else queries.listed()
    return render_template(
        "oversight/reports.html",
        rows=[*rows, *queries.with_periods(older.rows)],
        newer_url=url_for("oversight.reports", before=older.before) if older.before else None,
        older_url=url_for("oversight.reports", after=older.after) if older.after else None,
    )


@blueprint.get("/reports/<period>")
@requires(Action.VIEW_REPORTS)
def report(period: str) -> str:
    return _page(queries.period(period))


@blueprint.post("/reports/<period>/words")
@requires(Action.WRITE_REPORTS)
def write_report(period: str) -> Any:
    """修改文字."""
    one = queries.period(period)
    form = words_form(one.sort)
    if not form.validate():
        return _page(one, words=form), 422
    return _done(one, form, lambda: actions.write(me(), one, version=form.version.data or 0, **form.given()))


@blueprint.post("/reports/<period>/finalise")
@requires(Action.WRITE_REPORTS)
@require_recent
def finalise_report(period: str) -> Any:
    """定稿: no way back."""
    one, form = queries.period(period), FinaliseForm()
    if not form.validate():
        return _page(one), 422
    return _done(one, form, lambda: actions.finalise(me(), one, version=form.version.data or 0))


@blueprint.post("/reports/<period>/export")
@requires(Action.VIEW_REPORTS)
@require_recent
def export_report(period: str) -> Any:
    one, form = queries.period(period), ExportForm()
    if not form.validate():
        return _page(one, export=form), 422
    row = queries.row_of(one.key)
    found, purpose = queries.printed(one, row), form.purpose.data or ""
    said = ("report", one.key, purpose)
    if form.as_what.data == "xlsx":
        from liaison.oversight import report_sheet  # Excel's library: only who prints waits for it

        return hand_out(lambda file: report_sheet.write(found, file, me(), purpose), EXCEL, found.title, *said)
    from liaison.oversight import report_document  # Word's library likewise

    content = report_document.written(found, me(), purpose, finalised_at=row.finalised_at if row else None)
    return hand_out(content, WORD, found.title, *said)


@blueprint.get("/reports/<period>/data")
@requires(Action.VIEW_REPORTS)
def report_data(period: str) -> Any:
    """The same for programs: `?purpose=` says what for, as everybody else has to."""
    one, form = queries.period(period), DataForm(request.args)
    if not form.validate():
        return jsonify(errors=form.errors), 422
    plain = as_plain(queries.printed(one, queries.row_of(one.key)))
    record("report", one.key, form.purpose.data or "", as_what="json")
    return jsonify(plain)


def _done(one: ReportPeriod, form: FinaliseForm, deed: Any) -> Any:
    try:
        deed()
        db.session.commit()
    except Conflict as refused:
        db.session.rollback()
        row = queries.row_of(one.key)
        form.look_at(row.version if row else 0)
        return _page(one, words=form if isinstance(form, WordsForm) else None, refused=refused.message), 409
    flash(_("已保存。"))
    return redirect(url_for("oversight.report", period=one.key), 303)


def _page(one: ReportPeriod, *, words: Any = None, export: Any = None, refused: str = "") -> str:
    row = queries.row_of(one.key)
    found: Report = queries.printed(one, row)
    may_write = row is not None and row.state is State.DRAFT and may(me(), Action.WRITE_REPORTS)
    form = (words or words_form(one.sort, row)) if may_write else None
    return render_template(
        "oversight/report.html",
        period=one,
        report=found,
        row=row,
        words=form,
        most=LENGTHS.get(one.sort),
        refused=refused,
        export=export or ExportForm(formdata=None),
        figure_urls=_figure_urls(found) if one.sort is Sort.MONTH else (),
        mark=mark_of(me(), found.cut_off),
    )


def _figure_urls(found: Report) -> list[str]:
    """What proves each row of the 指标表: the page of its figure."""
    here: dict[str, Any] = {"month": found.key, "as_of": found.as_of.isoformat()}
    return [url_for("oversight.figure", name=f"{one['key']}.{one['view']}", **here) for one in found.figures]
