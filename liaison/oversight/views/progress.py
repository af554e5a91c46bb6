"""完成情况, for the office: person by requirement, as a page and as the workbook 条目完成表.

Nobody else sees two people side by side (domain.md §2.3, promise B26).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from liaison.access import Action, requires
from liaison.contacts.queries.present import Present, present
from liaison.core import files
from liaison.core.clock import today
from liaison.core.db import reading
from liaison.core.language import in_chinese
from liaison.oversight import duties as words
from liaison.oversight import tenures
from liaison.oversight.forms.exports import PurposeForm
from liaison.oversight.papers import mark_of
from liaison.oversight.progress_rows import Codes, Row
from liaison.oversight.queries import progress_table
from liaison.oversight.rule_words import span_words
from liaison.oversight.views.duties import behind, periods
from liaison.oversight.views.handing_out import record_file
from liaison.oversight.views.pages import blueprint
from liaison.oversight.views.written_files import KIND, written
from liaison.people.actor import me
from liaison.people.recent import require_recent
from liaison.programmes.in_force import Known, known
from liaison.programmes.reckoning import Line, Rule, Span
from liaison.programmes.words import Period

UPDATING = "名册、校历或制度刚有变动，部分数字正在更新。"


@dataclass(frozen=True)
class Asked:
    """Which programme, which period; and between which of them one may choose."""

    kept: Known
    spans: list[Span]
    span: Span
    programmes: Sequence[Any]
    programme: str

    @property
    def here(self) -> dict[str, Any]:
        return {"programme": self.programme, "period": self.span.key}

    @property
    def of_whom(self) -> tuple[str, str, date, date]:
        return self.programme, self.span.key, self.span.first, self.span.last

    @property
    def title(self) -> str:
        return next((row.title for row in self.programmes if row.code == self.programme), "")

    def present(self, rows: Sequence[Any]) -> Present:
        """How far these people are, in the lines of this programme."""
        year = self.kept.school.academic_year(today())
        found = present([row.person_id for row in rows], year, self.span.key, self.kept)
        mine = {one: [line for line in lines if line.programme == self.programme] for one, lines in found.lines.items()}
        return Present(mine, found.is_current, found.facts)

    def columns(self, people: Sequence[Sequence[Line]]) -> dict[Codes, Rule]:
        """The requirements of these people, in the order of the programme."""
        found = {line.codes: line.rule for lines in people for line in lines}
        groups = self.kept.book.groups
        return {codes: found[codes] for codes in sorted(found, key=lambda one: groups.index((self.programme, one)))}


@blueprint.get("/progress")
@requires(Action.VIEW_PROGRESS)
def progress_table_page() -> str:
    """Fifty people of one programme in one period."""
    return _page(PurposeForm(formdata=None))


@blueprint.post("/progress")
@requires(Action.VIEW_PROGRESS)
@require_recent
def export_progress() -> Any:
    """All of them as a workbook."""
    form, asked = PurposeForm(), _asked()
    if not form.validate():
        return _page(form), 422
    return written("progress", lambda token, _told: _write(asked, form.purpose.data or "", token))


@blueprint.get("/progress/<int(max=9999999999):person>/<code>/<period>")
@requires(Action.VIEW_PROGRESS)
def credited(person: int, code: str, period: str) -> str:
    """The contacts behind a number of the table."""
    return behind(person, code, period)


def _page(form: PurposeForm) -> str:
    asked = _asked()
    page = progress_table.people(*asked.of_whom, request.args)
    shown = asked.present(page.rows)
    columns = asked.columns(list(shown.lines.values()))
    return render_template(
        "oversight/progress.html",
        page=page,
        rows=[(row, [_cell(shown.lines[row.person_id], codes) for codes in columns]) for row in page.rows],
        columns=list(columns.values()),
        asked=asked,
        programme_tabs=[
            _tab(row.title, row.code == asked.programme, asked, programme=row.code) for row in asked.programmes
        ],
        period_tabs=[_tab(span_words(one), one.key == asked.span.key, asked, period=one.key) for one in asked.spans],
        span_words=span_words(asked.span),
        is_current=shown.is_current,
        tenure=lambda person, line: tenures.words(line, shown.facts[person], asked.kept),
        newer_url=url_for("oversight.progress_table_page", **asked.here, before=page.before) if page.before else None,
        older_url=url_for("oversight.progress_table_page", **asked.here, after=page.after) if page.after else None,
        form=form,
    )


def _write(asked: Asked, purpose: str, token: str) -> str:
    from liaison.oversight import progress_sheet  # Excel's library: only who prints waits for it

    with in_chinese(), files.filling(me().id, token, KIND) as file:
        period = span_words(asked.span)
        with reading():
            people, is_current = _everybody(asked)
        said = [f"条目完成表：{asked.title}", period, mark_of(me(), purpose=purpose), "" if is_current else UPDATING]
        progress_sheet.write(people, asked.columns([one.lines for one in people]), today(), file, said)
        record_file(file, "progress", f"{asked.programme} {asked.span.key}", purpose, rows=len(people))
        return f"条目完成表 {asked.title} {period}"


def _everybody(asked: Asked) -> tuple[list[Row], bool]:
    """Page by page of the table, so that no statement asks for two thousand people; and whether all is of now."""
    found: list[Row] = []
    is_current = True
    for page in progress_table.pages(*asked.of_whom):
        shown = asked.present(page.rows)
        is_current = is_current and shown.is_current
        for person in page.rows:
            lines, facts = shown.lines[person.person_id], shown.facts[person.person_id]
            since = tuple((line.rule.title, tenures.words(line, facts, asked.kept)) for line in lines)
            found.append(Row(person.name, person.title, tuple(lines), since))
    return found, is_current


def _asked() -> Asked:
    """What the address asks for; what nobody knows becomes the first programme and the present month."""
    kept = known()
    spans, programmes = periods(kept), progress_table.programmes()
    months = [one for one in spans if one.sort is Period.MONTH]
    span = next((one for one in spans if one.key == request.args.get("period")), months[-1])
    codes = [row.code for row in programmes]
    wanted = request.args.get("programme", "")
    return Asked(kept, spans, span, programmes, wanted if wanted in codes else (codes[0] if codes else ""))


def _tab(label: str, is_current: bool, asked: Asked, **other: str) -> dict[str, Any]:
    url = url_for("oversight.progress_table_page", **(asked.here | other))
    return {"url": url, "label": label, "current": is_current}


def _cell(lines: Sequence[Line], codes: Codes) -> words.Duty | None:
    return next((words.duty(line, today()) for line in lines if line.codes == codes), None)
