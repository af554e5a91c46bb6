"""What we keep of the rules: editions that are only added; and what a person declared, planned, was away for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from liaison.people.models import Dated
from liaison.programmes.words import (
    AbsenceType,
    CalendarBasis,
    HalfDay,
    MeetingChannel,
    MonthlyFormKind,
    PerEach,
    Period,
    QuantityUnit,
    Strength,
    SubjectRole,
    TargetScope,
    TimeBand,
)

STRENGTH_LENGTH = 100  # one of the three strengths (domain.md §3.3)
WORK_LENGTH = 500  # 工作内容 of 附件2


class Programme(Row, Base):
    """联系制度: a document that obliges people to contacts."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(120), default="")  # the document and its number
    issued_on: Mapped[date | None]
    order: Mapped[int] = mapped_column(default=0)


class ProgrammeEdition(Row, Base):
    """版本: the lines as they hold from a day on, until a later edition. Added, never changed."""

    __tablename__ = "programme_edition"
    __table_args__ = (UniqueConstraint("programme_id", "edition"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    edition: Mapped[int]
    from_on: Mapped[date]
    is_in_force: Mapped[bool]  # an edition that is not ends the programme at this university
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(120), default="")


class Requirement(Row, Base):
    """条目: who, what, per period, minimum, unit (domain.md §3.1)."""

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("minimum >= 0", name="minimum_is_no_debt"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_edition.id"))
    code: Mapped[str] = mapped_column(String(24))
    order: Mapped[int]
    title: Mapped[str] = mapped_column(String(40))
    is_in_force: Mapped[bool] = mapped_column(default=True)
    strength: Mapped[Strength] = mapped_column(choice(Strength))
    subject_role: Mapped[SubjectRole] = mapped_column(choice(SubjectRole))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of ContactKind; empty = any
    target_scope: Mapped[TargetScope] = mapped_column(choice(TargetScope))
    period: Mapped[Period] = mapped_column(choice(Period))
    minimum: Mapped[int]
    unit: Mapped[QuantityUnit] = mapped_column(choice(QuantityUnit))
    channel: Mapped[MeetingChannel | None] = mapped_column(choice(MeetingChannel))  # none = any
    per_each: Mapped[PerEach | None] = mapped_column(choice(PerEach))
    exclusive_group: Mapped[str] = mapped_column(String(24), default="")
    combine_group: Mapped[str] = mapped_column(String(24), default="")
    evidence: Mapped[str] = mapped_column(String(60), default="")
    is_prorated: Mapped[bool] = mapped_column(default=True)
    makeup_days: Mapped[int] = mapped_column(default=0)
    calendar_basis: Mapped[CalendarBasis] = mapped_column(choice(CalendarBasis))
    source_ref: Mapped[str] = mapped_column(String(120), default="")  # the wording of the document
    note: Mapped[str] = mapped_column(String(200), default="")


class Absence(Row, Base):
    """请假外出: from a day to a day, both included, of a type. No reason is kept (imports.md sheet 13)."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_person", "person_id", "from_on"),
        CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
        CheckConstraint("half IS NULL OR until_on = from_on", name="half_of_one_day"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    type: Mapped[AbsenceType] = mapped_column(choice(AbsenceType))
    half: Mapped[HalfDay | None] = mapped_column(choice(HalfDay))


class StaffObliged(Row, Dated, Base):
    """名单内教职工: a dated list kept by 组织部; never derived from anything about a person (domain.md §3.4)."""

    __tablename__ = "staff_obliged"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class SpecialPeriod(Row, Base):
    """特殊时期: days on which online contact counts as face to face (domain.md §3.6)."""

    __tablename__ = "special_period"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),)

    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(60))  # printed on every report that covers it
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    declared_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Course(Row, Base):
    """课程 of one term; the ideology courses are those leaders listen to (imports.md sheet 09)."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("code", "term_id"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    is_ideology: Mapped[bool]


class CarrierPlan(Row, Base):
    """三特一体申报: a cadre's strengths and the groups he keeps contact with, for one academic year."""

    __tablename__ = "carrier_plan"
    __table_args__ = (
        UniqueConstraint("person_id", "academic_year"),
        CheckConstraint("duty <> '' OR business <> '' OR talent <> ''", name="one_strength_at_least"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    academic_year: Mapped[str] = mapped_column(String(9), index=True)  # 2026-2027
    duty: Mapped[str] = mapped_column(String(STRENGTH_LENGTH), default="")  # 工作职能
    business: Mapped[str] = mapped_column(String(STRENGTH_LENGTH), default="")  # 业务主体
    talent: Mapped[str] = mapped_column(String(STRENGTH_LENGTH), default="")  # 个人专长
    staff_carriers: Mapped[list[str]] = mapped_column(JSON, default=list)  # five at most
    group_carriers: Mapped[list[str]] = mapped_column(JSON, default=list)  # groups, never a named student
    declared_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class TimeShare(Row, Base):
    """“一半以上时间”本人申报: a band and, if he likes, one sentence, once a term (domain.md §3.8)."""

    __tablename__ = "time_share"
    __table_args__ = (UniqueConstraint("person_id", "term_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    band: Mapped[TimeBand] = mapped_column(choice(TimeBand))
    sentence: Mapped[str] = mapped_column(String(60), default="")
    declared_at: Mapped[datetime] = mapped_column(Moment)


class MonthlyForm(Row, Base):
    """工作记录表, confirmed by the person it is about. What it prints comes from the records; only the text of
    附件2 may be written anew. `content` is the form as it was confirmed (oversight/record_forms.py)."""

    __tablename__ = "monthly_form"
    __table_args__ = (UniqueConstraint("person_id", "month", "kind"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    month: Mapped[date] = mapped_column(index=True)  # its first day
    kind: Mapped[MonthlyFormKind] = mapped_column(choice(MonthlyFormKind))
    work: Mapped[str | None] = mapped_column(String(WORK_LENGTH))  # none = as generated
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
