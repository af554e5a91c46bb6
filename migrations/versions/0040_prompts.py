"""核实提示: questions put at night, the person's line, the director's conclusion, and the numbers that stay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from liaison.audit.guards import never_changed

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = " ".join(f"I{number}" for number in range(1, 20))
UNCHANGED = ("prompt", "prompt_record", "prompt_note", "prompt_conclusion")


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "prompt",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("kind", choice(KINDS), nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id")),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("term", sa.String(16), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("private_until", MOMENT, nullable=False),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.CheckConstraint("person_id IS NULL OR unit_id IS NULL", name="asked_of_one"),
    )
    op.create_index("ix_prompt_person", "prompt", ["person_id", "id"])
    op.create_index("ix_prompt_unit", "prompt", ["unit_id", "id"])
    op.create_index("ix_prompt_term", "prompt", ["term", "kind"])
    op.create_table(
        "prompt_record",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("prompt_id", KEY, sa.ForeignKey("prompt.id"), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.UniqueConstraint("prompt_id", "number", "episode"),
    )
    op.create_table(
        "prompt_note",
        sa.Column("prompt_id", KEY, sa.ForeignKey("prompt.id"), primary_key=True, autoincrement=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "prompt_conclusion",
        sa.Column("prompt_id", KEY, sa.ForeignKey("prompt.id"), primary_key=True, autoincrement=False),
        sa.Column("result", choice("normal corrected in_person"), nullable=False),
        sa.Column("by_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "prompt_tally",
        sa.Column("term", sa.String(16), primary_key=True),
        sa.Column("kind", choice(KINDS), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("could", "normal", "corrected", "in_person")),
    )
    for table in UNCHANGED:
        for statement in never_changed(table)[op.get_bind().dialect.name]:
            op.execute(statement)
    op.create_index("ix_contact_filed", "contact", ["filed_at"])
    op.create_index("ix_ticket_request_asked", "ticket_request", ["life", "asked_at"])


def downgrade() -> None:
    op.drop_index("ix_ticket_request_asked", "ticket_request")
    op.drop_index("ix_contact_filed", "contact")
    for table in ("prompt_tally", *reversed(UNCHANGED)):
        op.drop_table(table)
