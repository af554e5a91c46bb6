"""我的任务: what the rules still ask of me, and the contacts behind each number."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.contacts.queries import lists
from liaison.contacts.queries.present import present
from liaison.core.clock import today
from liaison.core.errors import NotVisible
from liaison.oversight import duties as words
from liaison.oversight import tenures
from liaison.oversight.queries import progress_table
from liaison.oversight.rule_words import span_words
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.programmes.in_force import Known, known
from liaison.programmes.reckoning import Line, Span
from liaison.programmes.words import Period

PERIODS = (Period.MONTH, Period.TERM, Period.HALF_YEAR, Period.ACADEMIC_YEAR, Period.CALENDAR_YEAR)


@blueprint.get("/duties")
@requires(Action.VIEW_DUTIES)
def duties() -> str:
    """One phone screen: what is still asked of me, and one tap to plan or to record it."""
    mine, kept = me().id or 0, known()
    found = present([mine], kept.school.academic_year(today()), kept=kept)
    lines, facts = found.lines[mine], found.facts[mine]
    since = tenures.common([line for line in lines if today() in line.span], facts, kept)
    said = tenures.shares if since else tenures.words
    return render_template(
        "oversight/duties.html",
        asked=words.asked(lines, today()),
        since=since,
        tenure=lambda line: said(line, facts, kept),
    )


@blueprint.get("/duties/<code>/<period>")
@requires(Action.VIEW_DUTIES)
def duty(code: str, period: str) -> str:
    """The contacts behind one of my own numbers."""
    return behind(me().id or 0, code, period)


def behind(person_id: int, code: str, period: str) -> str:
    """The page of what counts, of what waits and of what does not."""
    line, tenure = _line(person_id, code, period)
    who = progress_table.name_of(person_id)
    rows = {row.id: row for row in lists.of_ids([*line.credited, *line.waiting, *line.voluntary, *line.short])}
    groups = [
        (_("计入"), line.credited),
        (_("待本人确认，还没有计入"), line.waiting),
        (_("自愿：那时没有要求"), line.voluntary),
        (_("时间不足半天，只列出"), line.short),
    ]
    return render_template(
        "oversight/credited.html",
        duty=words.duty(line, today()),
        rule=line.rule,
        who=who,
        tenure=tenure,
        span_words=span_words(line.span),
        groups=[(title, [rows[one] for one in ids if one in rows]) for title, ids in groups if ids],
    )


def _line(person_id: int, code: str, period: str) -> tuple[Line, str]:
    """The line, and why it asks for less than the whole where it does."""
    kept = known()
    if period not in {span.key for span in periods(kept)}:
        raise NotVisible(period)
    year = kept.school.academic_year(today())
    shown = present([person_id], year, period, kept)
    found = next((line for line in shown.lines[person_id] if code in line.codes), None)
    if found is None:
        raise NotVisible(code)
    return found, tenures.words(found, shown.facts[person_id], kept)


def periods(kept: Known) -> list[Span]:
    """The periods of the present year that have begun."""
    spans = kept.school.spans(kept.school.academic_year(today()))
    return [span for span in spans if span.sort in PERIODS and span.first <= today()]
