"""数据快照: finished months keep every figure as it stood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "figure_snapshot",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False, index=True),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("catalogue", sa.String(12), nullable=False),
        sa.Column("rules", sa.String(12), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.UniqueConstraint("month", "version"),
    )
    for statement in append_only("figure_snapshot")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("figure_snapshot")
