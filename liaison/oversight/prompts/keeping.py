"""The rows of prompts: put, forgotten, let go. In the caller's transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from liaison.core.clock import now, today
from liaison.core.db import add, add_one, db, insert_or, run
from liaison.notifications import actions as notices
from liaison.oversight.prompts.finding.night import Found, Record, Whom
from liaison.oversight.prompts.models import Prompt, PromptConclusion, PromptNote, PromptRecord, PromptTally
from liaison.oversight.prompts.words import Conclusion, PromptKind
from liaison.people.words import Role
from liaison.tickets.models.tellings import RatingMark

TEXT = "prompt.asked"
PARTS = (PromptRecord, PromptNote, PromptConclusion)


@dataclass(frozen=True)
class Kept:
    """A prompt as the night needs it."""

    id: int
    kind: PromptKind
    whom: Whom
    period: str
    term: str
    asked_at: datetime
    private_until: datetime
    result: Conclusion | None
    records: frozenset[Record]

    @property
    def is_concluded(self) -> bool:
        return self.result is not None


def all_kept() -> list[Kept]:
    """All there are: what is over is let go of each night."""
    records: dict[int, set[Record]] = defaultdict(set)
    for row in run(select(PromptRecord.prompt_id, PromptRecord.number, PromptRecord.episode)):
        records[row.prompt_id].add(Record(row.number, row.episode))
    columns: Any = (Prompt.id, Prompt.kind, Prompt.person_id, Prompt.unit_id, Prompt.period, Prompt.term)
    wanted = select(*columns, Prompt.asked_at, Prompt.private_until, PromptConclusion.result)
    rows = run(wanted.outerjoin(PromptConclusion, PromptConclusion.prompt_id == Prompt.id)).all()
    return [_kept(row, frozenset(records[row.id])) for row in rows]


def _kept(row: Any, records: frozenset[Record]) -> Kept:
    given = {name: value for name, value in row._mapping.items() if name not in {"person_id", "unit_id"}}
    return Kept(**given, whom=Whom(row.person_id, row.unit_id), records=records)


def put(found: Found, term: str, private_until: datetime) -> None:
    """One question, with its list, and one quiet notice to whoever is asked."""
    row = {
        "kind": found.kind,
        "person_id": found.whom.person_id,
        "unit_id": found.whom.unit_id,
        "period": found.period,
        "term": term,
        "part": found.part,
        "whole": found.whole,
        "asked_at": now(),
        "private_until": private_until,
        "key": _key(found),
    }
    key = add_one(Prompt, row)
    if found.records:
        rows = [{"prompt_id": key, "number": one.number, "episode": one.episode} for one in sorted(found.records)]
        add(PromptRecord, *rows)
    notices.tell(_asked(found.whom), TEXT, about=str(key), stage=None, path=f"/prompts/{key}", dedupe="prompt")


def _key(found: Found) -> str:
    """The database refuses the same question twice for a period, or twice on one day."""
    return f"{found.kind.value}:{found.whom.person_id}:{found.whom.unit_id}:{found.period or today()}"


def _asked(whom: Whom) -> Any:
    if whom.person_id is not None:
        return [whom.person_id]
    if whom.unit_id is not None:
        return notices.Holders(there=(Role.HEAD,), unit_id=whom.unit_id)
    return notices.Holders(anywhere=(Role.DIRECTOR,))


def forget(some: Collection[Kept]) -> None:
    """They leave no trace: corrected in time (domain.md §6.3, 6)."""
    ids = [one.id for one in some]
    if not ids:
        return
    for part in PARTS:
        db.session.execute(delete(part).where(part.prompt_id.in_(ids)))
    db.session.execute(delete(Prompt).where(Prompt.id.in_(ids)))
    notices.take_back(TEXT, [str(one) for one in ids])


def let_go(some: Collection[Kept]) -> None:
    """They vanish after the term, counts remain (domain.md §6.3, 2)."""
    for (term, kind), results in _by_term(some).items():
        more = {one.value: getattr(PromptTally, one.value) + number for one, number in Counter(results).items()}
        db.session.execute(update(PromptTally).where(PromptTally.term == term, PromptTally.kind == kind).values(more))
    forget(some)


def forget_marks(until: datetime) -> None:
    """Marks of ratings are of no use to anybody once they have been looked at (I11)."""
    db.session.execute(delete(RatingMark).where(RatingMark.at < until))


def _by_term(some: Collection[Kept]) -> Mapping[tuple[str, PromptKind], list[Conclusion]]:
    found: dict[tuple[str, PromptKind], list[Conclusion]] = defaultdict(list)
    for one in some:
        if one.result is not None:
            found[one.term, one.kind].append(one.result)
    return found


def count(term: str, could: Mapping[PromptKind, int]) -> None:
    """How many could be asked, as it is tonight; the row then waits for what is let go."""
    each = {"term": term, "normal": 0, "corrected": 0, "in_person": 0}
    rows: list[Mapping[str, Any]] = [{**each, "kind": kind, "could": number} for kind, number in could.items()]
    wanted = insert_or(PromptTally)
    newest = {"could": wanted.excluded.could}
    run(wanted.on_conflict_do_update(index_elements=["term", "kind"], set_=newest), rows)
