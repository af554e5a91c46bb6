"""校历版本、节假日与调休; a term's weeks and vacation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_A_TERM = [
    lambda: sa.Column("term_no", sa.Integer()),
    lambda: sa.Column("teaching_weeks", sa.Integer()),
    lambda: sa.Column("exam_weeks", sa.Integer()),
    lambda: sa.Column("exempt_weeks", sa.String(60), nullable=False, server_default=""),
    lambda: sa.Column("vacation_from", sa.Date()),
    lambda: sa.Column("vacation_until", sa.Date()),
    lambda: sa.Column("note", sa.String(80), nullable=False, server_default=""),
]


def upgrade() -> None:
    for column in OF_A_TERM:
        op.add_column("term", column())
    op.create_table(
        "calendar_year",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("year", sa.Integer(), unique=True, nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("day", sa.Date(), unique=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "work", name="word", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(60), nullable=False),
    )
    op.create_table(
        "calendar_version",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("label", sa.String(12), unique=True, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("note", sa.String(80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    for table in ("calendar_version", "calendar_day", "calendar_year"):
        op.drop_table(table)
    for column in reversed(OF_A_TERM):
        op.drop_column("term", column().name)
