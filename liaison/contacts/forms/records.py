"""What may be typed about a record that exists: mend it, send it back, look for it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired

from liaison.contacts.forms.occasion import OccasionForm
from liaison.contacts.forms.reading import SHORT, typed, words
from liaison.programmes.words import ContactKind


class EditForm(OccasionForm):
    """修改: the same occasion, with the version it was drawn from."""

    version = HiddenField(filters=[typed])


class RejectForm(FlaskForm):
    """退回: why the leader does not stand by the record."""

    reason = StringField(_l("哪里不对"), [InputRequired(_l("请写一句哪里不对。")), SHORT], filters=[typed])


class LateForm(FlaskForm):
    """不同意补录: why it shall not count; nothing is asked of a yes."""

    answer = StringField(_l("为什么不同意"), [SHORT], filters=[typed])


class FilterForm(Form):
    """What narrows the list; a GET form, so it carries no token."""

    kind = SelectField(_l("哪一种"), choices=words(ContactKind, _l("全部")), validate_choice=False)
    month = StringField(_l("月份"), filters=[typed])
