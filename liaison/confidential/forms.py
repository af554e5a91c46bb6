"""What may be typed about a hand-over, and about who reads a restricted matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from liaison.core import clock
from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from workflows.ticket_words import HandoffType

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
YEARS = range(2000, 2100)  # beyond them a moment does not fit into every calendar


def line(label: Any, most: int, missing: Any = None, hint: Any = "") -> Any:
    rules = [DataRequired(missing) if missing else Optional(), Length(max=most)]
    return StringField(label, rules, filters=[tidy], description=hint, render_kw={"maxlength": most})


class CallForm(Drawn, FlaskForm):
    """已电话移交: nothing but type, receiver, time and receipt."""

    type = RadioField(
        _l("哪一类"),
        [InputRequired(_l("请点一类。"))],
        choices=[SelectChoice(value=one.value, label=_l(one.label)) for one in HandoffType],
    )
    receiver = line(_l("由谁接手"), 60, _l("请写接电话的单位或岗位。"), _l("只写单位和岗位，例如：心理咨询中心值班。"))
    called_at = DateTimeLocalField(_l("通话时间"), [InputRequired(_l("请填写通话时间。"))], format=FORMATS)
    receipt = line(_l("回执"), 40, hint=_l("对方给的编号或“已到场”；还没有就空着，24 小时内补上。"))

    def validate_called_at(self, field: Any) -> None:
        if self.moment is None or self.moment > clock.now():
            raise ValidationError(_("这个时间还没到，请再看一眼。"))

    @property
    def moment(self) -> datetime | None:
        wall = self.called_at.data
        return clock.moment(wall.date(), wall.time()) if wall and wall.year in YEARS else None


class ReceiptForm(Drawn, FlaskForm):
    receipt = line(_l("回执"), 40, _l("请写回执的编号，或“已到场”。"))


class DossierForm(Drawn, FlaskForm):
    """Which restricted matter the auditor wants to read, and why."""

    number = line(_l("编号"), 20, _l("请写受限事项的编号。"), _l("R- 开头的编号。"))
    reason = line(_l("为什么要查阅"), 300, _l("请写一句理由。"), _l("会记入审计；不写学生的姓名和联系方式。"))


class AnswerForm(Drawn, FlaskForm):
    reason = line(_l("决定的理由"), 300, hint=_l("不批准的，请写明原因。"))


class PersonForm(Drawn, FlaskForm):
    """Somebody of the staff, by account or name."""

    who = line(_l("姓名或账号"), 40, _l("请写姓名或账号。"))


class UnitForm(Drawn, FlaskForm):
    unit = SelectField(_l("被反映的单位"), [Optional()], choices=[])
