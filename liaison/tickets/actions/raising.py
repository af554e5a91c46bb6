"""提交: a voice comes in and opens a ticket – in one transaction with whatever heard it.

Few statements on purpose: a leader stands in a corridor and waits for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import aliased

from liaison.audit import actions as audit
from liaison.calendars import limits
from liaison.calendars.working_days import calendar_version
from liaison.core import clock
from liaison.core.db import Key, add, add_each, add_one, db, run
from liaison.people.actor import Actor
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.tickets import clocks
from liaison.tickets.actions import codes, events, ledger, notices
from liaison.tickets.actions.numbers import next_number, next_numbers, restricted_number
from liaison.tickets.lint import lint
from liaison.tickets.models import Category, Interval, Ticket, TicketEvent, Voice
from liaison.tickets.models.confidential import Recused
from liaison.tickets.models.voices import Source
from workflows.engine import decide
from workflows.parts import Part
from workflows.ticket_facts import TicketFacts
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, Kind, LimitClass
from workflows.tickets import TICKETS

TITLE_LENGTH = 38
SERIES = "LX"
OF_PEOPLE = "19"  # 教职工行为: restricted by rule (domain.md §4.14)


@dataclass(frozen=True)
class Raised:
    """What came into being. The code is known here only: the database keeps its hash."""

    ticket_id: int
    ticket_number: str
    voice_id: int
    code: str


def raise_voice(
    actor: Actor,
    *,
    text: str,
    place_id: int | None,
    raised_at: datetime,
    kind: Kind = Kind.HELP,
    source: Source = Source.CONTACT,
    contact_id: int | None = None,
    filed_for_id: int | None = None,
    category_id: int | None = None,
    college_id: int | None = None,
    is_urgent: bool = False,
    on_spot_answer: str = "",
    answered_by_id: int | None = None,
    confidentiality: Confidentiality = Confidentiality.NORMAL,
    complained_of_id: int | None = None,
    about_person_id: int | None = None,
    suggested: str = "",
    number: str = "",
    may_confide: bool = False,
) -> Raised:
    """File one voice: voice, ticket, number, query code, first event, ledger, notices (T1).

    `raised_at` is when it was said (aware), `text` 5 to 1000 characters, already linted. `suggested` names the unit
    which the collection thinks competent: the clerk reads it, nothing follows from it. `number`: where a form took
    its numbers together (`numbers.next_numbers`). From somebody who `may_confide`, a matter of the conduct of staff
    is restricted by rule, and so is one about a member of staff, `about_person_id`, who takes no part in it.
    Raises MoveRefused where the process refuses. Commits nothing.
    """
    stopped = bool(lint(text).refusals)
    facts = TicketFacts(on_spot=bool(on_spot_answer), urgent=is_urgent, lint_open=stopped)
    decide(TICKETS, "submit", state=None, parts={Part.FILER}, facts=facts, given={"text": text})
    known = run(_KNOWN, {"category": category_id, "place": place_id}).one()
    about_person_id = about_person_id if may_confide else None
    if may_confide and (known.code == OF_PEOPLE or about_person_id):
        confidentiality = Confidentiality.RESTRICTED
    is_normal = confidentiality is Confidentiality.NORMAL
    number = (number or next_number(*series_of(raised_at))) if is_normal else restricted_number()
    limit_class = _proposed_class(known.limit_class, is_urgent, is_normal)
    columns: dict[str, Any] = {
        "number": number,
        "title": title_of(text) if is_normal else f"受限事项 {number}",
        "kind": kind,
        "category_id": category_id,
        "place_id": place_id,
        "college_id": college_id or known.college_id,
        "filed_by_id": actor.id,
        "filed_for_id": filed_for_id,
        "contact_id": contact_id,
        "raised_at": raised_at,
        "waits_since": raised_at,
        "confidentiality": confidentiality,
        "complained_of_id": complained_of_id,
        "is_urgent": is_urgent,
        "is_on_spot": bool(on_spot_answer),
        "limit_class": limit_class,
        "promised_at": limits.promise(raised_at, limit_class),
    }
    ticket_id = add_one(Ticket, _ticket_row(State.SUBMITTED, columns))
    voice_id, code = _insert_voice(ticket_id, text, source, columns)
    if about_person_id:
        add(Recused, {"ticket_id": ticket_id, "person_id": about_person_id})
    ledger.begin(ticket_id, State.SUBMITTED, raised_at)
    data: dict[str, Any] = {"rules": limits.rule_version(), "calendar": calendar_version(), "urgent": is_urgent}
    data |= {"on_spot": on_spot_answer, "answered_by": answered_by_id} if on_spot_answer else {}
    data |= {"suggested": suggested} if suggested else {}
    events.write(ticket_id, "submit", actor, seq=1, from_state=None, to_state=State.SUBMITTED, data=data)
    notices.submitted(ticket_id, number, is_urgent, is_normal, columns["college_id"], about_person_id)
    audit.append(actor.id, "ticket.submit", object=number)
    return Raised(ticket_id, number, voice_id, code)


def series_of(raised_at: datetime) -> tuple[str, int]:
    """The series a ticket is numbered in."""
    return SERIES, clock.local(raised_at).year


def title_of(text: str) -> str:
    """The first clause of what was said, short enough for a list."""
    first = re.split(r"[。！？!?\n；;]", text.strip())[0].strip(" ，,、")
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def open_children(parent: Ticket, texts: list[str], actor: Actor, at: datetime) -> list[str]:
    """拆分子件: inherit contact, dates and ledger; category and class are set anew (T9a). Returns their numbers."""
    is_normal = parent.confidentiality is Confidentiality.NORMAL
    series = [series_of(parent.raised_at)] * len(texts)
    numbers = next_numbers(*series) if is_normal else [restricted_number() for _text in texts]
    columns = [_of_child(parent, number, text, is_normal) for number, text in zip(numbers, texts, strict=True)]
    ids = add_each(Ticket, [_ticket_row(State.TRIAGE, one, at) for one in columns])
    original = db.session.scalars(select(Voice).where(Voice.ticket_id == parent.id).order_by(Voice.id)).one()
    add(Voice, *(_extract(*pair, original) for pair in zip(ids, texts, columns, strict=True)))
    if not is_normal:
        run(_RECUSING, {"parent": parent.id})
    _copy_ledger(parent.id)
    born = ("born_of_split", actor, 1, None, State.TRIAGE, at, "", {"parent": parent.number})
    add(TicketEvent, *(events.row(ticket_id, *born) for ticket_id in ids))
    return numbers


def _of_child(parent: Ticket, number: str, text: str, is_normal: bool) -> dict[str, Any]:
    return {
        "number": number,
        "title": title_of(text) if is_normal else f"受限事项 {number}",
        "kind": parent.kind,
        "place_id": parent.place_id,
        "college_id": parent.college_id,
        "filed_by_id": parent.filed_by_id,
        "filed_for_id": parent.filed_for_id,
        "contact_id": parent.contact_id,
        "raised_at": parent.raised_at,
        "waits_since": parent.waits_since,
        "parent_id": parent.id,
        "confidentiality": parent.confidentiality,
        "complained_of_id": parent.complained_of_id,
        "limit_class": LimitClass.GENERAL if is_normal else LimitClass.RESTRICTED,
        "promised_at": parent.promised_at,
    }


def _extract(ticket_id: int, text: str, columns: dict[str, Any], original: Voice) -> dict[str, Any]:
    """A part of the voice; it has no code: the parent's code shows all children (rulings §7)."""
    return _voice_row(ticket_id, text, original.source, columns, original.id, "")


def _about_category_and_place() -> Any:
    """Code and limit class of a category; the college of a place: its desk may settle the matter (domain.md §2.2)."""

    def of_category(column: Any) -> Any:
        return select(column).where(Category.id == bindparam("category", type_=Key)).scalar_subquery()

    place, above = aliased(Unit), aliased(Unit)
    college = (
        select(above.id)
        .join(place, place.parent_id == above.id)
        .where(place.id == bindparam("place", type_=Key), above.type == UnitType.COLLEGE)
    )
    return select(
        of_category(Category.code).label("code"),
        of_category(Category.limit_class).label("limit_class"),
        college.scalar_subquery().label("college_id"),
    )


_KNOWN = _about_category_and_place()


def _proposed_class(of_category: LimitClass | None, is_urgent: bool, is_normal: bool) -> LimitClass:
    if not is_normal:
        return LimitClass.RESTRICTED
    return LimitClass.URGENT if is_urgent else of_category or clocks.DEFAULT_CLASS


def _ticket_row(state: State, columns: dict[str, Any], at: datetime | None = None) -> dict[str, Any]:
    since = at or columns["raised_at"]
    moment = clocks.Moment(since, columns["limit_class"], columns.get("is_urgent", False), None)
    is_restricted = columns["confidentiality"] is not Confidentiality.NORMAL
    return {
        **columns,
        "state": state,
        "stage": state.stage,
        "ball": clocks.ball_of(state, is_restricted),
        "state_since": since,
        "next_due_at": clocks.next_due(state, moment),
        "rule_version": limits.rule_version(),
        "calendar_version": calendar_version(),
        "event_count": 1,
    }


def _insert_voice(ticket_id: int, text: str, source: Source, columns: dict[str, Any]) -> tuple[int, str]:
    """The voice with its code."""
    code = codes.new_code()
    return add_one(Voice, _voice_row(ticket_id, text, source, columns, None, code)), code


def _voice_row(
    ticket_id: int, text: str, source: Source, columns: dict[str, Any], extract_of: int | None, code: str
) -> dict[str, Any]:
    now = clock.now()
    return {
        "ticket_id": ticket_id,
        "contact_id": columns.get("contact_id"),
        "source": source,
        "extract_of_id": extract_of,
        "text": text,
        "place_id": columns.get("place_id"),
        "filed_by_id": columns["filed_by_id"],
        "filed_for_id": columns.get("filed_for_id"),
        "raised_at": columns["raised_at"],
        "filed_at": now,
        "code_hash": codes.hashed(code) if code else None,
        "code_issued_at": now if code else None,
    }


def _copy_ledger(parent_id: int) -> None:
    """A child waited as long as its parent: the same intervals (domain.md §4.3, T9)."""
    run(_COPYING, {"parent": parent_id})


def _copying() -> Any:
    waited = [getattr(Interval, name) for name in WAITED]
    wanted = select(Ticket.id, *waited).join(Interval, Interval.ticket_id == Ticket.parent_id)
    return insert(Interval).from_select(["ticket_id", *WAITED], wanted.where(Ticket.parent_id == bindparam("parent")))


def _recusing() -> Any:
    """Whom a restricted matter is about takes no part in its children either."""
    wanted = select(Ticket.id, Recused.person_id).join(Recused, Recused.ticket_id == Ticket.parent_id)
    return insert(Recused).from_select(
        ["ticket_id", "person_id"], wanted.where(Ticket.parent_id == bindparam("parent"))
    )


WAITED = ["ledger", "unit_id", "pause_reason", "episode", "from_at", "until_at"]
_COPYING, _RECUSING = _copying(), _recusing()
