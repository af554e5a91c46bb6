"""流转记录、计时段."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = (
    "submitted info_needed withdrawn triage merged split redirected handed_off dispatched return_requested "
    "in_progress coordinating leadership_review long_term dept_review office_review feedback_pending "
    "feedback_given callback closed"
)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "ticket_event",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(24), nullable=False),
        sa.Column("from_state", choice(STATES)),
        sa.Column("to_state", choice(STATES), nullable=False),
        sa.Column("actor_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("actor_label", sa.String(80), nullable=False),
        sa.Column("acting_for_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(16), nullable=False),
        sa.UniqueConstraint("ticket_id", "seq"),
    )
    for statement in append_only("ticket_event")[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "ticket_interval",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("ledger", choice("office custody pause"), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("pause_reason", choice("info meeting plan merged answered")),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT),
    )
    op.create_index("ix_ticket_interval_open", "ticket_interval", ["ticket_id", "until_at"])


def downgrade() -> None:
    op.drop_table("ticket_interval")
    op.drop_table("ticket_event")
