"""What the holder of a code may type. The code travels in every form; nothing of him is kept in a session."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.slips import forms as slip_fields
from liaison.tickets.actions import codes
from liaison.tickets.lint import lint
from workflows.ticket_words import Solved

SATISFIED = [
    SelectChoice(value="5", label=_l("非常满意")),
    SelectChoice(value="4", label=_l("满意")),
    SelectChoice(value="3", label=_l("基本满意")),
    SelectChoice(value="2", label=_l("不满意")),
    SelectChoice(value="1", label=_l("非常不满意")),
]
SOLVED = [SelectChoice(value=word.value, label=_l(word.label)) for word in Solved]
NO_NAMES = _l("不用写姓名和电话，凭查询码就能看到答复。")


def words(label: Any, most: int, missing: Any = None, hint: Any = NO_NAMES, rows: int = 3) -> Any:
    """A box of text; `missing` is the sentence when nothing is typed, without it the box may stay empty."""
    rules = [DataRequired(missing)] if missing else []
    length = Length(max=most, message=_l("最多 %(n)s 个字。", n=most))
    keys = {"rows": rows, "maxlength": most}
    return TextAreaField(
        label, [*rules, length, no_numbers_of_people], filters=[tidy], description=hint, render_kw=keys
    )


def no_numbers_of_people(_form: FlaskForm, field: Any) -> None:
    """Numbers of identity and bank cards are refused here as at capture (domain.md §4.9)."""
    refusals = lint(field.data or "").refusals
    if refusals:
        raise ValidationError(" ".join(refusals))


class CodeForm(Drawn, FlaskForm):
    code = StringField(
        _l("查询码"),
        [DataRequired(_l("请写卡片上的查询码。"))],
        filters=[tidy],
        description=_l("卡片上的 10 个字母和数字。大小写都可以，中间的短横不用写。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 64},
    )

    def validate_code(self, field: Any) -> None:
        typed = len(codes.tidy(field.data or ""))
        if typed != codes.LENGTH:
            raise ValidationError(_("查询码是 10 个字母和数字，这里写了 %(n)s 个，请照卡片再看一下。", n=typed))


DRAWN_ONLY = {"csrf": False}  # the page puts the token in itself


class DeedForm(Drawn, FlaskForm):
    """The code, and which of its matters the deed is about."""

    # Without a label of its own a field would have one made and translated at every request.
    code = HiddenField("", filters=[tidy])
    number = HiddenField("", filters=[tidy])

    def given(self) -> dict[str, Any]:
        """What was typed, under the names of `actions.py`."""
        kept = {"csrf_token", "code", "number"}
        return {field.name: field.data for field in self if field.name not in kept}


class RateForm(DeedForm):
    solved = RadioField(_l("解决了吗"), [InputRequired(_l("请先点一下：解决了吗？"))], choices=SOLVED)
    text = words(_l("想多说一句"), 300, rows=2)
    satisfied = RadioField(_l("满意吗"), [InputRequired(_l("请点一下：满意吗？"))], choices=SATISFIED)

    def given(self) -> dict[str, Any]:
        return {**super().given(), "satisfied": int(self.satisfied.data)}


class RemarkForm(DeedForm):
    text = words(_l("补充一句"), 500, _l("请写要补充的话。"))


class SupplementForm(DeedForm):
    text = words(_l("您的回答"), 500, _l("请写您的回答。"))


class ReopenForm(DeedForm):
    reason = words(_l("哪里还没有解决"), 500, _l("请写清哪里还没有解决，办理部门才找得到。"))


class LeaveForm(DeedForm):
    """联系方式, with the consent of whom it belongs to."""

    channel = slip_fields.channel_field()
    value = slip_fields.value_field()
    consent = slip_fields.consent_field(_l("我已读过，同意留下"))

    def validate(self, *args: Any, **given: Any) -> bool:
        """What is wrong stands beside its field."""
        is_valid = bool(super().validate(*args, **given))
        channel = slip_fields.channel_of(self.channel.data)
        of_value, of_consent = slip_fields.faults(channel, self.value.data or "", self.consent.data)
        self.value.errors = [*self.value.errors, *filter(None, [of_value])]
        self.consent.errors = [*self.consent.errors, *filter(None, [of_consent])]
        return is_valid and not of_value and not of_consent

    def given(self) -> dict[str, Any]:
        return {"channel": slip_fields.channel_of(self.channel.data), "value": self.value.data}


class ForgetForm(DeedForm):
    """删除联系方式: one press."""


class WithdrawForm(DeedForm):
    reason = words(_l("为什么撤回"), 300, _l("请写一句为什么撤回，比如：已经好了。"), rows=2)


class ObjectForm(DeedForm):
    reason = words(_l("为什么应该由学校办"), 300, _l("请写清为什么应该由学校办。"))


DEEDS: dict[str, type[DeedForm]] = {
    "rate": RateForm,
    "remark": RemarkForm,
    "supplement": SupplementForm,
    "reopen": ReopenForm,
    "object": ObjectForm,
    "withdraw": WithdrawForm,
    "leave": LeaveForm,
    "forget": ForgetForm,
}


def keys(code: str, number: str) -> DeedForm:
    """The two hidden fields that every form of a matter carries."""
    return DeedForm(formdata=None, data={"code": code, "number": number}, meta=DRAWN_ONLY)


@cache
def blank(deed: str) -> DeedForm:
    """The form of a deed as it is drawn first: the same for everybody, so it is made once."""
    return DEEDS[deed](formdata=None, meta=DRAWN_ONLY)
