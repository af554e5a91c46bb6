"""提请、派单目录: what waits for somebody's yes, and what rulings settled; an obligation may pass to another unit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAITING = {"sqlite_where": sa.text("standing = 'open'"), "postgresql_where": sa.text("standing = 'open'")}
NAMED = "suggested_unit_id IS NOT NULL"
STATES = (
    "submitted info_needed withdrawn triage merged split redirected handed_off dispatched return_requested"
    " in_progress coordinating leadership_review long_term dept_review office_review feedback_pending feedback_given"
    " callback closed"
)
UNIT_TYPES = (
    "university party_office admin_dept party_dept college general_branch branch teaching_office class dorm_building"
    " dorm_room club canteen place service_unit decision_body"
)


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "ticket_request",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("life", choice("proposal extension return"), nullable=False),
        sa.Column("move", sa.String(24), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("state", choice(STATES)),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("decider", choice("office director confidential leader"), nullable=False),
        sa.Column("asked_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("standing", choice("open agreed declined lapsed"), nullable=False),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.CheckConstraint("(standing = 'open') = (decided_at IS NULL)", name="decided_has_a_date"),
    )
    op.create_index("ix_ticket_request_open", "ticket_request", ["ticket_id", "move", "asking"], unique=True, **WAITING)
    op.create_index("ix_ticket_request_ticket", "ticket_request", ["ticket_id", "id"])
    op.create_index("ix_ticket_request_decider", "ticket_request", ["decider", "ticket_id"], **WAITING)
    op.create_table(
        "catalogue_line",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("category_id", KEY, sa.ForeignKey("category.id"), index=True),
        sa.Column("place_type", choice(UNIT_TYPES)),
        sa.Column("words", sa.String(120), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True, nullable=False),
        sa.Column("duty_clause", sa.String(300), nullable=False),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("ruled_at", MOMENT, nullable=False),
        sa.Column("standing", choice("proposed in_force rejected replaced"), nullable=False),
        sa.Column("version", sa.Integer(), unique=True),
        sa.Column("replaces_id", KEY, sa.ForeignKey("catalogue_line.id")),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("decided_at", MOMENT),
        sa.CheckConstraint("(standing = 'proposed') = (decided_at IS NULL)", name="decided_has_a_date"),
        sa.CheckConstraint(
            "(standing IN ('in_force', 'replaced')) = (version IS NOT NULL)", name="in_force_has_a_version"
        ),
    )
    _endings("handled", "returned", "waived", "passed_on")
    with op.batch_alter_table("ticket") as ticket:
        ticket.add_column(sa.Column("suggested_unit_id", KEY))
        ticket.create_foreign_key(op.f("fk_ticket_suggested_unit_id"), "unit", ["suggested_unit_id"], ["id"])
    named = {"sqlite_where": sa.text(NAMED), "postgresql_where": sa.text(NAMED)}
    op.create_index("ix_ticket_suggested", "ticket", ["suggested_unit_id", "id"], **named)


def downgrade() -> None:
    op.drop_index("ix_ticket_suggested", "ticket")
    with op.batch_alter_table("ticket") as ticket:
        ticket.drop_constraint(op.f("fk_ticket_suggested_unit_id"), type_="foreignkey")
        ticket.drop_column("suggested_unit_id")
    op.execute("UPDATE assignment SET ending = 'returned' WHERE ending = 'passed_on'")
    _endings("handled", "returned", "waived")
    op.drop_table("catalogue_line")
    op.drop_table("ticket_request")


def _endings(*words: str) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("assignment") as assignment:
        assignment.drop_constraint(op.f("ck_assignment_ending"), type_="check")
        assignment.create_check_constraint(op.f("ck_assignment_ending"), f"ending IN ({listed})")
