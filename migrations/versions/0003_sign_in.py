"""Sessions, wrong tries, forms already sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("token_hash", sa.String(64), unique=True, nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, index=True, nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(120), nullable=False),
    )
    op.create_table(
        "failed_try",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("window_from", MOMENT, nullable=False),
        sa.Column("blocked_until", MOMENT),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.UniqueConstraint("kind", "key"),
    )
    op.create_table(
        "submission",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("form_id", sa.String(36), nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, index=True, nullable=False),
        sa.UniqueConstraint("person_id", "form_id"),
    )


def downgrade() -> None:
    op.drop_table("submission")
    op.drop_table("failed_try")
    op.drop_table("sign_in")
