"""事项."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = (
    "submitted info_needed withdrawn triage merged split redirected handed_off dispatched return_requested "
    "in_progress coordinating leadership_review long_term dept_review office_review feedback_pending "
    "feedback_given callback closed"
)


INDEXES = {
    "ball": "ball confidentiality next_due_at id state",
    "category": "category_id id",
    "college": "college_id id",
    "filed_for": "filed_for_id id",
    "filer": "filed_by_id id",
    "handler": "handler_id id",
    "place": "place_id id",
    "raised": "raised_at id",
    "stage": "stage id",
    "state": "state id",
    "unit": "lead_unit_id id",
    "unit_state": "lead_unit_id state id",
}
OPEN_INDEXES = {
    "open": "id next_due_at",
    "open_filed_for": "filed_for_id",
    "open_filer": "filed_by_id",
    "open_handler": "handler_id",
    "open_unit": "lead_unit_id ball next_due_at id",
}
OPEN_ONLY = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("number", sa.String(20), unique=True, nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("kind", choice("inquiry help complaint suggestion praise"), nullable=False),
        sa.Column("category_id", KEY, sa.ForeignKey("category.id")),
        sa.Column("place_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("college_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("filed_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("filed_for_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), index=True),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("waits_since", MOMENT, nullable=False),
        sa.Column("parent_id", KEY, sa.ForeignKey("ticket.id"), index=True),
        sa.Column("state", choice(STATES), nullable=False),
        sa.Column("stage", choice("collect analyse resolve feedback"), nullable=False),
        sa.Column("ball", choice("office director confidential head handler unit filer holder nobody"), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("state_since", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("state_before", choice(STATES)),
        sa.Column("return_to", choice(STATES)),
        sa.Column("merged_into_id", KEY, sa.ForeignKey("ticket.id"), index=True),
        sa.Column("confidentiality", choice("normal restricted sealed"), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_on_spot", sa.Boolean(), nullable=False),
        sa.Column("is_designated", sa.Boolean(), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("is_hot", sa.Boolean(), nullable=False),
        sa.Column("is_drawn", sa.Boolean(), nullable=False),
        sa.Column("is_info_incomplete", sa.Boolean(), nullable=False),
        sa.Column("supervision_level", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("return_count", sa.Integer(), nullable=False),
        sa.Column("info_rounds", sa.Integer(), nullable=False),
        sa.Column("voice_count", sa.Integer(), nullable=False),
        sa.Column("limit_class", choice("urgent simple general complex long restricted")),
        sa.Column("lead_unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("handler_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("complained_of_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("next_due_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("original_due_at", MOMENT),
        sa.Column("promised_at", MOMENT),
        sa.Column("rule_version", sa.String(12), nullable=False),
        sa.Column("calendar_version", sa.String(12), nullable=False),
        sa.Column("dispatched_at", MOMENT),
        sa.Column("dispatched_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("answer_id", KEY),
        sa.Column("outcome", choice("A B C D")),
        sa.Column("handled_at", MOMENT),
        sa.Column("offered_at", MOMENT),
        sa.Column("checked_at", MOMENT),
        sa.Column("checked", choice("true partly false unreached")),
        sa.Column("told_count", sa.Integer(), nullable=False),
        sa.Column("last_told_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("close_reason", choice("rated unrated untold checked unchecked on_spot praise")),
        sa.CheckConstraint(
            "state NOT IN ('feedback_pending', 'feedback_given', 'callback') OR answer_id IS NOT NULL",
            name="answered_has_an_answer",
        ),
        sa.CheckConstraint("state <> 'closed' OR closed_at IS NOT NULL", name="closed_has_a_date"),
        sa.CheckConstraint("closed_at IS NULL OR close_reason IS NOT NULL", name="closing_says_why"),
        sa.CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled_has_outcome"),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_points_somewhere"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_ticket_{name}", "ticket", columns.split())
    for name, columns in OPEN_INDEXES.items():
        op.create_index(f"ix_ticket_{name}", "ticket", columns.split(), **OPEN_ONLY)
    op.create_table(
        "ticket_reader",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.UniqueConstraint("ticket_id", "person_id"),
    )


def downgrade() -> None:
    op.drop_table("ticket_reader")
    op.drop_table("ticket")
