"""时限."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "limit_version",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("label", sa.String(12), unique=True, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("note", sa.String(80), nullable=False),
    )
    op.create_table(
        "limit_rule",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("version_id", KEY, sa.ForeignKey("limit_version.id"), nullable=False),
        sa.Column("limit_class", choice("urgent simple general complex long restricted"), nullable=False),
        sa.Column("is_in_hours", sa.Boolean(), nullable=False),
        sa.Column("accept", sa.Integer(), nullable=False),
        sa.Column("triage", sa.Integer(), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Integer()),
        sa.Column("extension", sa.Integer(), nullable=False),
        sa.Column("office", sa.Integer(), nullable=False),
        sa.Column("feedback", sa.Integer(), nullable=False),
        sa.Column("calendar", choice("natural statutory service"), nullable=False),
        sa.UniqueConstraint("version_id", "limit_class"),
    )


def downgrade() -> None:
    op.drop_table("limit_rule")
    op.drop_table("limit_version")
