"""保密、联系方式: who takes no part, what was handed over, and the encrypted ways to answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KEPT = {"sqlite_where": sa.text("deleted_at IS NULL"), "postgresql_where": sa.text("deleted_at IS NULL")}


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "ticket_recused",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.UniqueConstraint("ticket_id", "person_id"),
    )
    op.create_table(
        "handoff",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), unique=True),
        sa.Column("type", choice("psychology safety sexual minor fire_medical report"), nullable=False),
        sa.Column("receiver", sa.String(60), nullable=False),
        sa.Column("called_at", MOMENT, nullable=False, index=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("receipt_at", MOMENT),
        sa.Column("is_in_time", sa.Boolean(), nullable=False),
        sa.Column("receipt_by_id", KEY, sa.ForeignKey("person.id")),
        sa.CheckConstraint("(receipt = '') = (receipt_at IS NULL)", name="receipt_has_a_date"),
    )
    op.create_table(
        "slip",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("voice_id", KEY, sa.ForeignKey("voice.id"), nullable=False, index=True),
        sa.Column("channel", choice("phone messenger email"), nullable=False),
        sa.Column("value", sa.String(600), nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=False),
        sa.Column("consented_at", MOMENT, nullable=False),
        sa.Column("left_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("deleted_at", MOMENT),
        sa.CheckConstraint("(deleted_at IS NULL) = (value <> '')", name="deleted_is_empty"),
    )
    op.create_index("ix_slip_kept", "slip", ["voice_id"], unique=True, **KEPT)
    op.create_table(
        "slip_grant",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("granted_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.UniqueConstraint("ticket_id", "episode", "person_id"),
    )


def downgrade() -> None:
    for table in ("slip_grant", "slip", "handoff", "ticket_recused"):
        op.drop_table(table)
