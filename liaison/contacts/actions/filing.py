"""记一次联系: a contact and the problems heard there, filed as one (domain.md §4.0, scenarios A1–A5).

Few statements on purpose: the whole form has to be in the database while a leader looks at his phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from liaison.contacts.actions import records
from liaison.contacts.models import Contact, ContactLeader, ContactTarget, HomeVisit, LateEntry, locks_at
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.core.db import add, add_one
from liaison.core.errors import BadInput
from liaison.people.actor import Actor
from liaison.slips import actions as slips
from liaison.slips.words import SlipChannel
from liaison.tickets.actions.numbers import next_numbers
from liaison.tickets.actions.raising import Raised, raise_voice, series_of
from workflows.contacts import State
from workflows.parts import Part
from workflows.ticket_words import Confidentiality, Kind

SERIES = "LJ"


@dataclass(frozen=True)
class Problem:
    """One problem heard, in the student's words; `answer` where it was answered on the spot."""

    text: str
    kind: Kind = Kind.HELP
    category_id: int | None = None
    is_urgent: bool = False
    answer: str = ""
    is_sensitive: bool = False  # straight to the confidential officer; never through a liaison
    may_confide: bool = False  # its filer may write restricted matters: some are by rule
    complained_of_id: int | None = None
    about_person_id: int | None = None  # a member of staff; the matter is then restricted
    slip: tuple[SlipChannel, str] | None = None  # how its owner agreed to be answered


@dataclass(frozen=True)
class Filed:
    """What came into being: the contact's number, and each voice with the code known here only."""

    contact_id: int
    number: str
    raised: list[Raised]


def file_contact(actor: Actor, occasion: Occasion, problems: list[Problem], late_reason: str = "") -> Filed:
    """File one contact with its problems. A leader's own is confirmed at once, a liaison's waits for him.

    `occasion.leader_ids` holds whom the actor may file for (queries.leaders.may_file_for) and who else took
    part. `late_reason` says why it comes after the month was locked. Commits nothing.
    """
    at = clock.now()
    is_own = actor.id in occasion.leader_ids
    part = frozenset({Part.LEADER if is_own else Part.LIAISON})
    held = records.ask("record", state=None, parts=part)
    state = records.ask("confirm_own" if is_own else "hand_over", state=held, parts=part)
    own = (SERIES, clock.local(occasion.held_at).year)
    number, *ticket_numbers = next_numbers(own, *[series_of(occasion.held_at)] * len(problems))
    contact_id = insert(actor, occasion, state, at, number, events=2)
    insert_around(contact_id, occasion, actor, at, late_reason)
    records.write(
        records.event(contact_id, 1, "record", actor, None, held, at, reason=late_reason),
        records.event(contact_id, 2, "confirm_own" if is_own else "hand_over", actor, held, state, at),
    )
    return Filed(contact_id, number, raise_all(actor, occasion, problems, contact_id, ticket_numbers))


def insert(actor: Actor, occasion: Occasion, state: State, at: datetime, number: str, *, events: int) -> int:
    """The contact's own row; returns its key."""
    row = {
        **occasion.columns,
        "number": number,
        "state": state,
        "filed_at": at,
        "filed_by_id": actor.id,
        "is_late": at >= locks_at(occasion.held_at),
        "version": 1,
        "event_count": events,
    }
    return add_one(Contact, row)


def insert_around(contact_id: int, occasion: Occasion, actor: Actor, at: datetime, late_reason: str) -> None:
    """Who took part, for which units it was, how a family agreed; and what the director decides if it came late.

    Raises BadInput: what comes late says why.
    """
    is_late = at >= locks_at(occasion.held_at)
    if is_late and not late_reason.strip():
        raise BadInput(late_reason=_("那个月已经锁定。要补录，请写一句原因。"))
    insert_leaders(contact_id, occasion.leader_ids, actor.id, at)
    if occasion.target_ids:
        add(ContactTarget, *({"contact_id": contact_id, "unit_id": one} for one in occasion.target_ids))
    if occasion.home_visit:
        add(HomeVisit, {"contact_id": contact_id, **occasion.home_visit})
    if is_late:
        add(LateEntry, {"contact_id": contact_id, "reason": late_reason, "asked_at": at, "answer": ""})


def insert_leaders(contact_id: int, leader_ids: tuple[int, ...], filer_id: int | None, at: datetime) -> None:
    """Everybody confirms for himself; whoever files his own record has done so by filing it."""
    rows = [
        {"contact_id": contact_id, "person_id": person_id, "confirmed_at": at if person_id == filer_id else None}
        for person_id in leader_ids
    ]
    add(ContactLeader, *rows)


def raise_all(
    actor: Actor, occasion: Occasion, problems: list[Problem], contact_id: int, numbers: Sequence[str]
) -> list[Raised]:
    """Each problem as a voice with its ticket."""
    is_own = actor.id in occasion.leader_ids
    numbered = zip(problems, numbers, strict=True)
    return [_raise(actor, occasion, problem, contact_id, is_own, number) for problem, number in numbered]


def _raise(actor: Actor, occasion: Occasion, problem: Problem, contact_id: int, is_own: bool, number: str) -> Raised:
    leader_id = actor.id if is_own else occasion.leader_ids[0]
    raised = raise_voice(
        actor,
        text=problem.text,
        place_id=occasion.place_id,
        raised_at=occasion.held_at,
        kind=problem.kind,
        contact_id=contact_id,
        filed_for_id=None if is_own else leader_id,
        category_id=problem.category_id,
        is_urgent=problem.is_urgent,
        on_spot_answer=problem.answer,
        answered_by_id=leader_id if problem.answer else None,
        number=number,
        confidentiality=Confidentiality.RESTRICTED if problem.is_sensitive else Confidentiality.NORMAL,
        complained_of_id=problem.complained_of_id if problem.may_confide else None,
        about_person_id=problem.about_person_id,
        may_confide=problem.may_confide,
    )
    if problem.slip:
        slips.leave(actor, raised.voice_id, *problem.slip)
    return raised
