"""暂定: whether a limit was counted beyond the last published table, kept with the limit itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("ticket", "assignment"):
        mark = sa.Column("is_due_provisional", sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column(table, mark)


def downgrade() -> None:
    for table in ("assignment", "ticket"):
        op.drop_column(table, "is_due_provisional")
