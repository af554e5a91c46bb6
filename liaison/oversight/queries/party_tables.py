"""党组织联系学生及解决问题情况表: which organisations there are, how cadres fulfil what is asked, what was published.

Counts only: nobody is named (domain.md §5.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from liaison.contacts.queries.visible import below
from liaison.core import clock
from liaison.core.db import among, run
from liaison.core.errors import NotVisible
from liaison.people.models import Post, Unit
from liaison.people.words import PostCategory, UnitType
from liaison.programmes.derived import Progress
from liaison.programmes.queries.progress import no_further
from liaison.tickets.models import Ticket
from liaison.tickets.models.publications import Decision, Publication
from workflows.ticket_words import Confidentiality, Outcome

SORTS = (UnitType.UNIVERSITY, UnitType.COLLEGE)  # 校级 and 院系级
LEVELS: Mapping[str, tuple[PostCategory, ...]] = {
    "校领导": (PostCategory.PARTY_SECRETARY, PostCategory.PRESIDENT, PostCategory.VICE_LEADER),
    "中层干部": (PostCategory.DIVISION_HEAD, PostCategory.DIVISION_DEPUTY),
    "支部书记": (PostCategory.BRANCH_SECRETARY,),
}
LEVEL_OF = {category: level for level, categories in LEVELS.items() for category in categories}
EXAMPLES = 3


def organisations(units: Collection[int] | None) -> Sequence[Any]:
    """id, code, name, type of the university and the colleges; of `units` those only. In their order."""
    wanted = select(Unit.id, Unit.code, Unit.name, Unit.type).where(Unit.type.in_(SORTS), Unit.closed_on.is_(None))
    if units is not None:
        wanted = wanted.where(Unit.id.in_(sorted(units)))
    return run(wanted.order_by(Unit.type != UnitType.UNIVERSITY, Unit.order, Unit.id)).all()


def load(code: str, units: Collection[int] | None) -> Any:
    """One of them, or NotVisible."""
    found = next((one for one in organisations(units) if one.code == code), None)
    if found is None:
        raise NotVisible(code)
    return found


def within(unit_id: int) -> set[int]:
    """The unit and everything below it."""
    return set(run(below([unit_id])).scalars())


def levels(units: Collection[int], first: date, last: date) -> dict[int, str]:
    """Person → level, by the highest post held there in the period."""
    held = (Post.from_on <= last, or_(Post.until_on.is_(None), Post.until_on >= first))
    wanted = select(Post.person_id, Post.category).where(Post.unit_id.in_(among(units)), *held)
    found: dict[int, list[str]] = defaultdict(list)
    for row in run(wanted.where(Post.category.in_(LEVEL_OF))):
        found[row.person_id].append(LEVEL_OF[row.category])
    return {person: min(all_held, key=list(LEVELS).index) for person, all_held in found.items()}


def progress(people: Collection[int], period_keys: Collection[str]) -> Sequence[Any]:
    """person_id, code, required, done (no further than that) of these people in these periods."""
    done = no_further(Progress.done, Progress.required).label("done")
    columns = (Progress.person_id, Progress.code, Progress.required, done)
    return run(
        select(*columns).where(Progress.person_id.in_(among(people)), Progress.period_key.in_(period_keys))
    ).all()


def published(tickets: Collection[int], first: date, last: date) -> Sequence[Any]:
    """said, done, handled_on: of these, solved and on the public board, in its words; the last three handled."""
    solved = (Publication.decision == Decision.PUBLISHED, Publication.outcome == Outcome.A)
    normal = Ticket.confidentiality == Confidentiality.NORMAL
    in_days = (Publication.handled_on >= first, Publication.handled_on <= min(last, clock.today()))
    wanted = select(Publication.said, Publication.done, Publication.handled_on)
    wanted = wanted.join(Ticket, Ticket.id == Publication.ticket_id)
    wanted = wanted.where(*solved, *in_days, normal, Publication.ended_at.is_(None))
    wanted = wanted.where(Publication.ticket_id.in_(among(tickets)))
    return run(wanted.order_by(Publication.handled_on.desc(), Publication.id.desc()).limit(EXAMPLES)).all()
