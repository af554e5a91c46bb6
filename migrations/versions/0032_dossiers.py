"""查阅申请: one restricted matter, read by the auditor for 72 hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PROPOSED = sa.text("state = 'proposed'")


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "ticket_dossier",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("asked_by_id", KEY, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("state", choice("proposed confirmed declined"), nullable=False),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("decided_at", MOMENT),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.Column("until_at", MOMENT),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_has_a_date"),
        sa.CheckConstraint("(state = 'confirmed') = (until_at IS NOT NULL)", name="confirmed_has_an_end"),
    )
    op.create_index(
        "ix_ticket_dossier_open",
        "ticket_dossier",
        ["ticket_id", "asked_by_id"],
        unique=True,
        sqlite_where=PROPOSED,
        postgresql_where=PROPOSED,
    )


def downgrade() -> None:
    op.drop_table("ticket_dossier")
