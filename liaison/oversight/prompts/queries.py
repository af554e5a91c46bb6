"""Which prompts an actor may see: whoever is asked at once, the director when the days alone are over. Nobody else.

Reads only. The pages list them by the day they were asked on: nothing is counted per person, nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from liaison.access import Action, may
from liaison.contacts.models import Contact
from liaison.contacts.queries import lists as contacts
from liaison.contacts.queries import visible as visible_contacts
from liaison.core.clock import now
from liaison.core.db import run
from liaison.core.errors import NotVisible
from liaison.core.paging import Page, page
from liaison.oversight.prompts.models import Prompt, PromptConclusion, PromptNote, PromptRecord, PromptTally
from liaison.oversight.prompts.words import PromptKind
from liaison.people.actor import Actor
from liaison.people.models import Person, Unit
from liaison.people.words import Role
from liaison.tickets.models import Ticket
from liaison.tickets.queries import lists as tickets
from liaison.tickets.queries import visible as visible_tickets

SIZE = 25
SHOWN = 25  # records of one prompt
Noter, Concluder = aliased(Person), aliased(Person)
COLUMNS: Any = (
    Prompt.id,
    Prompt.kind,
    Prompt.person_id,
    Prompt.unit_id,
    Prompt.period,
    Prompt.term,
    Prompt.part,
    Prompt.whole,
    Prompt.asked_at,
    Prompt.private_until,
    func.coalesce(Person.name, Unit.name).label("who"),
    PromptNote.text.label("note"),
    PromptNote.at.label("noted_at"),
    Noter.name.label("noter"),
    PromptConclusion.result,
    PromptConclusion.at.label("concluded_at"),
    Concluder.name.label("concluder"),
)


def mine(actor: Actor, asked: Mapping[str, str]) -> Page:
    """What this person is asked, himself or as head, the newest first."""
    return page(_lines().where(_is_asked(actor)), [Prompt.id], asked, size=SIZE, is_descending=True)


def for_office(actor: Actor, asked: Mapping[str, str], *, concluded: bool) -> Page:
    """What waits for the director's conclusion, or has it."""
    has_conclusion = PromptConclusion.result.is_not(None) if concluded else PromptConclusion.result.is_(None)
    wanted = _lines().where(_is_for_office(actor), has_conclusion)
    return page(wanted, [Prompt.id], asked, size=SIZE, is_descending=True)


def load(actor: Actor, key: int) -> Any:
    """One prompt with its note and conclusion; NotVisible where it is another's."""
    row = run(_lines().where(Prompt.id == key, or_(_is_asked(actor), _is_for_office(actor)))).one_or_none()
    if row is None:
        raise NotVisible(f"prompt {key}")
    return row


def is_asked(actor: Actor, prompt: Any) -> bool:
    """Whether it is this person who is asked: himself, as a head, or as the office."""
    if prompt.person_id is None and prompt.unit_id is None:
        return actor.has(Role.DIRECTOR)
    return prompt.person_id == actor.id or prompt.unit_id in actor.at(Role.HEAD)


def seen(actor: Actor, keys: Sequence[int]) -> set[int]:
    """Which of these prompts the actor may see."""
    is_his = or_(_is_asked(actor), _is_for_office(actor))
    return set(run(select(Prompt.id).where(Prompt.id.in_(keys), is_his)).scalars())


def base_rate(kind: PromptKind, term: str) -> tuple[int, int]:
    """How many people or units were asked this in the term, of how many that could be."""
    subject = func.coalesce(Prompt.person_id, Prompt.unit_id)
    asked = select(func.count(subject.distinct())).where(Prompt.term == term, Prompt.kind == kind)
    could = select(PromptTally.could).where(PromptTally.term == term, PromptTally.kind == kind)
    row = run(select(asked.scalar_subquery().label("asked"), could.scalar_subquery().label("could"))).one()
    return row.asked, max(row.could or 0, row.asked)


def numbers(prompt_id: int) -> Sequence[str]:
    """The numbers of its records."""
    wanted = select(PromptRecord.number).where(PromptRecord.prompt_id == prompt_id)
    return run(wanted.order_by(PromptRecord.number)).scalars().all()


def contacts_of(actor: Actor, some: Sequence[str]) -> Sequence[Any]:
    """Of these contacts those that the actor may see, the oldest first."""
    is_his = or_(*visible_contacts.ways(actor))
    wanted = contacts.lines().where(Contact.number.in_(some), is_his).order_by(Contact.held_at, Contact.id)
    return run(wanted.limit(SHOWN)).all()


def tickets_of(actor: Actor, some: Sequence[str]) -> Sequence[Any]:
    """Of these tickets those that the actor may see."""
    is_his = visible_tickets.visible(visible_tickets.alike(actor))
    wanted = tickets.rows().where(Ticket.number.in_(some), is_his).order_by(Ticket.id)
    return run(wanted.limit(SHOWN), visible_tickets.given(actor)).all()


def _lines() -> Select[Any]:
    return (
        select(*COLUMNS)
        .outerjoin(Person, Person.id == Prompt.person_id)
        .outerjoin(Unit, Unit.id == Prompt.unit_id)
        .outerjoin(PromptNote, PromptNote.prompt_id == Prompt.id)
        .outerjoin(Noter, Noter.id == PromptNote.by_id)
        .outerjoin(PromptConclusion, PromptConclusion.prompt_id == Prompt.id)
        .outerjoin(Concluder, Concluder.id == PromptConclusion.by_id)
    )


def _is_asked(actor: Actor) -> ColumnElement[bool]:
    """The same as `is_asked`, for a statement."""
    is_offices = and_(Prompt.person_id.is_(None), Prompt.unit_id.is_(None))
    ways = [Prompt.person_id == actor.id, Prompt.unit_id.in_(sorted(actor.at(Role.HEAD)))]
    return or_(*ways, *([is_offices] if actor.has(Role.DIRECTOR) else []))


def _is_for_office(actor: Actor) -> ColumnElement[bool]:
    return Prompt.private_until <= now() if may(actor, Action.CONCLUDE_PROMPTS) else false()
