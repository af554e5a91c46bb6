"""单位与地点: departments, classes, buildings, rooms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES = (
    "university party_office admin_dept party_dept college general_branch branch teaching_office class "
    "dorm_building dorm_room club canteen place service_unit decision_body"
)
FUNCTIONS = "student_affairs organisation_dept teacher_affairs discipline counselling security"


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "unit",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("code", sa.String(64), unique=True, nullable=False),
        sa.Column("name", sa.String(80), index=True, nullable=False),
        sa.Column("aliases", sa.String(200), nullable=False),
        sa.Column("type", choice(TYPES), nullable=False),
        sa.Column("function", choice(FUNCTIONS)),
        sa.Column("parent_id", KEY, sa.ForeignKey("unit.id"), index=True),
        sa.Column("can_receive_tickets", sa.Boolean(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("successor_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_opening"),
    )
    op.create_index("ix_unit_type_name", "unit", ["type", "name"])


def downgrade() -> None:
    op.drop_table("unit")
