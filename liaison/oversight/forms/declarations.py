"""What a cadre declares of himself: strengths and carriers for a year, the share of his time for a term."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from liaison.core.forms import tidy
from liaison.programmes.actions.declaring import Plan
from liaison.programmes.models import STRENGTH_LENGTH
from liaison.programmes.words import TimeBand
from liaison.tickets.lint import lint

NAMES_NOBODY = _l("写群体，例如“机械2301班”“学生膳食委员会”；不写哪一位学生。")


def names_nobody(_form: Any, field: Any) -> None:
    """No telephone, number or name of a student in a group (domain.md §3.3)."""
    found = lint(field.data or "")
    if found.refusals or found.hints:
        raise ValidationError(NAMES_NOBODY)


def strength(label: Any) -> StringField:
    return StringField(label, [Length(max=STRENGTH_LENGTH, message=_l("最多 100 个字。"))], filters=[tidy])


class PlanForm(FlaskForm):
    duty = strength(_l("工作职能"))
    business = strength(_l("业务主体"))
    talent = strength(_l("个人专长"))
    staff_carriers = TextAreaField(
        _l("联系载体：教师"),
        filters=[tidy],
        description=_l("一行一个，最多五个：教研室、党支部、科研团队……"),
    )
    group_carriers = TextAreaField(
        _l("联系载体：学生"),
        [names_nobody],
        filters=[tidy],
        description=NAMES_NOBODY,
    )
    version = HiddenField(filters=[tidy], default="0")

    def plan(self) -> Plan:
        return Plan(
            duty=self.duty.data or "",
            business=self.business.data or "",
            talent=self.talent.data or "",
            staff_carriers=_lines(self.staff_carriers.data),
            group_carriers=_lines(self.group_carriers.data),
        )


class ShareForm(FlaskForm):
    band = RadioField(
        _l("本学期直接联系师生、做学生工作的时间"),
        [InputRequired(_l("请选一项。"))],
        choices=[SelectChoice(value=one.value, label=_l(one.label)) for one in TimeBand],
    )
    sentence = StringField(
        _l("说明"), [Length(max=60, message=_l("最多 60 个字。"))], filters=[tidy], description=_l("愿意的话写一句。")
    )


def _lines(text: str | None) -> tuple[str, ...]:
    """One carrier a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in (text or "").split("\n") if line.strip()))
