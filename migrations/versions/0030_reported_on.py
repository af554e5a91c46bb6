"""专题调研、专项督查: the day on which a report was handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("reported_on", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("contact") as contact:
        contact.drop_column("reported_on")
