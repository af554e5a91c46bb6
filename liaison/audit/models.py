"""One row per deed or look, chained; one row that holds the head of the chain (safety.md R31–R33)."""

from __future__ import annotations

from typing import cast

from sqlalchemy import ForeignKey, Index, String, Table, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.audit.guards import append_only, follow_head, run_after_create
from liaison.core.db import Base, Key

ACTED = text("on_behalf_id IS NOT NULL")


class AuditRow(Base):
    """Append-only: triggers refuse UPDATE and DELETE on both databases."""

    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_on_behalf", "on_behalf_id", sqlite_where=ACTED, postgresql_where=ACTED),)

    seq: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)  # UTC, microseconds, as text: hashed as it is read
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(String(45), default="")
    deed: Mapped[str] = mapped_column(String(40), index=True)  # past tense, two parts: sign_in.failed, export.made
    object: Mapped[str] = mapped_column(String(60), default="", index=True)  # a number, never a text
    result: Mapped[str] = mapped_column(String(12))  # ok, refused, failed
    detail: Mapped[str] = mapped_column(Text, default="{}")  # canonical JSON, no personal text
    commitment: Mapped[str] = mapped_column(String(64), default="")  # SHA-256(salt ‖ text)
    alg: Mapped[str] = mapped_column(String(12), default="sha256")
    prev: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class AuditText(Base):
    """A text the chain commits to, with its salt. Outside the chain, so that erasing it breaks nothing (R33)."""

    __tablename__ = "audit_text"

    seq: Mapped[int] = mapped_column(ForeignKey("audit_row.seq"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)


class AuditHead(Base):
    """The last link. Locked last in every transaction, so appends never fork (safety.md R32)."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Key)
    hash: Mapped[str] = mapped_column(String(64))


_ROWS, _HEAD = (cast(Table, model.__table__) for model in (AuditRow, AuditHead))
_ROWS.add_is_dependent_on(_HEAD)  # created after the head it moves
run_after_create(_ROWS, append_only("audit_row", "seq"))
run_after_create(_ROWS, follow_head())
