"""月报、学期报告、年度报告: what the director writes into them, and what was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("sort", sa.String(24), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("account", sa.String(1200), nullable=False),
        sa.Column("problems", sa.String(1200), nullable=False),
        sa.Column("next_steps", sa.String(1200), nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("finalised_at", MOMENT),
        sa.Column("finalised_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key"),
        sa.CheckConstraint("sort IN ('month', 'term', 'year')", name="sort"),
        sa.CheckConstraint("state IN ('draft', 'final')", name="state"),
        sa.CheckConstraint("(state = 'final') = (finalised_at IS NOT NULL)", name="final_has_a_date"),
    )


def downgrade() -> None:
    op.drop_table("report")
