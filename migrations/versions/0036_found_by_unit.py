"""Whatever points to a unit is found by an index, so that taking a long roster back reads no whole tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

PLAIN = {"voice": "place_id", "answer": "unit_id", "ticket_interval": "unit_id", "draw_lot": "unit_id"}
SPARSE = {"ix_unit_successor": ("unit", "successor_id"), "ix_ticket_complained_of": ("ticket", "complained_of_id")}


def upgrade() -> None:
    for table, column in PLAIN.items():
        op.create_index(f"ix_{table}_{column}", table, [column])
    for name, (table, column) in SPARSE.items():
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    for name, (table, _column) in SPARSE.items():
        op.drop_index(name, table)
    for table, column in PLAIN.items():
        op.drop_index(f"ix_{table}_{column}", table)
