"""A voice rates each episode of each ticket it was told by: its own, and that of the lead it was merged into later."""

from __future__ import annotations

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

PER_TICKET, PER_VOICE = "uq_rating_voice_id_ticket_id_episode", "uq_rating_voice_id_episode"


def upgrade() -> None:
    with op.batch_alter_table("rating") as rating:
        rating.drop_constraint(op.f(PER_VOICE), type_="unique")
        rating.create_unique_constraint(op.f(PER_TICKET), ["voice_id", "ticket_id", "episode"])


def downgrade() -> None:
    """Only the first rating of each voice and number of an episode fits there."""
    op.execute("DELETE FROM rating WHERE id NOT IN (SELECT min(id) FROM rating GROUP BY voice_id, episode)")
    with op.batch_alter_table("rating") as rating:
        rating.drop_constraint(op.f(PER_TICKET), type_="unique")
        rating.create_unique_constraint(op.f(PER_VOICE), ["voice_id", "episode"])
