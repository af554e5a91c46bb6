"""联系记录."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "enter_class enter_group enter_dorm enter_canteen enter_club enter_lecture enter_online reception_day "
    "theme_meeting ideology_lecture party_class field_study practical_help visit_general_branch on_site_office "
    "visit_team visit_branch visit_teaching_office talk_young_teacher other"
)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("number", sa.String(20), unique=True, nullable=False),
        sa.Column("state", choice("planned held to_confirm confirmed cancelled"), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("filed_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("place_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("place_text", sa.String(20), nullable=False),
        sa.Column("kind", choice(KINDS), nullable=False),
        sa.Column("second_kind", choice(KINDS)),
        sa.Column("channel", choice("face_to_face online"), nullable=False),
        sa.Column("summary", sa.String(60), nullable=False),
        sa.Column("headcount", choice("1-5 6-20 21-50 51+")),
        sa.Column("minutes", sa.Integer()),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("(place_id IS NULL) = (place_text <> '')", name="held_at_one_place"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_of_one_day"),
        sa.CheckConstraint("second_kind <> kind", name="two_different_kinds"),
    )
    op.create_index("ix_contact_filer", "contact", ["filed_by_id", "held_at", "id"])
    op.create_index("ix_contact_held", "contact", ["held_at", "id"])
    op.create_index("ix_contact_place", "contact", ["place_id", "held_at", "id"])
    op.create_table(
        "contact_leader",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("declined_at", MOMENT),
        sa.CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="confirmed_or_declined"),
        sa.UniqueConstraint("contact_id", "person_id"),
    )
    op.create_index("ix_contact_leader_person", "contact_leader", ["person_id", "contact_id"])
    op.create_table(
        "contact_target",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True, nullable=False),
        sa.UniqueConstraint("contact_id", "unit_id"),
    )
    op.create_table(
        "contact_event",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(24), nullable=False),
        sa.Column("from_state", choice("planned held to_confirm confirmed cancelled")),
        sa.Column("to_state", choice("planned held to_confirm confirmed cancelled"), nullable=False),
        sa.Column("actor_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("actor_label", sa.String(80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(16), nullable=False),
        sa.UniqueConstraint("contact_id", "seq"),
    )
    for statement in append_only("contact_event")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("contact_event")
    op.drop_table("contact_target")
    op.drop_table("contact_leader")
    op.drop_table("contact")
