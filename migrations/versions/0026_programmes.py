"""联系制度: rule sets in editions, absences, plans, forms; what a contact and a post must say for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "enter_class enter_group enter_dorm enter_canteen enter_club enter_lecture enter_online reception_day "
    "theme_meeting ideology_lecture party_class field_study practical_help visit_general_branch on_site_office "
    "visit_team visit_branch visit_teaching_office talk_young_teacher other"
)
NEW_KINDS = "home_visit special_inspection branch_life ethics_forum teacher_forum"
WIDER_KINDS = KINDS.replace("practical_help", "practical_help home_visit").replace(
    "talk_young_teacher", "talk_young_teacher special_inspection branch_life ethics_forum teacher_forum"
)
UNIT_TYPES = (
    "university party_office admin_dept party_dept college general_branch branch teaching_office class "
    "dorm_building dorm_room club canteen place service_unit decision_body"
)
WIDER_UNIT_TYPES = UNIT_TYPES.replace("club", "club association")
CATEGORIES = "party_secretary president vice_leader division_head division_deputy branch_secretary other"
ROLES = "leader principal_leader other_leader cadre party_dept_head branch_secretary staff_obliged"
UNITS = "times weeks half_days lectures sessions families reports link kinds plan form share"


def choice(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="word", native_enum=False, create_constraint=True, length=24)


def person(name: str = "person_id", **options: bool) -> sa.Column[int]:
    return sa.Column(name, KEY, sa.ForeignKey("person.id"), **{"nullable": False} | options)


def upgrade() -> None:
    _rules()
    _people()
    _declared()
    with _checked("unit", type=WIDER_UNIT_TYPES) as unit:
        unit.add_column(sa.Column("short_name", sa.String(20), nullable=False, server_default=""))
        unit.add_column(sa.Column("has_half_time_rule", sa.Boolean(), nullable=False, server_default=sa.false()))
        unit.add_column(sa.Column("campus", sa.String(20), nullable=False, server_default=""))
        unit.add_column(sa.Column("grade", sa.String(10), nullable=False, server_default=""))
        unit.add_column(sa.Column("size", sa.Integer()))
    with _checked("catalogue_line", place_type=WIDER_UNIT_TYPES):
        pass
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("category", sa.String(24), nullable=False, server_default="other"))
        post.add_column(sa.Column("rank", sa.String(10), nullable=False, server_default=""))
        post.create_check_constraint(op.f("ck_post_category"), f"category IN ({_listed(CATEGORIES)})")
    with op.batch_alter_table("link") as link:
        link.add_column(sa.Column("liaison_id", KEY))
        link.create_foreign_key(op.f("fk_link_liaison_id"), "person", ["liaison_id"], ["id"])
    with _checked("contact", kind=WIDER_KINDS, second_kind=WIDER_KINDS) as contact:
        contact.add_column(sa.Column("title", sa.String(60), nullable=False, server_default=""))
        contact.add_column(sa.Column("document_no", sa.String(40), nullable=False, server_default=""))
        contact.add_column(sa.Column("course_id", KEY))
        contact.add_column(sa.Column("colleague_id", KEY))
        contact.create_foreign_key(op.f("fk_contact_course_id"), "course", ["course_id"], ["id"])
        contact.create_foreign_key(op.f("fk_contact_colleague_id"), "person", ["colleague_id"], ["id"])
    op.create_table(
        "home_visit",
        sa.Column("contact_id", KEY, sa.ForeignKey("contact.id"), primary_key=True, autoincrement=False),
        sa.Column("mode", choice("on_site phone online"), nullable=False),
        sa.Column("consent", choice("spoken written message"), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("help_agreed", sa.String(60), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("home_visit")
    listed = _listed(NEW_KINDS)
    op.execute(f"UPDATE contact SET second_kind = NULL WHERE second_kind IN ({listed})")
    op.execute(f"UPDATE contact SET kind = 'other' WHERE kind IN ({listed})")
    with _checked("contact", kind=KINDS, second_kind=KINDS) as contact:
        for column in ("course_id", "colleague_id"):
            contact.drop_constraint(op.f(f"fk_contact_{column}"), type_="foreignkey")
        for column in ("title", "document_no", "course_id", "colleague_id"):
            contact.drop_column(column)
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("fk_link_liaison_id"), type_="foreignkey")
        link.drop_column("liaison_id")
    with op.batch_alter_table("post") as post:
        post.drop_constraint(op.f("ck_post_category"), type_="check")
        post.drop_column("category")
        post.drop_column("rank")
    op.execute("UPDATE catalogue_line SET place_type = 'club' WHERE place_type = 'association'")
    with _checked("catalogue_line", place_type=UNIT_TYPES):
        pass
    op.execute("UPDATE unit SET type = 'club' WHERE type = 'association'")
    with _checked("unit", type=UNIT_TYPES) as unit:
        for column in ("short_name", "has_half_time_rule", "campus", "grade", "size"):
            unit.drop_column(column)
    for table in (
        "monthly_form time_share carrier_plan special_period staff_obliged absence staff_link course "
        "requirement programme_edition programme"
    ).split():
        op.drop_table(table)


def _rules() -> None:
    op.create_table(
        "programme",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("code", sa.String(16), unique=True, nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("order", sa.Integer(), nullable=False),
    )
    op.create_table(
        "programme_edition",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("programme_id", KEY, sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("is_in_force", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        person("made_by_id", nullable=True),
        sa.Column("note", sa.String(120), nullable=False),
        sa.UniqueConstraint("programme_id", "edition"),
    )
    op.create_table(
        "requirement",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("edition_id", KEY, sa.ForeignKey("programme_edition.id"), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("is_in_force", sa.Boolean(), nullable=False),
        sa.Column("strength", choice("mandatory in_principle advocated conditional share"), nullable=False),
        sa.Column("subject_role", choice(ROLES), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("target_scope", choice("any linked each_linked each_course none"), nullable=False),
        sa.Column("period", choice("none week month half_year term academic_year calendar_year"), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("unit", choice(UNITS), nullable=False),
        sa.Column("channel", choice("face_to_face online")),
        sa.Column("per_each", choice("course counterpart")),
        sa.Column("exclusive_group", sa.String(24), nullable=False),
        sa.Column("combine_group", sa.String(24), nullable=False),
        sa.Column("evidence", sa.String(60), nullable=False),
        sa.Column("is_prorated", sa.Boolean(), nullable=False),
        sa.Column("makeup_days", sa.Integer(), nullable=False),
        sa.Column("calendar_basis", choice("school_weeks term_months calendar"), nullable=False),
        sa.Column("source_ref", sa.String(120), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.CheckConstraint("minimum >= 0", name="minimum_is_no_debt"),
        sa.UniqueConstraint("edition_id", "code"),
    )


def _people() -> None:
    op.create_table(
        "staff_link",
        sa.Column("id", KEY, primary_key=True),
        person(index=True),
        person("colleague_id"),
        sa.Column("is_young_teacher", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.CheckConstraint("person_id <> colleague_id", name="two_people"),
    )
    op.create_table(
        "staff_obliged",
        sa.Column("id", KEY, primary_key=True),
        person(index=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
    )
    op.create_table(
        "absence",
        sa.Column("id", KEY, primary_key=True),
        person(),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("type", choice("business training secondment leave sick maternity other"), nullable=False),
        sa.Column("half", choice("morning afternoon")),
        sa.CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
        sa.CheckConstraint("half IS NULL OR until_on = from_on", name="half_of_one_day"),
    )
    op.create_index("ix_absence_person", "absence", ["person_id", "from_on"])
    op.create_table(
        "course",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("term_id", KEY, sa.ForeignKey("term.id"), nullable=False, index=True),
        sa.Column("unit_id", KEY, sa.ForeignKey("unit.id"), nullable=False, index=True),
        sa.Column("is_ideology", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("code", "term_id"),
    )


def _declared() -> None:
    op.create_table(
        "special_period",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        person("declared_by_id"),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
    )
    op.create_table(
        "carrier_plan",
        sa.Column("id", KEY, primary_key=True),
        person(),
        sa.Column("academic_year", sa.String(9), nullable=False, index=True),
        sa.Column("duty", sa.String(100), nullable=False),
        sa.Column("business", sa.String(100), nullable=False),
        sa.Column("talent", sa.String(100), nullable=False),
        sa.Column("staff_carriers", sa.JSON(), nullable=False),
        sa.Column("group_carriers", sa.JSON(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("duty <> '' OR business <> '' OR talent <> ''", name="one_strength_at_least"),
        sa.UniqueConstraint("person_id", "academic_year"),
    )
    op.create_table(
        "time_share",
        sa.Column("id", KEY, primary_key=True),
        person(),
        sa.Column("term_id", KEY, sa.ForeignKey("term.id"), nullable=False),
        sa.Column("band", choice("under_30 under_50 half_or_more"), nullable=False),
        sa.Column("sentence", sa.String(60), nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.UniqueConstraint("person_id", "term_id"),
    )
    op.create_table(
        "monthly_form",
        sa.Column("id", KEY, primary_key=True),
        person(),
        sa.Column("month", sa.Date(), nullable=False, index=True),
        sa.Column("kind", choice("a1 a2"), nullable=False),
        sa.Column("work", sa.String(500)),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("person_id", "month", "kind"),
    )


@contextmanager
def _checked(table: str, **words: str) -> Iterator[BatchOperations]:
    """Rebuild a table once, its word lists widened or narrowed."""
    with op.batch_alter_table(table) as altered:
        for column, listed in words.items():
            altered.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            altered.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({_listed(listed)})")
        yield altered


def _listed(words: str) -> str:
    return ", ".join(f"'{word}'" for word in words.split())
