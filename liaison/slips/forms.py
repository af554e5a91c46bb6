"""What may be typed about a slip: the way to answer, with the consent; and what one is opened for."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.settings.in_force import number
from liaison.slips.models import REASON_LENGTH
from liaison.slips.words import CONSENT, CONSENTS, Purpose, SlipChannel

LONGEST = 60
SHAPES = {
    SlipChannel.PHONE: (re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]"), _l("电话请只写数字，例如 8765-4321。")),
    SlipChannel.EMAIL: (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), _l("邮箱地址不完整，请再看一眼。")),
    SlipChannel.MESSENGER: (re.compile(r"\S.{3,}"), _l("请写微信号或QQ号。")),
}


def choices(words: Any) -> list[SelectChoice]:
    return [SelectChoice(value=one.value, label=_l(one.label)) for one in words]


def channel_field() -> Any:
    return RadioField(
        _l("怎么联系"),
        [Optional()],
        choices=choices(SlipChannel),
        default=SlipChannel.PHONE.value,
        validate_choice=False,
    )


def value_field() -> Any:
    keys = {"maxlength": LONGEST, "autocomplete": "off", "data_private": True}
    return StringField(_l("联系方式"), [Optional(), Length(max=LONGEST)], filters=[tidy], render_kw=keys)


def consent_field(label: Any) -> Any:
    return BooleanField(label, render_kw={"data_private": True})


def consent_words() -> str:
    """What somebody agrees to today."""
    return str(CONSENTS[CONSENT]) % {"days": number("slip_days")}


def channel_of(typed: Any) -> SlipChannel:
    """The channel that was picked; what is no channel is taken for a telephone and checked as one."""
    known = {one.value for one in SlipChannel}
    return SlipChannel(typed) if typed in known else SlipChannel.PHONE


def faults(channel: SlipChannel, value: str, agreed: bool) -> tuple[str, str]:
    """What is wrong with the value, and with the consent; empty where nothing is."""
    pattern, words = SHAPES[channel]
    of_value = "" if pattern.fullmatch(value) else str(words)
    return of_value, "" if agreed else _("本人同意才能留，请先读上面的说明。")


class LookForm(Drawn, FlaskForm):
    """Why somebody opens a slip."""

    purpose = RadioField(_l("用来做什么"), [InputRequired(_l("请选一项。"))], choices=choices(Purpose))
    reason = StringField(
        _l("为什么要看"),
        [DataRequired(_l("请写一句为什么要看。")), Length(max=REASON_LENGTH)],
        filters=[tidy],
        description=_l("会记入查看记录；不写学生的姓名和联系方式。"),
        render_kw={"maxlength": REASON_LENGTH},
    )


class PressForm(Drawn, FlaskForm):
    """A look by a grant: the reason is known."""

    granted = HiddenField()


class GrantForm(Drawn, FlaskForm):
    reason = TextAreaField(
        _l("为什么要让他看"),
        [DataRequired(_l("请写一句理由，例如：约时间上门维修。")), Length(max=REASON_LENGTH)],
        filters=[tidy],
        description=_l("经办人看得到这句话；这一轮办完就自动收回。"),
        render_kw={"maxlength": REASON_LENGTH, "rows": 2},
    )
