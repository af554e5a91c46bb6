"""What an auditor may ask the log."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from liaison.core.forms import tidy
from liaison.oversight.words import DEEDS


class AuditFilter(Form):
    deed = SelectField(_l("做了什么"), [Optional()], validate_choice=False)
    person = StringField(_l("谁（账号）"), [Length(max=40)], filters=[tidy])
    object = StringField(_l("对象（事项号、账号或编号）"), [Length(max=60)], filters=[tidy])
    day = DateField(_l("哪一天"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deed.choices = [SelectChoice("", _("全部")), *(SelectChoice(deed, word) for deed, word in DEEDS.items())]

    def asked(self) -> dict[str, Any]:
        """The filters that were filled in and can be read."""
        self.validate()
        return {field.name: field.data for field in self if field.data and not field.errors}
