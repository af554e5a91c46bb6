"""两步验证: what a telephone and we both know, and the session whose code was right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("proven_at", MOMENT))
    op.create_table(
        "second_factor",
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.String(255), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("second_factor")
    op.drop_column("sign_in", "proven_at")
