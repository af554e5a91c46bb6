"""发送: deliveries of notices, leases of what runs by itself, the address at work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
UNSENT, UNENDED = sa.text("sent_at IS NULL"), sa.text("ended_at IS NULL")


def choice(words: str) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.add_column("person", sa.Column("email", sa.String(120)))
    op.create_index("ix_notice_unsent", "notice", ["id"], sqlite_where=UNSENT, postgresql_where=UNSENT)
    op.create_table(
        "delivery",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("notice_id", KEY, sa.ForeignKey("notice.id"), nullable=False, index=True),
        sa.Column("outlet", choice("mail webhook wecom dingtalk feishu"), nullable=False),
        sa.Column("event_key", sa.String(160), unique=True, nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("result", choice("sent dropped given_up")),
        sa.CheckConstraint("(ended_at IS NULL) = (result IS NULL)", name="ending_has_a_result"),
    )
    op.create_index("ix_delivery_open", "delivery", ["due_at"], sqlite_where=UNENDED, postgresql_where=UNENDED)
    op.create_table(
        "lease",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("until_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("lease")
    op.drop_table("delivery")
    op.drop_index("ix_notice_unsent", "notice")
    op.drop_column("person", "email")
