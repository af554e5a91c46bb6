"""Whatever points to a person in a large table is found by an index: taking many people back reads no whole tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

PLAIN = [
    ("answer", "author_id"),
    ("answer", "head_approved_by_id"),
    ("answer", "office_approved_by_id"),
    ("assignment", "answered_by_id"),
    ("assignment", "dispatched_by_id"),
    ("contact_event", "actor_id"),
    ("snapshot_line", "person_id"),
    ("telling", "by_id"),
    ("ticket", "dispatched_by_id"),
    ("ticket_check", "by_id"),
    ("ticket_event", "actor_id"),
]
SPARSE = {
    "ix_audit_row_on_behalf": ("audit_row", "on_behalf_id"),
    "ix_contact_colleague": ("contact", "colleague_id"),
    "ix_ticket_event_acting_for": ("ticket_event", "acting_for_id"),
}


def upgrade() -> None:
    for table, column in PLAIN:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for name, (table, column) in SPARSE.items():
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    for name, (table, _column) in SPARSE.items():
        op.drop_index(name, table)
    for table, column in PLAIN:
        op.drop_index(f"ix_{table}_{column}", table)
