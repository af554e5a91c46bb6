"""The school calendar as the rules count it: weeks and months in which something is owed (domain.md §3.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from liaison.calendars.calendar import SERVICE, Calendar, CalendarKind
from liaison.programmes.reckoning import spans
from liaison.programmes.reckoning.spans import DAY, Span
from liaison.programmes.words import CalendarBasis, Period

WEEK_MINIMUM, MONTH_MINIMUM = 2, 10  # working days without which nothing is owed
Days = tuple[date, ...]


@dataclass(frozen=True)
class Term:
    """学期. `weeks` of teaching and examinations; none known = until the last day. `exempt` by number."""

    key: str  # 2026-2027-1
    academic_year: str
    name: str
    first_monday: date
    last_day: date
    weeks: int | None = None
    exempt: frozenset[int] = frozenset()
    course_ids: frozenset[int] = frozenset()  # 思政课 of the term

    @property
    def span(self) -> Span:
        return Span(Period.TERM, self.key, self.first_monday, self.last_day, name=self.name)

    def counts(self, number: int) -> bool:
        return self.weeks is None or number <= self.weeks


class School:
    """Terms, working days and special periods of one university; what was asked once is remembered."""

    def __init__(
        self,
        calendar: Calendar,
        terms: Iterable[Term],
        special: Iterable[tuple[date, date]] = (),
        lock_day: int = 5,  # of the next month: until then a monthly form may be confirmed
    ) -> None:
        self.calendar = calendar
        self.lock_day = lock_day
        self.terms = sorted(terms, key=lambda term: term.first_monday)
        self.special = list(special)
        self._units: dict[tuple[Span, Period, CalendarBasis], list[Span]] = {}
        self._spans: dict[str, list[Span]] = {}
        self._keys: dict[str, set[str]] = {}
        self._workdays: dict[tuple[Span, CalendarBasis], Days] = {}

    def year(self, academic_year: str) -> Span:
        """1 September, or the first Monday of its first term if that is earlier, to the eve of the next one's."""
        autumn = int(academic_year[:4])
        first, last = self._begins(autumn), self._begins(autumn + 1) - DAY
        return Span(Period.ACADEMIC_YEAR, academic_year, first, last)

    def academic_year(self, day: date) -> str:
        """The one a day belongs to: 2026-2027."""
        autumn = day.year if day >= self._begins(day.year) else day.year - 1
        return f"{autumn}-{autumn + 1}"

    def academic_years(self, first: date, last: date) -> list[str]:
        """All that touch these days, in order."""
        begins, ends = (int(self.academic_year(day)[:4]) for day in (first, last))
        return [f"{autumn}-{autumn + 1}" for autumn in range(begins, ends + 1)]

    def keys(self, academic_year: str) -> set[str]:
        """The keys of every period and week for which `judge` may credit a contact in this year."""
        if academic_year not in self._keys:
            found = self.spans(academic_year)
            reported = [span for span in found if span.sort in (Period.MONTH, Period.TERM)]
            weeks = {one.key for span in reported for one in _all_weeks(span) if spans.thursday(one) in span}
            self._keys[academic_year] = {span.key for span in found} | weeks
        return self._keys[academic_year]

    def spans(self, academic_year: str) -> list[Span]:
        """Every period that touches the year, for which a line may be due."""
        if academic_year not in self._spans:
            self._spans[academic_year] = self._laid_out(self.year(academic_year))
        return self._spans[academic_year]

    def terms_in(self, span: Span) -> list[Term]:
        return [term for term in self.terms if span.overlaps(term.first_monday, term.last_day)]

    def courses(self, span: Span) -> frozenset[int]:
        return frozenset(course for term in self.terms_in(span) for course in term.course_ids)

    def is_special(self, day: date) -> bool:
        """Online counts as face to face (domain.md §3.6)."""
        return any(first <= day <= last for first, last in self.special)

    def units(self, span: Span, of: Period, basis: CalendarBasis) -> list[Span]:
        """The countable weeks (by their Thursday) or months of a period, in order."""
        key = (span, of, basis)
        if key not in self._units:
            found = self._weeks(span, basis) if of is Period.WEEK else self._months(span, basis)
            self._units[key] = found
        return self._units[key]

    def parts(self, span: Span, basis: CalendarBasis) -> list[Span]:
        """What a share of the period is counted in: its countable weeks, or its months."""
        if basis is CalendarBasis.SCHOOL_WEEKS:
            return self.units(span, Period.WEEK, basis)
        if basis is CalendarBasis.CALENDAR and span.sort in (Period.TERM, Period.WEEK, Period.MONTH):
            return [span]
        return self.units(span, Period.MONTH, basis)

    def workdays(self, unit: Span, basis: CalendarBasis) -> Days:
        """The working days of a week or month that its basis looks at."""
        key = (unit, basis)
        if key not in self._workdays:
            self._workdays[key] = tuple(self._counted(unit, basis))
        return self._workdays[key]

    def _laid_out(self, year: Span) -> list[Span]:
        return [
            *spans.months(year.first, year.last),
            *(term.span for term in self.terms_in(year)),
            *dict.fromkeys(spans.half_year(month.first) for month in spans.months(year.first, year.last)),
            year,
            *(spans.calendar_year(number) for number in (year.first.year, year.last.year)),
        ]

    def _weeks(self, span: Span, basis: CalendarBasis) -> list[Span]:
        weeks = self._term_weeks() if basis is not CalendarBasis.CALENDAR else _all_weeks(span)
        mine = [one for one in weeks if spans.thursday(one) in span]
        return [one for one in mine if len(self.workdays(one, basis)) >= WEEK_MINIMUM]

    def _term_weeks(self) -> list[Span]:
        """Those of teaching and examinations, without the exempt ones."""
        found = []
        for term in self.terms:
            number, monday = 1, term.first_monday
            while monday + 3 * DAY <= term.last_day and term.counts(number):
                if number not in term.exempt:
                    found.append(spans.week(monday, number))
                number, monday = number + 1, monday + 7 * DAY
        return found

    def _months(self, span: Span, basis: CalendarBasis) -> list[Span]:
        if basis is CalendarBasis.CALENDAR:
            return [one for one in spans.months(span.first, span.last) if one.first in span]
        mine = [one for one in spans.months(span.first, span.last) if self._belongs(one, span)]
        return [one for one in mine if len(self.workdays(one, basis)) >= MONTH_MINIMUM]

    def _belongs(self, month: Span, span: Span) -> bool:
        """A month at the edge of a term belongs to it if it holds enough of its working days."""
        if span.sort is not Period.TERM:
            return month.first in span
        inside = Span(Period.MONTH, "", max(month.first, span.first), min(month.last, span.last))
        return len(list(self._counted(inside, CalendarBasis.TERM_MONTHS))) >= MONTH_MINIMUM

    def _counted(self, unit: Span, basis: CalendarBasis) -> Iterable[date]:
        by = CalendarKind.STATUTORY if basis is CalendarBasis.CALENDAR else SERVICE
        in_term = basis is CalendarBasis.TERM_MONTHS
        day = unit.first
        while day <= unit.last:
            if self.calendar.counts(day, by) and not (in_term and not self._in_term(day)):
                yield day
            day += DAY

    def _in_term(self, day: date) -> bool:
        return any(term.first_monday <= day <= term.last_day for term in self.terms)

    def _begins(self, autumn: int) -> date:
        wanted = f"{autumn}-{autumn + 1}"
        mondays = [term.first_monday for term in self.terms if term.academic_year == wanted]
        return min([date(autumn, 9, 1), *mondays])


def _all_weeks(span: Span) -> list[Span]:
    found, monday = [], spans.monday(span.first)
    while monday <= span.last:
        found.append(spans.week(monday))
        monday += 7 * DAY
    return found
