"""抽查: the draw of a month, the lot of each answer; what a check heard besides its result."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "draw",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(16), nullable=False),
        sa.Column("seed_hash", sa.String(64), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("frozen_at", MOMENT),
        sa.Column("list_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("month"),
        sa.CheckConstraint("(frozen_at IS NULL) = (list_hash = '')", name="frozen_has_a_hash"),
    )
    op.create_table(
        "draw_lot",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("draw_id", KEY, sa.ForeignKey("draw.id"), nullable=False, index=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("answer_id", KEY, sa.ForeignKey("answer.id"), nullable=False, index=True),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("why", choice("base top_up explained on_spot reopened restricted")),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("ticket_id", "episode"),
    )
    with op.batch_alter_table("ticket_check") as check:
        check.add_column(sa.Column("solved", sa.String(24)))
        check.add_column(sa.Column("satisfied", sa.Integer()))
        check.create_check_constraint(op.f("ck_ticket_check_solved"), "solved IN ('yes', 'partly', 'no')")
        check.create_check_constraint(op.f("ck_ticket_check_five_levels"), "satisfied BETWEEN 1 AND 5")


def downgrade() -> None:
    with op.batch_alter_table("ticket_check") as check:
        check.drop_constraint(op.f("ck_ticket_check_five_levels"), type_="check")
        check.drop_constraint(op.f("ck_ticket_check_solved"), type_="check")
        check.drop_column("satisfied")
        check.drop_column("solved")
    op.drop_table("draw_lot")
    op.drop_table("draw")
