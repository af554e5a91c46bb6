"""How many reminders went out in a month is counted without reading those of all time."""

from __future__ import annotations

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notice_created", "notice", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_notice_created", "notice")
