"""What is typed about a statement: the request, and what the person says of it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from liaison.core.forms import tidy
from liaison.oversight.queries.statements import subjects
from liaison.oversight.reports.statement_models import NOTE_LENGTH, NUMBER_LENGTH, PURPOSE_LENGTH, Stance

NEEDED = InputRequired(_l("请填写这一项。"))


class RequestForm(FlaskForm):
    """组织部门的来函."""

    number = StringField(
        _l("来函编号"),
        [NEEDED, Length(max=NUMBER_LENGTH, message=_l("最多 40 个字。"))],
        filters=[tidy],
        description=_l("组织部门来函的文号，没有文号不出具。"),
    )
    purpose = StringField(
        _l("用途"), [NEEDED, Length(max=PURPOSE_LENGTH, message=_l("最多 60 个字。"))], filters=[tidy]
    )
    person = SelectField(_l("谁的"), [NEEDED], coerce=int)
    first = DateField(_l("从"), [NEEDED])
    last = DateField(_l("到"), [NEEDED])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.person.choices = [SelectChoice(value=row.id, label=f"{row.name} · {row.title}") for row in subjects()]


class OpinionForm(FlaskForm):
    """本人意见."""

    stance = RadioField(
        _l("本人意见"),
        [InputRequired(_l("请选一种。"))],
        choices=[SelectChoice(value=one.value, label=_l(one.label)) for one in Stance],
    )
    note = TextAreaField(
        _l("说明"),
        [Optional(), Length(max=NOTE_LENGTH, message=_l("最多 500 个字。"))],
        filters=[tidy],
        description=_l("印在说明的最前面，原样不改。"),
    )
