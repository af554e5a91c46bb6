"""诉求、补充."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "voice",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), index=True),
        sa.Column("source", choice("contact office import"), nullable=False),
        sa.Column("extract_of_id", KEY, sa.ForeignKey("voice.id"), index=True),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("place_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("filed_by_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("filed_for_id", KEY, sa.ForeignKey("person.id"), index=True),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("code_hash", sa.String(64), unique=True),
        sa.Column("code_issued_at", MOMENT),
        sa.Column("opened_at", MOMENT),
        sa.Column("has_reopened", sa.Boolean(), nullable=False),
        sa.CheckConstraint("source <> 'contact' OR contact_id IS NOT NULL", name="heard_somewhere"),
    )
    op.create_table(
        "remark",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("voice_id", KEY, sa.ForeignKey("voice.id")),
        sa.Column("kind", choice("supplement remark reopening"), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("remark")
    op.drop_table("voice")
