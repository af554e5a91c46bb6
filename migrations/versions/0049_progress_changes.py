"""完成情况按日可查: a line of progress as it stood from a moment on, added and never changed.

What is stored at this moment is written down as of when it was made; of earlier days nothing is known.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import append_only

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MADE_AT = """
INSERT INTO progress_change (person_id, code, period_key, first_on, last_on, required, done, is_there, at)
SELECT p.person_id, p.code, p.period_key, p.first_on, p.last_on, p.required, p.done, true, MAX(s.computed_at)
FROM progress p JOIN progress_state s ON s.person_id = p.person_id
GROUP BY p.id, p.person_id, p.code, p.period_key, p.first_on, p.last_on, p.required, p.done
ORDER BY p.id
"""


def upgrade() -> None:
    op.create_table(
        "progress_change",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("period_key", sa.String(16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("required", sa.Integer()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_progress_change_period", "progress_change", ["first_on", "last_on"])
    op.execute(MADE_AT)
    for statement in append_only("progress_change")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("progress_change")
