"""Which periods there are reports of: 2026-11 · 2026-2027-1 · 2026-2027. Terms and years are those of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liaison.core.clock import today
from liaison.core.language import gettext as _
from liaison.oversight.figures.scope import Scope
from liaison.oversight.reports.words import Sort
from liaison.programmes.in_force import known
from liaison.programmes.reckoning import Span, spans
from liaison.programmes.words import Period

SHOWN = 24  # months, with the terms and years that touch them
EARLIEST = 2000  # what an address may ask for
SORTS = {Period.MONTH: Sort.MONTH, Period.TERM: Sort.TERM, Period.ACADEMIC_YEAR: Sort.YEAR}


@dataclass(frozen=True)
class ReportPeriod:
    """Its key as in an address, its days, its name as on the paper."""

    sort: Sort
    key: str
    first: date
    last: date
    name: str

    @property
    def scope(self) -> Scope:
        """Looked at on its last day; while it runs, today."""
        return Scope(self.first, self.last, min(self.last, today()))

    @property
    def is_over(self) -> bool:
        return self.last < today()

    @property
    def label(self) -> str:
        """Its name on a page, in the language of its reader."""
        if self.sort is Sort.MONTH:
            return _("%(year)s年%(month)s月", year=self.first.year, month=self.first.month)
        return _("%(year)s 学年", year=self.key) if self.sort is Sort.YEAR else self.name

    @property
    def last_month(self) -> date:
        return self.last.replace(day=1)


def listed() -> list[ReportPeriod]:
    """Those that have begun, the newest first; of one day the longer one first."""
    school, end = known().school, today()
    months = spans.months(end.replace(day=1) - timedelta(days=31 * (SHOWN - 1)), end)
    years = [school.year(key) for key in school.academic_years(months[0].first, end)]
    terms = [term.span for term in school.terms if term.first_monday <= end and term.last_day >= months[0].first]
    found = [_period(span) for span in (*years, *terms, *months)]
    return sorted(found, key=lambda one: (one.first, one.last), reverse=True)


def of(key: str) -> ReportPeriod | None:
    """The period of this key, if it has begun, however long ago."""
    year = int(key[:4]) if key[:4].isdecimal() else 0
    if not EARLIEST <= year <= today().year:
        return None
    terms = (term.span for term in known().school.terms)
    spanned = (known().school.year(f"{year}-{year + 1}"), *terms, *spans.months(date(year, 1, 1), date(year, 12, 31)))
    return next((_period(span) for span in spanned if span.key == key and span.first <= today()), None)


def as_printed(sort: Sort, content: Mapping[str, Any]) -> ReportPeriod:
    """The one a final report was made of: a term may leave the calendar, its report stays."""
    first, last = (date.fromisoformat(content[name]) for name in ("first", "last"))
    return ReportPeriod(sort, content["key"], first, last, content["period"])


def before(one: ReportPeriod) -> Scope | None:
    """The same sort of period before this one, on its own last day: what is compared with."""
    school, eve = known().school, one.first - spans.DAY
    earlier = {
        Sort.MONTH: [spans.month(eve)],
        Sort.TERM: [term.span for term in school.terms if term.last_day <= eve],
        Sort.YEAR: [school.year(school.academic_year(eve))],
    }[one.sort]
    return _period(earlier[-1]).scope if earlier else None


def terms_in(one: ReportPeriod) -> list[str]:
    """The keys of the terms that lie in it."""
    return [term.key for term in known().school.terms if one.first <= term.first_monday <= one.last]


def requirement_keys(one: ReportPeriod) -> list[str]:
    """Of the periods whose requirements it tells of: its own, its terms, the half-years and calendar years that end
    in it."""
    months = [month.first for month in spans.months(one.first, one.last)]
    longer = [span for day in months for span in (spans.half_year(day), spans.calendar_year(day.year))]
    ended = [span.key for span in longer if one.first <= span.last <= one.last]
    return list(dict.fromkeys([one.key, *terms_in(one), *ended]))


def _period(span: Span) -> ReportPeriod:
    year = span.first.year
    name = {
        Period.MONTH: f"{year}年{span.first.month}月",
        Period.TERM: span.name or span.key,
        Period.ACADEMIC_YEAR: f"{span.key}学年",
    }[span.sort]
    return ReportPeriod(SORTS[span.sort], span.key, span.first, span.last, name)
