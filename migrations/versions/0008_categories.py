"""分类、编号."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("code", sa.String(2), unique=True, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(60), nullable=False),
        sa.Column("words", sa.String(400), nullable=False),
        sa.Column("limit_class", choice("urgent simple general complex long restricted"), nullable=False),
        sa.Column("lead_unit_id", KEY, sa.ForeignKey("unit.id")),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(8), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("number_series")
    op.drop_table("category")
