"""From which day to which, and why the events leave the house."""

from __future__ import annotations

from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from liaison.core import clock
from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures.scope import Scope

USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
EARLIEST = date(2000, 1, 1)  # nothing is older, and nothing is counted before the year 1
FORMATS = {"xes": _l("XES"), "ocel": _l("OCEL 2.0（JSON）")}


class PeriodForm(FlaskForm):
    """Read from the address. What is not there, lies ahead or is longer than a year becomes the last thirty days."""

    class Meta:
        csrf = False

    first = DateField(_l("从"), [Optional()])
    last = DateField(_l("到"), [Optional()])

    def scope(self) -> Scope:
        scope = _scope(self.first.data, self.last.data)
        self.first.data, self.last.data = scope.first, scope.last
        return scope


class EventsForm(Drawn, FlaskForm):
    """Which format, of which days, and what for: an export says why it was made."""

    first = DateField(_l("从"), [InputRequired(_l("请选日期。"))])
    last = DateField(_l("到"), [InputRequired(_l("请选日期。"))])
    format = RadioField(
        _l("格式"),
        [InputRequired(_l("请选一项。"))],
        choices=[SelectChoice(value=name, label=label) for name, label in FORMATS.items()],
        default="xes",
    )
    purpose = StringField(
        _l("用途"),
        [DataRequired(_l("请写明用途。")), Length(max=100)],
        filters=[tidy],
        description=_l("记入审计日志，例如：给学校做流程分析。"),
        render_kw={"maxlength": 100},
    )

    def scope(self) -> Scope:
        return _scope(self.first.data, self.last.data)


def _scope(first: date | None, last: date | None) -> Scope:
    today = clock.today()
    last = max(min(last or today, today), EARLIEST)
    first = min(first or last - USUAL, last)
    return Scope(max(first, last - LONGEST), last, last)
