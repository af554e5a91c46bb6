"""What may be typed about a section of the settings; the form is made from the table (settings/table.py)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput

from liaison.core.forms import Between, tidy
from liaison.settings.table import Kind, Section, Setting

PHONE = re.compile(r"(?P<name>.{1,30}?)[\s=:：＝]+(?P<number>\+?[0-9][0-9 ()\-]{2,22})")
LONGEST_NOTE = 80
NOTE_LENGTH = Length(max=LONGEST_NOTE, message=_l("最多 %(n)s 个字。", n=LONGEST_NOTE))
MOST_PHONES = 20


class SectionForm(FlaskForm):
    """The settings of one section, why they are changed, and the edition the person looked at."""

    base = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired()])

    def content(self, section: Section) -> dict[str, Any]:
        """What was typed, as it is stored."""
        return {setting.name: _stored(setting, self[setting.name].data) for setting in section.settings}


class DecisionForm(FlaskForm):
    """同意 or 不同意 a proposal."""

    proposal = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = StringField(_l("不同意的理由"), [Optional(), NOTE_LENGTH], filters=[tidy])


class CatalogueForm(FlaskForm):
    """Which unit a category usually goes to: one choice per category, made by `catalogue_form`."""

    base = HiddenField(filters=[tidy])


def section_form(section: Section, content: dict[str, Any], base: int, *, posted: bool) -> SectionForm:
    """The form of a section: from the request, or filled with what is in force."""
    form: SectionForm = _form(section.name, _fields(section))() if posted else _filled(section, content, base)
    for setting in section.settings:
        if setting.kind is Kind.WORDS:
            form[setting.name].choices = [(code, _(label)) for code, label in setting.choices]
    return form


def catalogue_form(rows: list[Any], units: list[tuple[str, str]], base: str, *, posted: bool) -> CatalogueForm:
    """One choice of a unit per category, under the name `lead-<code>`."""
    fields: dict[str, Any] = {f"lead-{row.code}": SelectField(_(row.name)) for row in rows}
    made = type("CatalogueOfUnits", (CatalogueForm,), fields)
    data = {f"lead-{row.code}": str(row.lead_unit_id or "") for row in rows} | {"base": base}
    form: CatalogueForm = made() if posted else made(formdata=None, data=data)
    for name in fields:
        form[name].choices = [("", _("由受理员逐件选择")), *units]
    return form


def _filled(section: Section, content: dict[str, Any], base: int) -> SectionForm:
    shown = {setting.name: _shown(setting, content[setting.name]) for setting in section.settings}
    form: SectionForm = _form(section.name, _fields(section))(formdata=None, data={**shown, "base": base})
    return form


def _fields(section: Section) -> tuple[tuple[str, Any], ...]:
    """Every setting; the second key is only turned for a reason."""
    fields = [(setting.name, MAKERS[setting.kind](setting)) for setting in section.settings]
    rule = DataRequired(_l("请写一句为什么改。")) if section.needs_second_key else Optional()
    note = StringField(_l("为什么改"), [rule, NOTE_LENGTH], filters=[tidy], render_kw={"maxlength": LONGEST_NOTE})
    return (*fields, ("note", note)) if section.settings else ()


_FORMS: dict[str, Any] = {}


def _form(name: str, fields: tuple[tuple[str, Any], ...]) -> Any:
    return _FORMS.setdefault(name, type(f"{name.title()}Form", (SectionForm,), dict(fields)))


def _number(setting: Setting) -> Any:
    words = _l("写 %(least)s 到 %(most)s 的整数。", least=setting.least, most=setting.most)
    return IntegerField(
        setting.label,
        [InputRequired(words), Between(setting.least, setting.most, words)],
        description=setting.hint,
        render_kw={"inputmode": "numeric"},
    )


def _switch(setting: Setting) -> Any:
    return BooleanField(setting.label, description=setting.hint)


def _words(setting: Setting) -> Any:
    box = CheckboxInput()
    return SelectMultipleField(setting.label, option_widget=box, choices=[], description=setting.hint)


def _time(setting: Setting) -> Any:
    return TimeField(setting.label, [InputRequired(_l("请写几点几分。"))], description=setting.hint)


def _phones(setting: Setting) -> Any:
    rules = [DataRequired(_l("请至少写一个本校的号码。")), _phones_can_be_read]
    return TextAreaField(setting.label, rules, filters=[tidy], description=setting.hint, render_kw={"rows": 5})


def _text(setting: Setting) -> Any:
    length = Length(max=setting.most, message=_l("最多 %(n)s 个字。", n=setting.most))
    return TextAreaField(
        setting.label, [Optional(), length], filters=[tidy], description=setting.hint, render_kw={"rows": 10}
    )


def _phones_can_be_read(_form: Any, field: Any) -> None:
    lines = _lines(field.data)
    if len(lines) > MOST_PHONES:
        raise ValidationError(_("最多 %(n)s 个号码。", n=MOST_PHONES))
    wrong = [line for line in lines if not PHONE.fullmatch(line)]
    if wrong:
        raise ValidationError(_("这一行没有读懂：%(line)s。先写名称，空一格写号码。", line=wrong[0][:40]))


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _stored(setting: Setting, typed: Any) -> Any:
    if setting.kind is Kind.PHONES:
        read = [PHONE.fullmatch(line) for line in _lines(typed)]
        return [[found["name"].strip(), found["number"].strip()] for found in read if found]
    if setting.kind is Kind.TIME:
        return typed.strftime("%H:%M")
    if setting.kind is Kind.WORDS:
        return [code for code, _label in setting.choices if code in typed]
    return typed or "" if setting.kind is Kind.TEXT else typed


def _shown(setting: Setting, stored: Any) -> Any:
    if setting.kind is Kind.PHONES:
        return "\n".join(f"{name} {number}" for name, number in stored)
    return time.fromisoformat(stored) if setting.kind is Kind.TIME else stored


MAKERS: dict[Kind, Callable[[Setting], Any]] = {
    Kind.NUMBER: _number,
    Kind.SWITCH: _switch,
    Kind.WORDS: _words,
    Kind.TIME: _time,
    Kind.PHONES: _phones,
    Kind.TEXT: _text,
}
