"""What may be typed about accounts, units and delegations, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from liaison.core.clock import today
from liaison.core.forms import Between, tidy
from liaison.people.passwords import LONGEST
from liaison.people.words import PostCategory, Role, UnitFunction, UnitType
from workflows.engine import Labelled

LOGIN = r"^(?!new$)[A-Za-z0-9][A-Za-z0-9._-]{1,39}$"
EMAIL = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
CODE = r"^(?!new$)[a-z0-9][a-z0-9-]{1,63}$"


def text(label: Any, most: int, missing: Any = None, **more: Any) -> StringField:
    """A line of text; `missing` is the sentence when nothing is typed, without it the line may stay empty."""
    rule = DataRequired(missing) if missing else Optional()
    length = Length(max=most, message=_l("最多 %(n)s 个字。", n=most))
    keys = {"maxlength": most, **more.pop("render_kw", {})}
    return StringField(label, [rule, length, *more.pop("validators", [])], filters=[tidy], render_kw=keys, **more)


def secret(label: Any, missing: Any, use: str, hint: Any = None) -> PasswordField:
    """A password; `use` tells password managers which one it is."""
    length = Length(max=LONGEST, message=_l("最多 %(n)s 个字符。", n=LONGEST))
    keys = {"autocomplete": use, "maxlength": LONGEST}
    return PasswordField(label, [DataRequired(missing), length], render_kw=keys, description=hint or "")


def choices(words: type[Labelled]) -> list[SelectChoice]:
    """Every word of an enum, to choose from."""
    return [SelectChoice(word.value, _(word.label)) for word in words]


def first_day(label: Any) -> DateField:
    return DateField(label, [InputRequired(_l("请选从哪天开始。"))], default=today)


def last_day(label: Any) -> DateField:
    return DateField(label, [Optional()], description=_l("空着就是一直有效"))


def work_address() -> StringField:
    """The address at work; may stay empty."""
    return text(
        _l("工作邮箱"),
        120,
        description=_l("每日汇总和紧急提醒发到这里；空着就只在系统里看"),
        validators=[Regexp(EMAIL, message=_l("请写完整的邮箱地址，例如 wang@example.edu.cn。"))],
        render_kw={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"},
    )


class Dated:
    """Mixin: a first day and perhaps a last one, in this order."""

    def validate_until_on(self, field: Any) -> None:
        begins = self["from_on"].data  # type: ignore[index]
        if field.data and begins and field.data < begins:
            raise ValidationError(_("结束的日子要在开始之后。"))


class SearchForm(Form):
    """A look-up by words in the address of a list."""

    q = text(_l("名称或编号"), 40)

    def words(self) -> str:
        return (self.q.data or "")[:40]


class AccountSearchForm(SearchForm):
    q = text(_l("称呼、账号或工号"), 40)


class SignInForm(FlaskForm):
    login = text(
        _l("账号"),
        40,
        _l("请写账号。"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = secret(_l("口令"), _l("请写口令。"), "current-password")
    next = HiddenField(filters=[tidy])


class PasswordForm(FlaskForm):
    current = secret(_l("现在的口令"), _l("请写现在的口令。"), "current-password")
    new = secret(_l("新口令"), _l("请写新口令。"), "new-password")
    again = secret(_l("再写一次新口令"), _l("请再写一次新口令。"), "new-password")

    def validate_again(self, field: Any) -> None:
        if self.new.data and field.data != self.new.data:
            raise ValidationError(_("两次写的不一样，请再看一眼。"))


class ConfirmForm(FlaskForm):
    confirm_password = secret(_l("口令"), _l("请写口令。"), "current-password")
    next = HiddenField(filters=[tidy])


class SecondStepForm(FlaskForm):
    """The six figures that the telephone shows now."""

    code = StringField(
        _l("手机上的六位验证码"),
        [DataRequired(_l("请写手机上显示的六位数。")), Length(max=12, message=_l("验证码是六位数。"))],
        filters=[tidy],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12},
    )
    offer = HiddenField(filters=[tidy])  # what the picture showed, signed: the same picture after a wrong code
    next = HiddenField(filters=[tidy])


class AccountForm(FlaskForm):
    login = text(
        _l("账号"),
        40,
        _l("请写账号。"),
        description=_l("字母、数字、点、横线，例如工号或姓名拼音"),
        validators=[Regexp(LOGIN, message=_l("账号用字母、数字、点、横线，至少两个字符。"))],
    )
    name = text(_l("称呼"), 40, _l("请写工作中怎么称呼，例如王老师。"), description=_l("工作中的称呼，例如王老师"))
    staff_no = text(_l("工号"), 40)
    email = work_address()


class EmailForm(FlaskForm):
    email = work_address()


class PostForm(Dated, FlaskForm):
    title = text(_l("职务"), 80, _l("请写职务。"))
    unit = text(_l("单位"), 80, _l("请写单位。"), render_kw={"list": "units"})
    category = SelectField(
        _l("职务类别"), default=PostCategory.OTHER.value, description=_l("联系制度的要求由类别决定，不看职务的写法")
    )
    rank = text(_l("级别"), 10, description=_l("例如正处、副处；可以空着"))
    is_principal = BooleanField(_l("主要负责人"))
    from_on = first_day(_l("从"))
    until_on = last_day(_l("到"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = choices(PostCategory)


class RoleForm(Dated, FlaskForm):
    role = SelectField(_l("角色"), [DataRequired(_l("请选角色。"))])
    unit = text(
        _l("在哪个单位"),
        80,
        render_kw={"list": "units"},
        description=_l("联络员、中层干部、经办人、部门负责人、二级受理员要写；其他角色空着"),
    )
    from_on = first_day(_l("从"))
    until_on = last_day(_l("到"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice("", _("请选择")), *choices(Role)]


class UnitForm(FlaskForm):
    name = text(_l("名称"), 80, _l("请写名称。"))
    aliases = text(_l("别的叫法"), 200, description=_l("人们还怎么叫它，用空格隔开"))
    type = SelectField(_l("类型"), [DataRequired(_l("请选类型。"))])
    parent = text(_l("上级单位"), 80, render_kw={"list": "units"})
    function = SelectField(_l("职能"), [Optional()])
    can_receive_tickets = BooleanField(_l("可以承办事项"))
    order = IntegerField(
        _l("排序"), [InputRequired(_l("请写排序。")), Between(0, 99999, _l("写 0 到 99999。"))], default=0
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type.choices = choices(UnitType)
        self.function.choices = [SelectChoice("", _("没有特别职能")), *choices(UnitFunction)]


class NewUnitForm(UnitForm):
    code = text(
        _l("编号"),
        64,
        _l("请写编号。"),
        description=_l("小写字母、数字和横线，以后不再改"),
        validators=[Regexp(CODE, message=_l("编号用小写字母、数字和横线，至少两个字符。"))],
    )


class CloseUnitForm(FlaskForm):
    successor = text(
        _l("由哪个单位接续"),
        80,
        render_kw={"list": "units"},
        description=_l("在办事项、派单目录、下级单位、联系点、分管关系都转给它"),
    )


class DelegationForm(Dated, FlaskForm):
    leader = text(_l("校领导的账号"), 40, _l("请写校领导的账号。"), render_kw={"list": "leaders"})
    liaison = text(_l("联络员的账号"), 40, _l("请写联络员的账号。"), render_kw={"list": "liaisons"})
    from_on = first_day(_l("从"))
    until_on = last_day(_l("到"))
