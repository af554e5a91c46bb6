"""承办任务、答复."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("duty", choice("lead co"), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("state", choice("asked signed answered waived")),
        sa.Column("handler_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("dispatched_at", MOMENT, nullable=False),
        sa.Column("dispatched_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("sign_due_at", MOMENT),
        sa.Column("signed_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("original_due_at", MOMENT),
        sa.Column("answer_text", sa.String(2000), nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("ended_at", MOMENT),
        sa.Column("ending", choice("handled returned waived")),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ending_has_a_date"),
    )
    op.create_index("ix_assignment_unit", "assignment", ["unit_id", "ticket_id"])
    op.create_index("ix_assignment_handler", "assignment", ["handler_id", "ticket_id"])
    running = {"sqlite_where": sa.text("ending IS NULL"), "postgresql_where": sa.text("ending IS NULL")}
    op.create_index("ix_assignment_running", "assignment", ["unit_id", "ticket_id"], **running)
    op.create_table(
        "answer",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("outcome", choice("A B C D"), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("internal_note", sa.String(500), nullable=False),
        sa.Column("reason_class", choice("rule funds technical facts not_needed")),
        sa.Column("basis", sa.String(300), nullable=False),
        sa.Column("alternative", sa.String(300), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("expected_on", sa.Date()),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("author_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("head_approved_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("head_approved_at", MOMENT),
        sa.Column("office_approved_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("office_approved_at", MOMENT),
        sa.Column("offered_at", MOMENT),
        sa.CheckConstraint(
            "outcome <> 'D' OR (reason_class IS NOT NULL AND basis <> '' AND alternative <> '')",
            name="explanation_gives_grounds",
        ),
        sa.CheckConstraint("(outcome IN ('A', 'D')) = is_final", name="final_is_a_or_d"),
    )
    with op.batch_alter_table("ticket") as ticket:
        ticket.create_foreign_key(op.f("fk_ticket_answer_id"), "answer", ["answer_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("ticket") as ticket:
        ticket.drop_constraint("fk_ticket_answer_id", type_="foreignkey")
    op.drop_table("answer")
    op.drop_table("assignment")
