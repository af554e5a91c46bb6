"""党组织联系学生及解决问题情况表: which there are, one as it prints, and the same as Word and Excel."""

from __future__ import annotations

from typing import Any

from flask import render_template

from liaison.access import Action, requires, units_of
from liaison.core.errors import NotVisible
from liaison.oversight.forms.exports import ExportForm
from liaison.oversight.papers import EXCEL, WORD
from liaison.oversight.queries import party_tables as queries
from liaison.oversight.queries import reports
from liaison.oversight.reports import periods
from liaison.oversight.reports.party_table import party_table
from liaison.oversight.reports.periods import ReportPeriod
from liaison.oversight.reports.words import Sort
from liaison.oversight.views.handing_out import hand_out
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent


@blueprint.get("/party-tables")
@requires(Action.VIEW_PARTY_TABLES)
def party_tables() -> str:
    """Of each organisation the terms and years; a head sees his own college's, of no college nothing."""
    units = queries.organisations(units_of(me(), Action.VIEW_PARTY_TABLES))
    longer = [one for one in periods.listed() if one.sort is not Sort.MONTH]
    return render_template("oversight/party_tables.html", units=units, periods=longer)


@blueprint.get("/party-tables/<code>/<period>", endpoint="party_table")
@requires(Action.VIEW_PARTY_TABLES)
def party_table_page(code: str, period: str) -> str:
    return _page(_unit(code), _period(period))


@blueprint.post("/party-tables/<code>/<period>")
@requires(Action.VIEW_PARTY_TABLES)
@require_recent
def export_party_table(code: str, period: str) -> Any:
    unit, one, form = _unit(code), _period(period), ExportForm()
    if not form.validate():
        return _page(unit, one, form), 422
    paper, purpose = party_table(unit, one, me()), form.purpose.data or ""
    said = (paper.title, "party_table", paper.key, purpose)
    if form.as_what.data == "xlsx":
        from liaison.oversight import report_sheet  # Excel's library: only who prints waits for it

        return hand_out(lambda file: report_sheet.write(paper, file, me(), purpose), EXCEL, *said)
    from liaison.oversight import party_document  # Word's library likewise

    return hand_out(party_document.written(paper, me(), purpose), WORD, *said)


def _unit(code: str) -> Any:
    return queries.load(code, units_of(me(), Action.VIEW_PARTY_TABLES))


def _period(key: str) -> ReportPeriod:
    """A term or a year, or NotVisible."""
    found = reports.period(key)
    if found.sort is Sort.MONTH:
        raise NotVisible(key)
    return found


def _page(unit: Any, period: ReportPeriod, form: ExportForm | None = None) -> str:
    return render_template(
        "oversight/party_table.html",
        unit=unit,
        period=period,
        paper=party_table(unit, period, me()),
        form=form or ExportForm(formdata=None),
    )
