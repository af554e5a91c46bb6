"""Which contacts two terms hold: who goes where on which day, and what is heard there. Pure chance, no database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from liaison.core.clock import local, moment
from liaison.exchange.demo import content
from liaison.exchange.demo.content import Row
from liaison.exchange.demo.school_year import Season

TOGETHER = timedelta(days=9)  # problems of one place heard within these days come from one visit
MOST_AT_ONCE = 3
CONTACTS = 500  # in all terms together
FULL_TERM = 90  # days on which contacts happen; a term with fewer behind it has heard less
NEWEST = 21  # days before today in which contacts happen in any case, vacation or not
KINDS = {  # how often a contact without a problem is of this kind
    "enter_class": 8, "enter_group": 9, "enter_dorm": 8, "enter_canteen": 7, "enter_club": 4, "enter_lecture": 2,
    "enter_online": 5, "reception_day": 3, "theme_meeting": 4, "ideology_lecture": 2, "on_site_office": 4,
    "visit_team": 2, "visit_teaching_office": 4, "talk_young_teacher": 4, "field_study": 3, "practical_help": 2,
}  # fmt: skip
AT = {  # usual hours of a kind: from, until
    "enter_class": (8, 16), "enter_group": (16, 20), "enter_dorm": (19, 21), "enter_canteen": (11, 12),
    "enter_club": (16, 20), "enter_online": (19, 21), "theme_meeting": (15, 19),
}  # fmt: skip
OF_PLACE = {  # the kinds of contact at which something is heard about such a place
    "dorm_building": ["enter_dorm"],
    "canteen": ["enter_canteen"],
    "class": ["enter_group", "enter_group", "theme_meeting"],
    "club": ["enter_club"],
}
BY_LEADERS_ONLY = {"on_site_office", "visit_team", "ideology_lecture", "reception_day", "talk_young_teacher"}


@dataclass
class Visit:
    """A contact to be: `place` is a code, empty online."""

    held_at: datetime
    kind: str
    place: str
    line: Row  # of contacts.toml: text, minutes, students
    problems: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Heard:
    day: date
    place: str
    problem: Row


class Calendar:
    """Fills terms with visits; `share` thins them out."""

    def __init__(self, chance: Random, today: date, share: float) -> None:
        self.chance, self.today, self.share = chance, today, share

    def of(self, terms: list[Season], spared: set[str]) -> list[Visit]:
        """All visits before today, in order; the `spared` problems are told elsewhere in the last term."""
        days = [self._days(term, is_last=term is terms[-1]) for term in terms]
        visits = [
            visit
            for n, mine in enumerate(days)
            for visit in self._with_problems(mine, self._of_term(n, spared if n == len(days) - 1 else set()))
        ]
        whole = [day for mine in days for day in mine]
        more = max(round(CONTACTS * self.share) - len(visits), 0)
        visits += [self._without_problem(self.chance.choice(whole)) for _n in range(more)]
        return sorted(visits, key=lambda visit: (visit.held_at, visit.kind, visit.place))

    def visit_at(self, place: str, held_at: datetime, problems: list[Row]) -> Visit:
        """One more contact, of a kind that fits the place."""
        kind = self._kind_at(place)
        return Visit(held_at, kind, place, self._line(kind, local(held_at).date(), heard=bool(problems)), problems)

    def _days(self, term: Season, is_last: bool) -> list[date]:
        last = min(term.last_day, self.today - timedelta(days=1))
        days = _between(term.first_monday, last)
        if is_last:
            days += [day for day in _between(self.today - timedelta(days=NEWEST), self.today - timedelta(days=1))
                     if day > last]  # fmt: skip
        return [day for day in days if day.weekday() < 5] + [day for day in days if day.weekday() == 6][::2]

    def _with_problems(self, days: list[date], problems: list[Row]) -> list[Visit]:
        """What is heard on these days, a young term having heard less; neighbours in place and time are one visit."""
        often = self.share * min(len(days) / FULL_TERM, 1)
        told = [problem for problem in problems if self.chance.random() < often]
        heard = [one for one in (self._hear(problem, days) for problem in told) if one]
        by_place: dict[str, list[Heard]] = defaultdict(list)
        for one in sorted(heard, key=lambda one: one.day):
            by_place[one.place].append(one)
        return [self._visit(group) for place in by_place.values() for group in _grouped(place)]

    def _of_term(self, term: int, spared: set[str]) -> list[Row]:
        """What may be heard in a term: every wording once, buildings changing from term to term."""
        found: list[Row] = []
        for code, problem in content.problems().items():
            if code in spared or problem.get("road") == "restricted":  # the latter are heard at no contact
                continue
            others = content.at_other_places(problem)
            if "place_type" in problem or "same_as" in problem or (len(code) + term) % 2:
                found.append(problem)
            found += self.chance.sample(others, min(len(others), 1))
        return found

    def _hear(self, problem: Row, days: list[date]) -> Heard | None:
        fits = [day for day in days if day.month in problem.get("months", range(1, 13))]
        if not fits:
            return None
        place = problem.get("place") or self.chance.choice(content.of_type(problem["place_type"]))
        return Heard(self.chance.choice(fits), place, problem)

    def _visit(self, group: list[Heard]) -> Visit:
        visit = self.visit_at(group[0].place, moment(group[0].day), [one.problem for one in group])
        return replace(visit, held_at=self._at(group[0].day, visit.kind))

    def _kind_at(self, place: str) -> str:
        """A kind that happens there; places of no kind of their own are walked past on a field study."""
        own = OF_PLACE.get(content.units()[place]["type"])
        usual = [kind for kind, row in content.occasions().items() if place in row.get("places", [])]
        fits = own or [kind for kind in usual if self._lines(kind, None, heard=True)]
        return self.chance.choice(fits or ["field_study"])

    def _without_problem(self, day: date) -> Visit:
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        row = content.occasions()[kind]
        places = row.get("places") or content.of_type(row.get("place_type", ""))
        place = self.chance.choice(places) if places else ""
        return Visit(self._at(day, kind), kind, place, self._line(kind, day, heard=False))

    def _line(self, kind: str, day: date, *, heard: bool) -> Row:
        return self.chance.choice(self._lines(kind, day, heard=heard) or self._lines(kind, day, heard=not heard))

    def _lines(self, kind: str, day: date | None, *, heard: bool) -> list[Row]:
        rows = content.occasions()[kind]["summaries"]
        seasonal = [row for row in rows if day is None or day.month in row.get("months", range(1, 13))]
        return [row for row in seasonal if row.get("heard", False) is heard]

    def _at(self, day: date, kind: str) -> datetime:
        first, last = AT.get(kind, (9, 16))
        return moment(day, time(self.chance.randint(first, last), self.chance.choice(range(0, 60, 5))))


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _grouped(heard: list[Heard]) -> list[list[Heard]]:
    """Neighbouring days make one visit; the same problem is heard at another."""
    groups: list[list[Heard]] = []
    for one in heard:
        last = groups[-1] if groups else []
        is_near = last and one.day - last[0].day <= TOGETHER and len(last) < MOST_AT_ONCE
        if is_near and not any(_is_same(one.problem, other.problem) for other in last):
            last.append(one)
        else:
            groups.append([one])
    return groups


def _is_same(one: Row, other: Row) -> bool:
    return {one["code"], one.get("same_as")} & {other["code"], other.get("same_as")} - {None} != set()
