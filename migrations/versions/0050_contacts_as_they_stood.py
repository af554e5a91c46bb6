"""What was planned, and what was said otherwise later, is found by its moment: figures of a past day ask for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

PLANNED = sa.text("move = 'plan'")
REWRITTEN = sa.text("move IN ('edit', 'amend', 'reject')")


def upgrade() -> None:
    op.drop_index("ix_contact_event_planned", "contact_event")
    _create("ix_contact_event_planned", "at", PLANNED)
    _create("ix_contact_event_rewritten", "at", REWRITTEN)


def downgrade() -> None:
    op.drop_index("ix_contact_event_rewritten", "contact_event")
    op.drop_index("ix_contact_event_planned", "contact_event")
    _create("ix_contact_event_planned", "contact_id", PLANNED)


def _create(name: str, column: str, which: sa.TextClause) -> None:
    op.create_index(name, "contact_event", [column], sqlite_where=which, postgresql_where=which)
