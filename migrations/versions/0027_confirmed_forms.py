"""工作记录表: what was confirmed is kept as it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("monthly_form", sa.Column("content", sa.JSON()))


def downgrade() -> None:
    op.drop_column("monthly_form", "content")
