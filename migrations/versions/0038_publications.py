"""公开: what the office released of a finished matter, and the counts of the board."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REASONS = "rule funds technical facts not_needed"
IN_FORCE = sa.text("ended_at IS NULL")
PUBLIC = sa.text("decision = 'published' AND ended_at IS NULL")


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), nullable=False, index=True),
        sa.Column("decision", choice("published withheld"), nullable=False),
        sa.Column("place_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("outcome", choice("A B C D")),
        sa.Column("reason_class", choice(REASONS)),
        sa.Column("handled_on", sa.Date()),
        sa.Column("said", sa.String(120), nullable=False),
        sa.Column("done", sa.String(400), nullable=False),
        sa.Column("why", choice("recognisable few same unwanted")),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_reason", sa.String(300), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason = '')", name="ending_says_why"),
        sa.CheckConstraint("(decision = 'withheld') = (why IS NOT NULL)", name="withheld_says_why"),
        sa.CheckConstraint("decision <> 'published' OR outcome IS NOT NULL", name="published_has_an_outcome"),
    )
    for name, columns, unique, where in (
        ("ix_publication_in_force", ["ticket_id"], True, IN_FORCE),
        ("ix_publication_public", ["place_id", "id"], False, PUBLIC),
    ):
        op.create_index(name, "publication", columns, unique=unique, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_publication_ended", "publication", ["ended_at"])
    op.create_table(
        "board_cell",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("place_id", KEY, sa.ForeignKey("unit.id"), index=True),
        sa.Column("category_id", KEY, sa.ForeignKey("category.id")),
        sa.Column("fate", choice("done refused elsewhere planned open"), nullable=False),
        sa.Column("reason", choice(REASONS)),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("made_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("board_cell")
    op.drop_table("publication")
