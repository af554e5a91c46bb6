"""告知、核实、评价."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "telling",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("voice_id", KEY, sa.ForeignKey("voice.id"), nullable=False),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("answer_id", KEY, sa.ForeignKey("answer.id")),
        sa.Column("about", choice("answer route withdrawal"), nullable=False),
        sa.Column("channel", choice("code_page face_to_face phone class_meeting notice letter"), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("about <> 'answer' OR answer_id IS NOT NULL", name="tells_an_answer"),
    )
    op.create_index("ix_telling_voice", "telling", ["voice_id", "answer_id"])
    op.create_table(
        "unreachable",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("voice_id", KEY, sa.ForeignKey("voice.id"), nullable=False),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("answer_id", KEY, sa.ForeignKey("answer.id")),
        sa.Column("reason", choice("unopened contact_invalid code_lost group_left declined"), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("voice_id", "answer_id"),
    )
    op.create_table(
        "ticket_check",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("answer_id", KEY, sa.ForeignKey("answer.id")),
        sa.Column("kind", choice("callback site visit"), nullable=False),
        sa.Column("result", choice("true partly false unreached"), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "rating",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("voice_id", KEY, sa.ForeignKey("voice.id"), nullable=False),
        sa.Column("ticket_id", KEY, sa.ForeignKey("ticket.id"), index=True, nullable=False),
        sa.Column("answer_id", KEY, sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("solved", choice("yes partly no"), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.CheckConstraint("satisfied BETWEEN 1 AND 5", name="five_levels"),
        sa.UniqueConstraint("voice_id", "episode"),
    )


def downgrade() -> None:
    op.drop_table("rating")
    op.drop_table("ticket_check")
    op.drop_table("unreachable")
    op.drop_table("telling")
