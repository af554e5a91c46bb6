"""计划: a contact to come. It credits nothing until it is held; going unannounced is as welcome (domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete

from liaison.contacts.actions import filing, records
from liaison.contacts.actions.filing import Filed, Problem
from liaison.contacts.models import Contact, ContactLeader, ContactTarget, locks_at
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.core.db import db
from liaison.people.actor import Actor
from liaison.tickets.actions.numbers import next_numbers
from liaison.tickets.actions.raising import series_of
from workflows.contacts import State
from workflows.parts import Part


def plan(actor: Actor, occasion: Occasion) -> str:
    """Write down a contact to come and return its number. `leader_ids` are whom the actor may file for."""
    state = records.ask("plan", state=None, parts=_part(actor, occasion.leader_ids))
    at = clock.now()
    (number,) = next_numbers((filing.SERIES, clock.local(occasion.held_at).year))
    contact_id = filing.insert(actor, occasion, state, at, number, events=1)
    filing.insert_leaders(contact_id, occasion.leader_ids, None, at)
    meant = {"place_id": occasion.place_id, "on": clock.local(occasion.held_at).date().isoformat()}
    records.write(records.event(contact_id, 1, "plan", actor, None, state, at, data=meant))  # held, the row says more
    return number


def hold(
    actor: Actor, contact: Contact, version: int, occasion: Occasion, problems: list[Problem], late_reason: str = ""
) -> Filed:
    """What was planned took place, as `occasion` says now. From here on it is a record like any other.

    The caller has loaded it through what the actor may see, and asked `queries.plans.may_carry_out`.
    Raises Conflict (not planned any more, or somebody was faster). Commits nothing.
    """
    part, at, seq = _part(actor, occasion.leader_ids), clock.now(), contact.event_count
    held = records.ask("record", state=contact.state, parts=part)
    deed = "confirm_own" if Part.LEADER in part else "hand_over"
    state = records.ask(deed, state=held, parts=part)
    filed = {"filed_at": at, "filed_by_id": actor.id, "is_late": at >= locks_at(occasion.held_at)}
    records.change(contact, version, events=2, state=state, **filed, **occasion.columns)
    for model in (ContactLeader, ContactTarget):
        db.session.execute(delete(model).where(model.contact_id == contact.id))
    filing.insert_around(contact.id, occasion, actor, at, late_reason)
    records.write(
        records.event(contact.id, seq + 1, "record", actor, State.PLANNED, held, at, reason=late_reason),
        records.event(contact.id, seq + 2, deed, actor, held, state, at),
    )
    numbers = next_numbers(*[series_of(occasion.held_at)] * len(problems)) if problems else []
    return Filed(contact.id, contact.number, filing.raise_all(actor, occasion, problems, contact.id, numbers))


def cancel(actor: Actor, contact: Contact, version: int, leader_ids: Collection[int]) -> None:
    """It will not take place; nobody asks why. Raises Conflict. Commits nothing."""
    state = records.ask("cancel", state=contact.state, parts=_part(actor, leader_ids))
    seq = contact.event_count + 1
    records.change(contact, version, state=state)
    records.write(records.event(contact.id, seq, "cancel", actor, State.PLANNED, state))


def _part(actor: Actor, leader_ids: Collection[int]) -> frozenset[Part]:
    return frozenset({Part.LEADER if actor.id in leader_ids else Part.LIAISON})
