"""月度锁定: late records wait for the director, locked months are kept as they stood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
FROZEN = ("month_snapshot", "snapshot_line")


def upgrade() -> None:
    op.create_table(
        "late_entry",
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), primary_key=True, autoincrement=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False, index=True),
        sa.Column("is_approved", sa.Boolean()),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.CheckConstraint("(is_approved IS NULL) = (decided_at IS NULL)", name="decided_once"),
    )
    op.execute(
        "INSERT INTO late_entry (contact_id, reason, asked_at, answer) "
        "SELECT contact.id, COALESCE(contact_event.reason, ''), contact.filed_at, '' FROM contact "
        "LEFT JOIN contact_event ON contact_event.contact_id = contact.id AND contact_event.seq = 1 "
        "WHERE contact.is_late"
    )
    op.create_table(
        "month_snapshot",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False, index=True),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.UniqueConstraint("month", "version"),
    )
    op.create_table(
        "snapshot_line",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("snapshot_id", KEY, sa.ForeignKey("month_snapshot.id"), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("required", sa.Integer()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.UniqueConstraint("snapshot_id", "person_id", "code"),
    )
    for table in FROZEN:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for table in ("snapshot_line", "month_snapshot", "late_entry"):
        op.drop_table(table)
