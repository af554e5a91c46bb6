"""What may be typed about a record that exists: mend it, send it back, look for it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from liaison.contacts.forms.occasion import OccasionForm
from liaison.contacts.forms.reading import SHORT, typed, words
from liaison.programmes.words import ContactKind
from workflows.ticket_words import CheckResult


class EditForm(OccasionForm):
    """修改: the same occasion, with the version it was drawn from."""

    version = HiddenField(filters=[typed])


class AmendForm(EditForm):
    """申请更正: the same, and why."""

    reason = StringField(_l("为什么要更正"), [DataRequired(_l("请写一句原因。")), SHORT], filters=[typed])


class RejectForm(FlaskForm):
    """退回: why the leader does not stand by the record."""

    reason = StringField(_l("哪里不对"), [DataRequired(_l("请写一句哪里不对。")), SHORT], filters=[typed])


class LateForm(FlaskForm):
    """不同意补录: why it shall not count; nothing is asked of a yes."""

    answer = StringField(_l("为什么不同意"), [SHORT], filters=[typed])


SEEN = (CheckResult.TRUE, CheckResult.PARTLY, CheckResult.FALSE)


class VisitCheckForm(FlaskForm):
    """走访核实: what one saw of a stated outcome. `version` is that of the ticket, as it was drawn."""

    version = IntegerField(validators=[Optional()])
    result = RadioField(
        _l("答复说的和实际一致吗"),
        [InputRequired(_l("请选一项。"))],
        choices=[SelectChoice(value=one.value, label=_l(one.label)) for one in SEEN],
    )
    note = StringField(
        _l("看到的情况"), [SHORT], filters=[typed], description=_l("不一致的必须写清哪里不一致；不写姓名。")
    )


class FilterForm(Form):
    """What narrows the list; a GET form, so it carries no token."""

    kind = SelectField(_l("哪一种"), choices=words(ContactKind, _l("全部")), validate_choice=False)
    month = StringField(_l("月份"), filters=[typed])
