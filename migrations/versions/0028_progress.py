"""进度与计入: what people did towards each requirement, derived from their contacts and kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PERIODS = "none week month half_year term academic_year calendar_year"


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def to(table: str) -> sa.Column[int]:
    return sa.Column(f"{table}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "progress_state",
        sa.Column("id", KEY, primary_key=True),
        to("person"),
        sa.Column("academic_year", sa.String(9), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("computed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("person_id", "academic_year"),
    )
    op.create_table(
        "progress",
        sa.Column("id", KEY, primary_key=True),
        to("person"),
        to("requirement"),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("programme", sa.String(16), nullable=False),
        sa.Column("period", choice(PERIODS), nullable=False),
        sa.Column("period_key", sa.String(16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("required", sa.Integer()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("voluntary", sa.JSON(), nullable=False),
        sa.Column("short", sa.JSON(), nullable=False),
        sa.Column("band", choice("under_30 under_50 half_or_more")),
        sa.UniqueConstraint("person_id", "code", "period_key"),
        sa.Index("ix_progress_period", "period_key", "code"),
    )
    op.create_table(
        "credit",
        sa.Column("id", KEY, primary_key=True),
        to("contact"),
        to("person"),
        to("requirement"),
        sa.Column("period_key", sa.String(16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("contact_id", "person_id", "requirement_id"),
        sa.Index("ix_credit_person", "person_id", "period_key", "requirement_id"),
    )


def downgrade() -> None:
    for table in ("credit", "progress", "progress_state"):
        op.drop_table(table)
