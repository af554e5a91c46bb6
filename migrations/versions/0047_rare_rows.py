"""What was planned, and who was told of a route, are few among many: found without reading the many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

RARE = {
    "ix_contact_event_planned": ("contact_event", ["contact_id"], "move = 'plan'"),
    "ix_telling_route": ("telling", ["ticket_id", "voice_id"], "about = 'route'"),
}


def upgrade() -> None:
    for name, (table, columns, which) in RARE.items():
        op.create_index(name, table, columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))


def downgrade() -> None:
    for name, (table, _columns, _which) in RARE.items():
        op.drop_index(name, table)
