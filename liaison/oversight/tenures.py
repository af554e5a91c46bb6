"""从何时到何时、按多少计: why somebody who came, left or changed his post in mid-term owes less than the whole.

Pure values: a line of the engine and the posts behind it go in, a sentence comes out; none for who was there
throughout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from liaison.core.formats import day_words
from liaison.core.language import gettext as _
from liaison.programmes.in_force import Known
from liaison.programmes.reckoning import Facts, Held, Line, Rule, Span
from liaison.programmes.reckoning.presence import Presence
from liaison.programmes.reckoning.spans import DAY
from liaison.programmes.words import Period, SubjectRole

Days = tuple[date, date]  # both included


@dataclass(frozen=True)
class Tenure:
    """How long he held a post within a period, and how much of it counts for a requirement."""

    first: date
    stretch: str
    share: str

    @property
    def words(self) -> str:
        return _("，").join(filter(None, (self.stretch, self.share)))


def words(line: Line, facts: Facts, kept: Known) -> str:
    """自10月8日任院长起，20周中应计15周 · 到11月15日任副书记止，按10/20周折算；自11月16日任党委书记起，…."""
    return _("；").join(one.words for one in tenures(line, facts, kept))


def common(lines: Iterable[Line], facts: Facts, kept: Known) -> str:
    """What a page says once at its head: the one stretch behind every line that asks for a part; else nothing."""
    found = {one.stretch for line in lines for one in tenures(line, facts, kept)}
    return found.pop() if len(found) == 1 else ""


def shares(line: Line, facts: Facts, kept: Known) -> str:
    """Below such a head only how much counts."""
    return _("；").join(one.share for one in tenures(line, facts, kept) if one.share)


def tenures(line: Line, facts: Facts, kept: Known) -> list[Tenure]:
    """In the order of time; none where he was there throughout, or where the period does not matter."""
    if line.rule.period is Period.NONE:
        return []
    found = set()
    for rule in kept.book.governing(line.programme, line.codes, line.span.first):
        runs = _runs(_posts(facts, rule.subject, line.span))
        if runs and not _is_throughout(runs, line.span):
            found.add(Tenure(runs[0][0].first, _stretch(runs, line.span), _share(line, rule, facts, kept)))
    return sorted(found, key=lambda one: one.first)


def _posts(facts: Facts, subject: SubjectRole, span: Span) -> Iterator[Held]:
    return (one for one in facts.held if subject in one.roles and span.overlaps(one.first, one.last))


def _runs(posts: Iterable[Held]) -> list[list[Held]]:
    """Posts that follow one another without a day between; one that is held on is one."""
    runs: list[list[Held]] = []
    for one in sorted(posts, key=lambda one: one.first):
        if not runs or one.first - DAY > max(before.last for before in runs[-1]):
            runs.append([])
        here = runs[-1]
        same = next((n for n, it in enumerate(here) if it.title == one.title and one.first - DAY <= it.last), None)
        if same is None:
            here.append(one)
        else:
            here[same] = replace(here[same], last=max(here[same].last, one.last))
    return runs


def _is_throughout(runs: list[list[Held]], span: Span) -> bool:
    """One run from the first day of the period to its last."""
    (run, *others) = runs
    return not others and run[0].first <= span.first and span.last <= max(one.last for one in run)


def _stretch(runs: list[list[Held]], span: Span) -> str:
    """Each post with its own days, as far as they lie in the period; those of the same days together."""
    return _("；").join(_("，").join(_of_run(run, span)) for run in runs)


def _of_run(run: list[Held], span: Span) -> Iterator[str]:
    titles: defaultdict[Days, list[str]] = defaultdict(list)
    for one in run:
        titles[max(one.first, span.first), min(one.last, span.last)].append(one.title or _("列入名单"))
    for (first, last), named in titles.items():
        said = {"title": _("、").join(named), "first": day_words(first), "last": day_words(last)}
        if span.first < first and last < span.last:
            yield _("%(first)s至%(last)s任%(title)s", **said)
        else:
            yield _("自%(first)s任%(title)s起", **said) if first > span.first else _("到%(last)s任%(title)s止", **said)


def _share(line: Line, rule: Rule, facts: Facts, kept: Known) -> str:
    """How much of the period counts. Days away count here as they do in the number."""
    if rule.is_repeated and rule.period is line.span.sort:
        return "" if line.required is not None else _("这个时段不足一半，免计")
    basis = rule.basis
    units = (
        kept.school.units(line.span, rule.period, basis) if rule.is_repeated else kept.school.parts(line.span, basis)
    )
    mine = sum(Presence(facts, kept.school).owes(rule.subject, unit, basis) for unit in units)
    said = {"n": mine, "of": len(units), "unit": _unit(units)}
    if rule.is_repeated:
        return _("%(of)s%(unit)s中应计%(n)s%(unit)s", **said)
    if line.required is None:
        return _("只有%(n)s/%(of)s%(unit)s，免计", **said)
    return _("按%(n)s/%(of)s%(unit)s折算", **said) if rule.is_prorated else ""


def _unit(units: list[Span]) -> str:
    return _("周") if units and units[0].sort is Period.WEEK else _("个月")
