"""特殊时期: from when, until when, why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from liaison.core.forms import tidy


class SpecialPeriodForm(FlaskForm):
    from_on = DateField(_l("第一天"), [InputRequired(_l("请选第一天。"))])
    until_on = DateField(_l("最后一天"), [InputRequired(_l("请选最后一天。"))])
    reason = StringField(
        _l("为什么"),
        [InputRequired(_l("请写一句为什么，它会印在报表上。")), Length(max=60, message=_l("最多 60 个字。"))],
        filters=[tidy],
    )
