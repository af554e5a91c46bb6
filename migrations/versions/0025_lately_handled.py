"""抽查: what was handled lately is found without reading the archive."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ticket_state_handled", "ticket", ["state", "handled_at"])


def downgrade() -> None:
    op.drop_index("ix_ticket_state_handled", "ticket")
