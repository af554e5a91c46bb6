"""附件1、附件2: one form or everybody's. As many statements for all as for one.

Whether the reader may see a form is asked first (`load`); what it prints comes from all confirmed contacts of its
person, as the form itself does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from liaison.access import Action, Scope, scopes
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.oversight import record_forms as paper
from liaison.oversight import record_history as history
from liaison.oversight.queries import record_corrections as corrections
from liaison.oversight.queries import record_sources as sources
from liaison.oversight.queries.record_holders import of_month
from liaison.oversight.queries.snapshots import is_locked
from liaison.oversight.record_forms import Held, Holder, Plan, RecordForm
from liaison.people.actor import Actor
from liaison.people.models import Post
from liaison.programmes.models import MonthlyForm
from liaison.programmes.words import MonthlyFormKind


def load(actor: Actor, kind: MonthlyFormKind, month: date, person_id: int) -> RecordForm:
    """One form as it prints, or NotVisible: his own, of the leader he acts for, or anybody's for the office."""
    return gather(kind, month, [holder(actor, kind, month, person_id)])[0]


def holder(actor: Actor, kind: MonthlyFormKind, month: date, person_id: int) -> Holder:
    """Whose form it is, if this reader may see it. Raises NotVisible."""
    is_mine = person_id == actor.id or person_id in actor.leads_for
    if is_mine or Scope.ALL in scopes(actor, Action.READ_FORMS):
        for found in of_month(kind, month, Post.person_id == person_id):
            return found
    raise NotVisible(str(person_id))


def all_of(kind: MonthlyFormKind, month: date) -> list[RecordForm]:
    """Everybody's, in organisational order: for the merged file."""
    return gather(kind, month, of_month(kind, month))


def as_generated(kind: MonthlyFormKind, month: date, holder: Holder) -> RecordForm:
    """The form as the records stand now, whatever was confirmed."""
    return _from_records(kind, month, [holder], sources.contacts(month, [holder.person_id]))[0]


def gather(kind: MonthlyFormKind, month: date, holders: Sequence[Holder]) -> list[RecordForm]:
    """The forms of these people as they print: as confirmed where confirmed, else as the records stand now."""
    people = [one.person_id for one in holders]
    where = (MonthlyForm.kind == kind, MonthlyForm.month == month, MonthlyForm.person_id.in_(people))
    kept = {row.person_id: row for row in db.session.scalars(select(MonthlyForm).where(*where))}
    contacts = sources.contacts(month, people)
    notes, versions, is_over = sources.special_days(month), corrections.versions(month), is_locked(month)
    amended = corrections.amended(month, people)
    found = []
    for now, person in zip(_from_records(kind, month, holders, contacts), people, strict=True):
        news = [*history.news_of(contacts[person]), *amended[person]]
        form = replace(_printed(now, kept.get(person)), notes=notes)
        found.append(history.with_history(form, now, versions, news, is_locked=is_over))
    return found


def kept_of(kind: MonthlyFormKind, month: date, person_id: int) -> MonthlyForm | None:
    """What a person confirmed, to be changed."""
    where = (MonthlyForm.kind == kind, MonthlyForm.month == month, MonthlyForm.person_id == person_id)
    return db.session.scalar(select(MonthlyForm).where(*where))


def _from_records(
    kind: MonthlyFormKind, month: date, holders: Sequence[Holder], contacts: Mapping[int, Sequence[Held]]
) -> list[RecordForm]:
    people = [one.person_id for one in holders]
    if kind is MonthlyFormKind.FIVE_LINKS:
        linked = sources.linked(month, people)
        return [paper.five_links(month, one, contacts[one.person_id], linked[one.person_id]) for one in holders]
    plans, heard = sources.plans(month, people), sources.heard(month, people)
    return [
        paper.three_strengths(month, one, contacts[key], plans.get(key, Plan()), heard[key])
        for one, key in zip(holders, people, strict=True)
    ]


def _printed(form: RecordForm, kept: MonthlyForm | None) -> RecordForm:
    if kept is None or kept.confirmed_at is None or kept.content is None:
        return form
    return paper.as_confirmed(form, kept.content, kept.confirmed_at)
