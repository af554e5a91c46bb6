"""审计: append-only rows in a chain, and its head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only, follow_head

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", KEY, primary_key=True, autoincrement=False),
        sa.Column("seq", KEY, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_row",
        sa.Column("seq", KEY, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), index=True, nullable=False),
        sa.Column("actor_id", KEY, sa.ForeignKey("person.id"), index=True),
        sa.Column("on_behalf_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("deed", sa.String(40), index=True, nullable=False),
        sa.Column("object", sa.String(60), index=True, nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("alg", sa.String(12), nullable=False),
        sa.Column("prev", sa.String(64), unique=True, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    for statements in (append_only("audit_row", "seq"), follow_head()):
        for statement in statements[op.get_bind().dialect.name]:
            op.execute(statement)
    op.create_table(
        "audit_text",
        sa.Column("seq", KEY, sa.ForeignKey("audit_row.seq"), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("audit_text")
    op.drop_table("audit_row")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION move_audit_head()")
        op.execute("DROP FUNCTION refuse_change()")
