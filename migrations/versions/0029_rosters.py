"""名册: imports that can be undone; the unit the roster lists a person at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("unit_id", KEY))
        person.create_foreign_key(op.f("fk_person_unit_id"), "unit", ["unit_id"], ["id"])
        person.create_index(op.f("ix_person_unit_id"), ["unit_id"])
    op.create_table(
        "roster_import",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.Column("undone_by_id", KEY, sa.ForeignKey("person.id")),
    )
    op.create_table(
        "roster_change",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("import_id", KEY, sa.ForeignKey("roster_import.id"), nullable=False, index=True),
        sa.Column("sheet", sa.String(24), nullable=False),
        sa.Column("of_table", sa.String(24), nullable=False),
        sa.Column("row_key", KEY, nullable=False),
        sa.Column("label", sa.String(90), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_table("roster_change")
    op.drop_table("roster_import")
    with op.batch_alter_table("person") as person:
        person.drop_index(op.f("ix_person_unit_id"))
        person.drop_constraint(op.f("fk_person_unit_id"), type_="foreignkey")
        person.drop_column("unit_id")
