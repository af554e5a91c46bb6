"""What we keep about staff and units. Nothing here is about a student (rulings §8)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.db import Base, Moment, Row, choice
from liaison.people.words import PostCategory, Role, UnitFunction, UnitType


class Dated:
    """Mixin: valid from a day until a day (both included); open-ended without an end."""

    from_on: Mapped[date]
    until_on: Mapped[date | None]


SUCCEEDED = text("successor_id IS NOT NULL")


class Unit(Row, Base):
    """单位与地点: departments, colleges, classes, buildings, rooms … Closed, never deleted."""

    __tablename__ = "unit"
    __table_args__ = (
        Index("ix_unit_type_name", "type", "name"),
        Index("ix_unit_successor", "successor_id", sqlite_where=SUCCEEDED, postgresql_where=SUCCEEDED),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_opening"),
    )

    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    short_name: Mapped[str] = mapped_column(String(20), default="", server_default="")  # for phones
    aliases: Mapped[str] = mapped_column(String(200), default="")  # other words people type, blank-separated
    type: Mapped[UnitType] = mapped_column(choice(UnitType))
    function: Mapped[UnitFunction | None] = mapped_column(choice(UnitFunction))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    can_receive_tickets: Mapped[bool] = mapped_column(default=False)
    has_half_time_rule: Mapped[bool] = mapped_column(default=False, server_default=false())  # 一半以上时间 (§3.8)
    campus: Mapped[str] = mapped_column(String(20), default="", server_default="")
    grade: Mapped[str] = mapped_column(String(10), default="", server_default="")  # of a class: 2023
    size: Mapped[int | None]  # students of a class, beds of a room: a number, never a list
    order: Mapped[int] = mapped_column(default=0)  # organisational order: the only order units are listed in
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Person(Row, Base):
    """教职工: an account. The name is how the person is addressed at work."""

    __tablename__ = "person"

    login: Mapped[str] = mapped_column(String(40), unique=True)
    staff_no: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(120))  # the address at work
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # where the roster lists him
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None] = mapped_column(Moment)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    is_large_type: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class PasswordHistory(Row, Base):
    """The last passwords of an account, hashed; the dengbao profile refuses five of them."""

    __tablename__ = "password_history"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime] = mapped_column(Moment)


class Post(Row, Dated, Base):
    """职务: a title at a unit, for a time."""

    __tablename__ = "post"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    category: Mapped[PostCategory] = mapped_column(
        choice(PostCategory), default=PostCategory.OTHER, server_default=PostCategory.OTHER.value
    )
    rank: Mapped[str] = mapped_column(String(10), default="", server_default="")  # 正厅, 副处 …
    is_principal: Mapped[bool] = mapped_column(default=False)
    order: Mapped[int] = mapped_column(default=0)


class RoleGrant(Row, Dated, Base):
    """角色: what a person may be, where, and for how long. The unit is empty for office-wide roles."""

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(Moment)


class Delegation(Row, Dated, Base):
    """委托: a liaison acts for a leader between two days."""

    __tablename__ = "delegation"

    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    liaison_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    __table_args__ = (CheckConstraint("leader_id <> liaison_id", name="two_people"),)


class Supervision(Row, Dated, Base):
    """分管: a leader is in charge of a unit."""

    __tablename__ = "supervision"

    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class Link(Row, Dated, Base):
    """联系点: leader or cadre ↔ unit (class, dormitory, canteen, club …); never ↔ a student."""

    __tablename__ = "link"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    liaison_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who prepares the visits there


class StaffLink(Row, Dated, Base):
    """联系青年教师、结对教师: a member of staff, by name only (domain.md §3.3 L5, §3.4 LN16-LINK-T)."""

    __tablename__ = "staff_link"
    __table_args__ = (CheckConstraint("person_id <> colleague_id", name="two_people"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    colleague_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_young_teacher: Mapped[bool]  # counts for 联系青年教师; otherwise only as a pair of teachers


class SignIn(Row, Base):
    """A session. The cookie holds a random token, this row its hash (safety.md R21)."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)  # last time the password was typed
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)  # absolute end
    idle_minutes: Mapped[int]
    device: Mapped[str] = mapped_column(String(120), default="")
    proven_at: Mapped[datetime | None] = mapped_column(Moment)  # second step; empty also where there is none


class SecondFactor(Base):
    """两步验证: what a person's telephone and we both know (TOTP, RFC 6238), sealed with a key of the configuration."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[str] = mapped_column(String(255))
    since: Mapped[datetime] = mapped_column(Moment)
    last_step: Mapped[int] = mapped_column(default=0)  # half minutes since 1970: no code opens twice


class FailedTry(Row, Base):
    """Wrong tries, counted per key and window: sign-in by account and address, query codes by address."""

    __tablename__ = "failed_try"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64))  # keyed hash: neither address nor login is stored in clear
    count: Mapped[int] = mapped_column(default=0)
    window_from: Mapped[datetime] = mapped_column(Moment)
    blocked_until: Mapped[datetime | None] = mapped_column(Moment)
    blocks: Mapped[int] = mapped_column(default=0)  # how often in a row: the lock doubles
