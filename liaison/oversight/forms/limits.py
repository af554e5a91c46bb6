"""What may be typed about the limits of one class."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import Days, Hours, Limits
from liaison.core.forms import Between, tidy

STEPS = ("accept", "triage", "sign", "handle")


def number(label: Any, least: int, most: int) -> IntegerField:
    words = _l("写 %(least)s 到 %(most)s 的整数。", least=least, most=most)
    return IntegerField(label, [InputRequired(words), Between(least, most, words)])


class LimitForm(FlaskForm):
    """Days of the chosen calendar; hours where the class runs in hours."""

    accept = number(_l("受理"), 0, 60)
    triage = number(_l("研判"), 0, 60)
    sign = number(_l("签收"), 0, 60)
    handle = number(_l("办理"), 1, 250)
    extension = number(_l("最多延期（天）"), 0, 60)
    office = number(_l("办公室审核（天）"), 0, 30)
    feedback = number(_l("告知（天）"), 0, 30)
    calendar = SelectField(_l("按哪种日子计算"), [InputRequired(_l("请选一项。"))])
    note = StringField(_l("为什么改"), [Optional(), Length(max=80, message=_l("最多 80 个字。"))], filters=[tidy])
    base = HiddenField(filters=[tidy])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar.choices = [(kind.value, _(kind.label)) for kind in CalendarKind]

    def limits(self, before: Limits) -> Limits:
        """The row as typed; what runs in hours goes on running in hours, what has milestones keeps them."""
        count = Hours if before.is_in_hours else Days
        return Limits(
            accept=count(self.accept.data),
            triage=count(self.triage.data),
            sign=count(self.sign.data),
            handle=count(self.handle.data) if before.handle else None,
            extension=self.extension.data,
            office=Days(self.office.data),
            feedback=Days(self.feedback.data),
            calendar=CalendarKind(self.calendar.data),
        )


def limit_form(before: Limits, base: str, *, prefix: str, posted: bool) -> LimitForm:
    """The form of one class: filled from the request, or with what is in force."""
    now = {name: getattr(before, name).count for name in STEPS if getattr(before, name)}
    now |= {"extension": before.extension, "office": before.office.count, "feedback": before.feedback.count}
    now |= {"calendar": before.calendar.value, "base": base}
    form = LimitForm(prefix=prefix) if posted else LimitForm(formdata=None, data=now, prefix=prefix)
    if before.handle is None:
        del form.handle
    return form
