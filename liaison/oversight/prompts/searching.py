"""One night's findings: every rule with what it looks at, and how many could be asked. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liaison.calendars.working_days import working_day_before
from liaison.oversight.figures.periods import stretches
from liaison.oversight.prompts import reading
from liaison.oversight.prompts.catalogue import CATALOGUE, RULES
from liaison.oversight.prompts.finding import contacts, shares, texts, tickets
from liaison.oversight.prompts.finding.night import Found, Night
from liaison.oversight.prompts.finding.shares import Counts
from liaison.oversight.prompts.words import AskedOf, PromptKind
from liaison.programmes.in_force import known

K = PromptKind


@dataclass(frozen=True)
class Findings:
    """`could`: how many people or units had anything a rule looks at, for the base rate beside a question."""

    found: list[Found]
    could: dict[PromptKind, int]


def night_of(day: date) -> Night:
    """What is looked at in the night to this day."""
    term, before = stretches(known().school.terms, day)
    return Night(day, term, before, working_day_before(day, RULES[K.PROXY].limits["days"]))


def search(night: Night) -> Findings:
    """Ask every rule."""
    held, handled = reading.held(night), reading.by_outcome(night.term)
    people = {person for one in held if one.held_at >= night.begin for person in one.leaders}
    found = [*_contacts(night, held), *_people(night), *_tickets(night), *_shares(night, handled)]
    sizes = {AskedOf.PERSON: len(people), AskedOf.UNIT: len(handled), AskedOf.DIRECTOR: 1}
    return Findings(found, {rule.kind: sizes[rule.asked_of] for rule in CATALOGUE})


def _contacts(night: Night, held: list[contacts.Held]) -> Iterator[Found]:
    yield from contacts.batches([one for one in held if one.filed_at >= night.since])
    yield from texts.sameness(reading.written(night), night)
    yield from contacts.overlaps(held, reading.absences(held), night)
    for rule in (contacts.last_minute, contacts.quiet, contacts.delay, contacts.proxy):
        yield from rule(held, night)


def _people(night: Night) -> Iterator[Found]:
    filers = reading.filers(night)
    yield from tickets.on_spot(filers, reading.doubted([row.person_id for row in filers], night), night)


def _tickets(night: Night) -> Iterator[Found]:
    answered = reading.answered(night)
    yield from texts.template(answered)
    quick = _quick(answered, night)
    yield from tickets.haste(quick, reading.noted({row.id for row in quick}))
    yield from tickets.mismatch(reading.looked(night))
    yield from tickets.recurrence(reading.recurred(night))
    yield from tickets.quick_reopen(reading.reopened(night), night)
    yield from tickets.pauses(reading.waited(night.month), night)


def _shares(night: Night, handled: Counts) -> Iterator[Found]:
    yield from shares.explained(handled, reading.by_outcome(night.last_term), night)
    yield from shares.extensions(reading.extensions(night), night)
    yield from shares.ratings(reading.rating_marks(night))
    yield from shares.bunching(reading.handled(night.month), night)
    yield from shares.exclusions(reading.excluded(night), night)


def _quick(answered: Sequence[Any], night: Night) -> list[Any]:
    """Those of which I10 asks the notes: few."""
    limit = timedelta(minutes=RULES[K.HASTE].limits["minutes"])
    lately = [row for row in answered if row.handled_at >= night.since and row.signed_at]
    return [row for row in lately if row.handled_at - row.signed_at < limit]
