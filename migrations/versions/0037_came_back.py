"""确认复发: found without reading the whole history, however long ago the earlier matter was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

CAME_BACK = sa.text("move = 'recurrence'")


def upgrade() -> None:
    op.create_index(
        "ix_ticket_event_came_back",
        "ticket_event",
        ["at", "ticket_id"],
        sqlite_where=CAME_BACK,
        postgresql_where=CAME_BACK,
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_event_came_back", "ticket_event")
