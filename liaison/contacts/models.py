"""What we keep about contacts. Nothing here is about a student (rulings §8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, run_after_create
from liaison.contacts.words import Headcount
from liaison.core import clock
from liaison.core.db import Base, Moment, Row, choice, table
from liaison.programmes.models import Course
from liaison.programmes.words import ConsentForm, ContactKind, MeetingChannel, VisitMode
from liaison.settings.in_force import number
from workflows.contacts import State as ContactState

PLACE_LENGTH = 20  # a place outside the tree of units (domain.md §3.7)
TITLE_LENGTH = 60
DOCUMENT_NO_LENGTH = 40
REASON_LENGTH = 200
SUMMARY_LENGTH = 60  # 工作简况 on the monthly form (domain.md §3.3)


TALKED = text("colleague_id IS NOT NULL")


class Contact(Row, Base):
    """联系记录: when, where, which kinds, by whom."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_held", "held_at", "id"),
        Index("ix_contact_place", "place_id", "held_at", "id"),
        Index("ix_contact_filer", "filed_by_id", "held_at", "id"),
        Index("ix_contact_filed", "filed_at"),  # what came in lately: appended at its end only
        Index("ix_contact_colleague", "colleague_id", sqlite_where=TALKED, postgresql_where=TALKED),
        CheckConstraint("(place_id IS NULL) = (place_text <> '')", name="held_at_one_place"),
        CheckConstraint("second_kind <> kind", name="two_different_kinds"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_of_one_day"),
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[ContactState] = mapped_column(choice(ContactState))
    held_at: Mapped[datetime] = mapped_column(Moment)
    filed_at: Mapped[datetime] = mapped_column(Moment)
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    place_text: Mapped[str] = mapped_column(String(PLACE_LENGTH), default="")
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind))
    second_kind: Mapped[ContactKind | None] = mapped_column(choice(ContactKind))  # one occasion is of two at most
    channel: Mapped[MeetingChannel] = mapped_column(choice(MeetingChannel))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")
    headcount: Mapped[Headcount | None] = mapped_column(choice(Headcount))
    minutes: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="", server_default="")  # lecture, study, forum
    document_no: Mapped[str] = mapped_column(  # the paper is kept elsewhere
        String(DOCUMENT_NO_LENGTH), default="", server_default=""
    )
    reported_on: Mapped[date | None]  # a study or an inspection, to the committee
    course_id: Mapped[int | None] = mapped_column(ForeignKey(Course.id))  # listened to
    colleague_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the young teacher; no content
    is_late: Mapped[bool] = mapped_column(default=False)  # 补录: filed after the month was locked
    version: Mapped[int] = mapped_column(default=1)
    event_count: Mapped[int] = mapped_column(default=0)

    @property
    def kinds(self) -> list[ContactKind]:
        return [kind for kind in (self.kind, self.second_kind) if kind is not None]

    @property
    def is_locked(self) -> bool:
        return clock.now() >= locks_at(self.held_at)


UNCOUNTED: dict[str, Any] = {"sqlite_where": text("is_counted = 0"), "postgresql_where": text("NOT is_counted")}


class ContactLeader(Row, Base):
    """Who of the leaders (or which cadre) was there; each confirms for himself what others filed.

    Rows that are not counted yet are the queue of the progress engine (actions/crediting.py).
    """

    __tablename__ = "contact_leader"
    __table_args__ = (
        UniqueConstraint("contact_id", "person_id"),
        Index("ix_contact_leader_person", "person_id", "contact_id"),
        Index("ix_contact_leader_uncounted", "person_id", "contact_id", **UNCOUNTED),
        CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="confirmed_or_declined"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    declined_at: Mapped[datetime | None] = mapped_column(Moment)
    is_counted: Mapped[bool] = mapped_column(default=False, server_default=false())  # as the contact stands now


class LateEntry(Base):
    """补录: filed after its month was locked. Until the director agrees it counts nothing (domain.md §3.9)."""

    __tablename__ = "late_entry"
    __table_args__ = (CheckConstraint("(is_approved IS NULL) = (decided_at IS NULL)", name="decided_once"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    is_approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")


WAITING: dict[str, Any] = {"sqlite_where": text("is_approved IS NULL"), "postgresql_where": text("is_approved IS NULL")}


class Amendment(Row, Base):
    """更正: what a record of a locked month should say. Until the director agrees it changes nothing (§2.3, §3.9)."""

    __tablename__ = "amendment"
    __table_args__ = (
        Index("ix_amendment_waiting", "contact_id", unique=True, **WAITING),  # one at a time
        CheckConstraint("(is_approved IS NULL) = (decided_at IS NULL)", name="decided_once"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)  # the whole Occasion; emptied once it is decided
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")


class ContactTarget(Row, Base):
    """Which units the contact was for, besides its place: a class, a branch, a club."""

    __tablename__ = "contact_target"
    __table_args__ = (UniqueConstraint("contact_id", "unit_id"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class HomeVisit(Base):
    """走访家庭: that they agreed and how, how they were met, what help was arranged. Nothing about them (§3.5 NG6)."""

    __tablename__ = "home_visit"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True, autoincrement=False)
    mode: Mapped[VisitMode] = mapped_column(choice(VisitMode))
    consent: Mapped[ConsentForm] = mapped_column(choice(ConsentForm))
    consented_on: Mapped[date]
    help_agreed: Mapped[str] = mapped_column(String(SUMMARY_LENGTH), default="")


PLANNED = text("move = 'plan'")  # the first event of a contact that was meant before it was held
REWRITTEN = text("move IN ('edit', 'amend', 'reject')")  # another time or place is said, or that it never was


class ContactEvent(Row, Base):
    """流转记录 of a contact: one row per deed, append-only."""

    __tablename__ = "contact_event"
    __table_args__ = (
        UniqueConstraint("contact_id", "seq"),
        Index("ix_contact_event_planned", "at", sqlite_where=PLANNED, postgresql_where=PLANNED),
        Index("ix_contact_event_rewritten", "at", sqlite_where=REWRITTEN, postgresql_where=REWRITTEN),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    seq: Mapped[int]
    move: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[ContactState | None] = mapped_column(choice(ContactState))
    to_state: Mapped[ContactState] = mapped_column(choice(ContactState))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    actor_label: Mapped[str] = mapped_column(String(80))  # as he was called on that day
    at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # ids, days, choices – never a text
    request_id: Mapped[str] = mapped_column(String(16), default="")


def locks_at(held_at: datetime) -> datetime:
    """When the month of a contact is locked: at 24:00 of `lock_day` in China, as a UTC moment (domain.md §3.9)."""
    return clock.end_of(_next_month(held_at).replace(day=lock_day(held_at)))


def lock_day(held_at: datetime) -> int:
    """The day of the next month on which it is locked, by the setting at the end of the contact's month."""
    return number("month_lock_day", clock.moment(_next_month(held_at)))


def _next_month(held_at: datetime) -> date:
    """The first day of it."""
    day = clock.local(held_at).date()
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, 1)


run_after_create(table(ContactEvent), append_only("contact_event"))
