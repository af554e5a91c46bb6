"""Privacy is structural (rulings §8, NG1–NG12 of domain.md §3.5): there is no place to put what must not be kept."""

import re

import pytest
from flask_wtf import FlaskForm

from liaison.core.db import Base
from tests.architecture.source import ROOT

FORBIDDEN = re.compile(
    r"student|pupil|ethnic|nationality|religio|belief|politic|native_place|birth|gender|\bsex\b|family|parent_name"
    r"|relative|health(?!z)|diagnos|mood|emotion|thought|loyal|risk_score|watch_?list|id_card|latitude|longitude|photo|portrait"
    r"|minzu|zongjiao|xuehao"
)
FORBIDDEN_WORDS = re.compile(
    "民族|宗教|信仰|政治面貌|籍贯|思想状况|家庭|身份证|学号|学生姓名|情绪|性别|出生|重点人|重点学生|人脸|定位"
)
ALLOWED_COLUMNS = {"unit.parent_id"}  # the tree of units
KEEPING = ROOT / "docs" / "guides" / "retention.md"


def columns():
    return [column for table in Base.metadata.sorted_tables for column in table.columns]


def test_no_table_is_about_students(app):
    assert not [name for name in Base.metadata.tables if FORBIDDEN.search(name)]


def test_no_column_is_made_for_what_must_not_be_kept(app):
    named = {f"{column.table.name}.{column.name}" for column in columns()} - ALLOWED_COLUMNS
    assert not [name for name in named if FORBIDDEN.search(name)]


def test_no_word_list_offers_what_must_not_be_kept(app):
    words = {str(value) for column in columns() for value in getattr(column.type, "enums", None) or []}
    assert not {word for word in words if FORBIDDEN.search(word) and not word.startswith(("student_affairs",))}


def test_no_form_asks_for_what_must_not_be_kept(app):
    asked = [(form, name, field) for form in all_forms() for name, field in fields_of(form)]
    assert not [f"{f.__name__}.{n}" for f, n, _ in asked if FORBIDDEN.search(n)]
    assert not [f"{f.__name__}.{n}" for f, n, field in asked if FORBIDDEN_WORDS.search(label_of(field))]


def test_no_address_is_keyed_by_a_student(app):
    assert not [rule.rule for rule in app.url_map.iter_rules() if FORBIDDEN.search(rule.rule)]


@pytest.mark.parametrize("page", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.stem)
def test_no_page_shows_a_label_for_what_must_not_be_kept(page):
    labels = re.findall(r"<(?:label|th|dt|option)[^>]*>(.*?)</", page.read_text("utf-8"), re.DOTALL)
    assert not [label for label in labels if FORBIDDEN_WORDS.search(label)]


def test_every_free_text_says_how_long_it_is_kept(app):
    """A new text column needs a line in docs/guides/retention.md: what is in it, for how long, who deletes it."""
    told = set(re.findall(r"^\| `(\w+\.\w+)`", KEEPING.read_text("utf-8"), re.MULTILINE))
    free = {f"{c.table.name}.{c.name}" for c in columns() if is_free_text(c.type)}
    assert not free - told, "not in retention.md"
    assert not told - {f"{c.table.name}.{c.name}" for c in columns()}, "in retention.md but no longer kept"


def is_free_text(kind):
    """Long enough for a sentence about somebody, and not a word from a list."""
    length = getattr(kind, "length", 0)
    return kind.python_type is str and not getattr(kind, "enums", None) and (length is None or length >= 100)


def all_forms(base=FlaskForm):
    for form in base.__subclasses__():
        if form.__module__.startswith("liaison."):
            yield form
        yield from all_forms(form)


def fields_of(form):
    return [(name, getattr(form, name)) for name in dir(form) if hasattr(getattr(form, name), "field_class")]


def label_of(field):
    return str(field.args[0] if field.args else field.kwargs.get("label", ""))
