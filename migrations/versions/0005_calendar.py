"""校历."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("academic_year", sa.String(9), nullable=False),
        sa.Column("first_monday", sa.Date(), index=True, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day > first_monday", name="ends_after_it_begins"),
        sa.UniqueConstraint("academic_year", "name"),
    )


def downgrade() -> None:
    op.drop_table("term")
