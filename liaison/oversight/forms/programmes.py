"""What may be typed about a line of a programme, and about the edition it begins in."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput

from liaison.contacts.forms.reading import one_of, words
from liaison.core.forms import Between, tidy
from liaison.oversight.rule_words import COLUMNS
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    MeetingChannel,
    PerEach,
    Period,
    QuantityUnit,
    Strength,
    SubjectRole,
    TargetScope,
)

EDITION = ("from_on", "edition_note", "base")


class EditionForm(FlaskForm):
    """From which day, why, and which edition was looked at."""

    from_on = DateField(
        _l("从哪天起"),
        [InputRequired(_l("请选一天。"))],
        description=_l("这一天和以后开始的周、月、学期按新的一版；以前的不变。"),
    )
    edition_note = StringField(
        _l("为什么改"), [Optional(), Length(max=80, message=_l("最多 80 个字。"))], filters=[tidy]
    )
    base = HiddenField(filters=[tidy])

    @property
    def base_edition(self) -> int:
        """One that is no number fits no edition and loses the race."""
        typed = self.base.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1


class SwitchForm(EditionForm):
    """启用、停用: a new edition with the same lines."""

    wanted = HiddenField(filters=[tidy])


def choice(name: str, kind: Any, none: Any = None) -> SelectField:
    needed = [] if none else [InputRequired(_l("请选一项。"))]
    return SelectField(COLUMNS[name], needed, choices=words(kind, none), coerce=one_of(kind))


def number(name: str, most: int) -> IntegerField:
    sentence = _l("写 %(least)s 到 %(most)s 的整数。", least=0, most=most)
    return IntegerField(COLUMNS[name], [InputRequired(sentence), Between(0, most, sentence)])


def text(name: str, most: int, field: Any = StringField) -> Any:
    return field(COLUMNS[name], [Length(max=most, message=_l("最多 %(n)s 个字。", n=most))], filters=[tidy])


class RuleForm(EditionForm):
    """One line. What is seldom changed stands behind 更多."""

    code = StringField(
        _l("编码"),
        [Regexp(r"^[A-Z0-9][A-Z0-9-]{0,23}$", message=_l("用大写字母、数字和短横，最多 24 个。"))],
        filters=[tidy],
    )
    title = text("title", 40)
    is_in_force = BooleanField(COLUMNS["is_in_force"])
    subject_role = choice("subject_role", SubjectRole)
    strength = choice("strength", Strength)
    period = choice("period", Period)
    minimum = number("minimum", 400)
    unit = choice("unit", QuantityUnit)
    kinds = SelectMultipleField(
        COLUMNS["kinds"],
        option_widget=CheckboxInput(),
        choices=words(ContactKind),
        description=_l("一种都不选，任何联系都算。"),
    )
    source_ref = text("source_ref", 120, TextAreaField)
    note = text("note", 200, TextAreaField)
    target_scope = choice("target_scope", TargetScope)
    channel = choice("channel", MeetingChannel, _l("不限"))
    per_each = choice("per_each", PerEach, _l("不逐个计算"))
    calendar_basis = choice("calendar_basis", CalendarBasis)
    is_prorated = BooleanField(COLUMNS["is_prorated"])
    makeup_days = number("makeup_days", 7)
    exclusive_group = text("exclusive_group", 24)
    combine_group = text("combine_group", 24)
    evidence = text("evidence", 60)

    def line(self) -> RuleText:
        """The line as typed."""
        typed = {name: self[name].data for name in ("code", *COLUMNS)}
        empty = {name: typed[name] or "" for name in COLUMNS if typed[name] is None and name not in NONE}
        return RuleText(**typed | empty | {"kinds": tuple(self.kinds.data or ())})

    @property
    def seldom(self) -> list[Any]:
        return [self[name] for name in SELDOM]

    @property
    def often(self) -> list[Any]:
        return [self[name] for name in COLUMNS if name not in SELDOM]


NONE = {"channel", "per_each"}
SELDOM = (
    "target_scope",
    "channel",
    "per_each",
    "calendar_basis",
    "is_prorated",
    "makeup_days",
    "exclusive_group",
    "combine_group",
    "evidence",
)
