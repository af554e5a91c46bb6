"""督办单: proposed, issued, answered, lifted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
BY_SYSTEM = sa.text("cause <> 'office'")


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "supervision_order",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False, index=True),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("grade", choice("order leader"), nullable=False),
        sa.Column("cause", choice("red reopened returned hot long_red unanswered wall office"), nullable=False),
        sa.Column("state", choice("proposed issued answered lifted dropped"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), unique=True),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("demand", sa.String(500), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("proposed_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("issued_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("issued_at", MOMENT),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("answered_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("answered_at", MOMENT),
        sa.Column("send_back", sa.String(300), nullable=False),
        sa.Column("comment", sa.String(300), nullable=False),
        sa.Column("commented_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("commented_at", MOMENT),
        sa.Column("result", sa.String(300), nullable=False),
        sa.Column("ended_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("(number IS NULL) = (issued_at IS NULL)", name="issued_has_a_number"),
        sa.CheckConstraint(
            "number IS NULL OR (due_on IS NOT NULL AND unit_id IS NOT NULL)", name="issued_is_addressed"
        ),
        sa.CheckConstraint("state <> 'lifted' OR result <> ''", name="lifted_with_a_result"),
    )
    op.create_index(
        "ix_supervision_order_cause",
        "supervision_order",
        ["ticket_id", "episode", "cause"],
        unique=True,
        sqlite_where=BY_SYSTEM,
        postgresql_where=BY_SYSTEM,
    )
    op.create_index("ix_supervision_order_state", "supervision_order", ["state", "unit_id", "ticket_id"])


def downgrade() -> None:
    op.drop_table("supervision_order")
