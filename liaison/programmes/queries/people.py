"""Everything the engine is told about people but their contacts: one statement, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, case, cast, literal, null, select, type_coerce, union_all

from liaison.calendars.models import Term
from liaison.core.db import run
from liaison.people.models import Link, Post, StaffLink, Unit
from liaison.people.words import PostCategory
from liaison.programmes.models import Absence, CarrierPlan, MonthlyForm, StaffObliged, TimeShare
from liaison.programmes.queries.school import TERM_KEY
from liaison.programmes.reckoning import Away, Facts, Held, Tie
from liaison.programmes.reckoning.facts import OPEN_END
from liaison.programmes.reckoning.fitting import TEACHER, YOUNG_TEACHER
from liaison.programmes.words import HalfDay, MonthlyFormKind, SubjectRole, TimeBand

R, P = SubjectRole, PostCategory
ROLES: dict[PostCategory, frozenset[SubjectRole]] = {  # what a post makes of its holder (domain.md §1.1)
    P.PARTY_SECRETARY: frozenset({R.LEADER, R.PRINCIPAL_LEADER}),
    P.PRESIDENT: frozenset({R.LEADER, R.PRINCIPAL_LEADER}),
    P.VICE_LEADER: frozenset({R.LEADER, R.OTHER_LEADER}),
    P.DIVISION_HEAD: frozenset({R.CADRE}),
    P.DIVISION_DEPUTY: frozenset({R.CADRE}),
    P.BRANCH_SECRETARY: frozenset({R.BRANCH_SECRETARY}),
}
HALF_TIME = frozenset({P.DIVISION_HEAD, P.DIVISION_DEPUTY})  # of a unit with that rule: 党委工作部门负责同志
LISTED = frozenset({R.STAFF_OBLIGED})
Told = tuple[str, date | None, date | None, str | None, int | None, str | None]  # what, from, until, word, target, name


def obliged_ids() -> list[int]:
    """Everybody whom some rule may ask, now or once: by a post, or on the list."""
    posts = select(Post.person_id).where(Post.category.in_(list(ROLES)))
    return sorted(run(posts.union(select(StaffObliged.person_id))).scalars())


def facts_of(person_ids: Collection[int]) -> dict[int, Facts]:
    """What each of these people is, with an entry for everybody asked for; contacts are added by who knows them."""
    told: dict[int, list[Told]] = {person_id: [] for person_id in person_ids}
    rows: Any = run(_everything(person_ids))
    for person_id, *what in rows:
        told[person_id].append(tuple(what))
    return {person_id: _facts(person_id, rows) for person_id, rows in told.items()}


def _everything(person_ids: Collection[int]) -> Any:
    half_time = case((Unit.has_half_time_rule, 1), else_=0)
    parts: list[Select[Any]] = [
        _part(Post, "post", Post.from_on, Post.until_on, Post.category, half_time, Post.title).join(
            Unit, Unit.id == Post.unit_id
        ),
        _part(StaffObliged, "list", StaffObliged.from_on, StaffObliged.until_on),
        _part(Absence, "away", Absence.from_on, Absence.until_on, Absence.half),
        _part(Link, "tie", Link.from_on, Link.until_on, Unit.type, Link.unit_id).join(Unit, Unit.id == Link.unit_id),
        _part(
            StaffLink,
            "tie",
            StaffLink.from_on,
            StaffLink.until_on,
            case((StaffLink.is_young_teacher, YOUNG_TEACHER), else_=TEACHER),
            StaffLink.colleague_id,
        ),
        _part(CarrierPlan, "plan", word=CarrierPlan.academic_year),
        _part(MonthlyForm, "form", MonthlyForm.month).where(
            MonthlyForm.kind == MonthlyFormKind.THREE_STRENGTHS, MonthlyForm.confirmed_at.is_not(None)
        ),
        _part(TimeShare, "band", word=type_coerce(TimeShare.band, String) + "/" + TERM_KEY).join(
            Term, Term.id == TimeShare.term_id
        ),
    ]
    return union_all(*(part.where(part.selected_columns.person_id.in_(person_ids)) for part in parts))


def _part(
    table: Any, what: str, first: Any = None, last: Any = None, word: Any = None, target: Any = None, name: Any = None
) -> Select[Any]:
    """One table in the columns that all have in common. (SQLite would make a number of a day that is cast.)"""
    typed: list[tuple[Any, Any]] = [(first, Date), (last, Date), (word, String), (target, Integer)]
    typed.append((name, String))
    columns = [cast(null(), kind) if column is None else type_coerce(column, kind) for column, kind in typed]
    return select(table.person_id, literal(what), *columns)


def _facts(person_id: int, rows: Iterable[Told]) -> Facts:
    of: dict[str, list[Any]] = defaultdict(list)
    for what, first, last, word, target, name in rows:
        of[what].append((first, last or OPEN_END, word, target, name))
    return Facts(
        person_id,
        held=(*_held(of["post"]), *(Held(LISTED, first, last) for first, last, *_ in of["list"])),
        away=tuple(Away(first, last, HalfDay(half) if half else None) for first, last, half, *_ in of["away"]),
        ties=tuple(Tie(sort, target, first, last) for first, last, sort, target, _ in of["tie"]),
        plans=frozenset(year for _first, _last, year, *_ in of["plan"]),
        forms=frozenset(first.isoformat()[:7] for first, *_ in of["form"]),
        bands={key: TimeBand(band) for band, _, key in (word.partition("/") for _f, _l, word, *_ in of["band"])},
    )


def _held(posts: list[Any]) -> Iterable[Held]:
    for first, last, word, has_half_time_rule, title in posts:
        category = PostCategory(word)
        roles = ROLES.get(category, frozenset())
        if has_half_time_rule and category in HALF_TIME:
            roles |= {R.PARTY_DEPT_HEAD}
        if roles:
            yield Held(roles, first, last, title)
