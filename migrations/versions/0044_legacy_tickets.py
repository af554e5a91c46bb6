"""历史台账: what was written down before this system, to be read and searched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "legacy_ticket",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("known_by", sa.String(64), nullable=False, unique=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True),
        sa.Column("ended_on", sa.Date()),
        sa.Column("outcome", sa.String(24)),
        sa.Column("source", sa.String(40), nullable=False),
        sa.CheckConstraint("outcome IN ('A', 'B', 'C', 'D')", name="outcome"),
        sa.CheckConstraint("ended_on >= received_on", name="ends_after_it_begins"),
    )
    op.create_index("ix_legacy_ticket_received", "legacy_ticket", ["received_on", "id"])


def downgrade() -> None:
    op.drop_table("legacy_ticket")
