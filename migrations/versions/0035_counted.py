"""What a contact counts for is computed after it is filed: whoever took part waits in a queue until then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

INDEX = "ix_contact_leader_uncounted"


def upgrade() -> None:
    op.add_column("contact_leader", sa.Column("is_counted", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("contact_leader") as table:  # whatever was filed so far was counted with it
        table.alter_column("is_counted", server_default=sa.false())
    where = {"sqlite_where": sa.text("is_counted = 0"), "postgresql_where": sa.text("NOT is_counted")}
    op.create_index(INDEX, "contact_leader", ["person_id", "contact_id"], **where)


def downgrade() -> None:
    op.drop_index(INDEX, "contact_leader")
    with op.batch_alter_table("contact_leader") as table:
        table.drop_column("is_counted")
