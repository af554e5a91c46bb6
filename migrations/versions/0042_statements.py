"""三个纳入: statements about a person, on a numbered request, his own view first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(60), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stance", sa.String(24)),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("content", sa.JSON()),
        sa.Column("issued_at", MOMENT),
        sa.Column("issued_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("number", "person_id"),
        sa.CheckConstraint("stance IN ('confirmed', 'objected')", name="stance"),
        sa.CheckConstraint("last_on >= first_on", name="ends_after_it_begins"),
        sa.CheckConstraint("(stance IS NULL) = (answered_at IS NULL)", name="answered_once"),
        sa.CheckConstraint("stance <> 'objected' OR note <> ''", name="objection_says_what"),
        sa.CheckConstraint("(issued_at IS NULL) = (issued_by_id IS NULL)", name="issued_by_somebody"),
    )
    op.create_index("ix_statement_person", "statement", ["person_id", "id"])


def downgrade() -> None:
    op.drop_table("statement")
