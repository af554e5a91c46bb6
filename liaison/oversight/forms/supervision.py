"""What is typed about a 督办单: one form per deed, its fields those the process needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.models.orders import Grade

FILL = _l("请填写这一项。")


class DeedForm(FlaskForm):
    """`version` is that of the order the page was drawn from."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def given(self) -> dict[str, Any]:
        return {field.name: field.data for field in self if field.name not in {"csrf_token", "version"}}


def words(label: Any, most: int, hint: Any = "") -> Field:
    limits = [InputRequired(FILL), Length(max=most, message=_l("最多 %(n)s 个字。", n=most))]
    return TextAreaField(label, limits, filters=[tidy], description=hint, render_kw={"rows": 3})


def grade() -> RadioField:
    return RadioField(_l("哪一级"), [InputRequired(_l("请选一项。"))], coerce=Grade)


def due_on() -> DateField:
    return DateField(_l("请在哪天以前回复"), [InputRequired(_l("请选日期。"))])


DEMAND = _l("写清要做到什么；不抄学生原话，不写姓名。")
FIELDS: dict[str, dict[str, Callable[[], Field]]] = {
    "propose": {"grade": grade, "reason": lambda: words(_l("为什么要督办"), 300)},
    "issue": {"grade": grade, "demand": lambda: words(_l("督办要求"), 500, DEMAND), "due_on": due_on},
    "drop": {"reason": lambda: words(_l("为什么不下达"), 300)},
    "answer": {"answer": lambda: words(_l("回复"), 500, _l("写清已经做了什么、还要多久；不写姓名。"))},
    "send_back": {"reason": lambda: words(_l("还差什么"), 300)},
    "lift": {"result": lambda: words(_l("办理结果"), 300)},
    "comment": {"comment": lambda: words(_l("批示"), 300)},
}
FORMS: dict[str, type[DeedForm]] = {
    deed: type(f"{deed.title().replace('_', '')}Form", (DeedForm,), {name: make() for name, make in fields.items()})
    for deed, fields in FIELDS.items()
}


def form_of(deed: str, *, posted: bool, **preset: Any) -> DeedForm:
    """The form of a deed: from the request, or with what is proposed."""
    form = FORMS[deed]() if posted else FORMS[deed](formdata=None, data=preset)
    if "grade" in form:
        form["grade"].choices = [(one, _(one.label)) for one in Grade]
    return form
