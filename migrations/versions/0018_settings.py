"""设置: versions of each section, and the proposals that wait for the second key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("proposed", "confirmed", "declined")
OPEN = sa.text("state = 'proposed'")


def upgrade() -> None:
    op.create_table(
        "setting_version",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("approved_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("note", sa.String(80), nullable=False),
        sa.UniqueConstraint("section", "edition"),
        sa.CheckConstraint(
            "approved_by_id IS NOT NULL OR edition = 1 OR section NOT IN ('feedback', 'sampling')", name="second_key"
        ),
        sa.CheckConstraint("approved_by_id <> made_by_id", name="somebody_else_approved"),
    )
    for statement in append_only("setting_version")[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "setting_proposal",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(80), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.CheckConstraint("decided_by_id <> proposed_by_id", name="somebody_else_decides"),
        sa.CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by_somebody"),
    )
    op.create_index(
        "ix_setting_proposal_open",
        "setting_proposal",
        ["section"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("setting_proposal")
    op.drop_table("setting_version")
