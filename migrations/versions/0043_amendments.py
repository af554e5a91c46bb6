"""更正: what a record of a locked month should say waits for the director."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("is_approved", sa.Boolean()),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.CheckConstraint("(is_approved IS NULL) = (decided_at IS NULL)", name="decided_once"),
    )
    waiting = sa.text("is_approved IS NULL")
    where = {"sqlite_where": waiting, "postgresql_where": waiting}
    op.create_index("ix_amendment_waiting", "amendment", ["contact_id"], unique=True, **where)


def downgrade() -> None:
    op.drop_table("amendment")
