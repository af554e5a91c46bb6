"""指标: what happened in a period, and what was due in it, is found without reading the archive."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ticket_event_at", "ticket_event", ["at", "ticket_id"])
    op.create_index("ix_assignment_due", "assignment", ["due_at", "ticket_id"])


def downgrade() -> None:
    op.drop_index("ix_assignment_due", "assignment")
    op.drop_index("ix_ticket_event_at", "ticket_event")
