"""提醒: the outbox and the inbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("recipient_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text_key", sa.String(40), nullable=False),
        sa.Column("about", sa.String(24), nullable=False),
        sa.Column("stage", choice("collect analyse resolve feedback")),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("sent_at", MOMENT),
        sa.Column("dedupe_key", sa.String(120), unique=True),
    )
    op.create_index("ix_notice_recipient", "notice", ["recipient_id", "id"])
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["recipient_id", "id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("notice")
