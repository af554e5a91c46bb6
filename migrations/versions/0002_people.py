"""教职工: accounts, posts, roles, delegation, who is in charge of what, links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ROLES = "leader liaison cadre handler head desk clerk director confidential auditor admin security"


def choice(words: str, length: int = 24) -> sa.Enum:
    """One of the words, held by the database; the check is called after its column."""
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("login", sa.String(40), unique=True, nullable=False),
        sa.Column("staff_no", sa.String(40), unique=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("password_set_at", MOMENT),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("is_large_type", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "password_history",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
    )
    op.create_table(
        "post",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True, nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("is_principal", sa.Boolean(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("role", choice(ROLES), nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True),
        sa.Column("granted_by", KEY, sa.ForeignKey("person.id")),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
    )
    op.create_table(
        "delegation",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("leader_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("liaison_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.CheckConstraint("leader_id <> liaison_id", name="two_people"),
    )
    op.create_table(
        "supervision",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("leader_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
    )
    op.create_table(
        "link",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), index=True, nullable=False),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), index=True, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
    )


def downgrade() -> None:
    op.drop_table("link")
    op.drop_table("supervision")
    op.drop_table("delegation")
    op.drop_table("role_grant")
    op.drop_table("post")
    op.drop_table("password_history")
    op.drop_table("person")
