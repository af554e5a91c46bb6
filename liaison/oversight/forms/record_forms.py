"""What may be typed about the monthly forms: the words of 附件2, and what a merged file is for."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from liaison.core.forms import tidy
from liaison.programmes.models import WORK_LENGTH

WORD, SHEET = "docx", "xlsx"
MANY = 200  # forms in one file: above, it must be said what for (domain.md §5.4)


class ConfirmFormForm(FlaskForm):
    """确认: with the mark of what was on the page; 工作内容 only on 附件2."""

    work = TextAreaField(
        _l("工作内容"),
        [Optional(), Length(max=WORK_LENGTH, message=_l("最多 500 个字。"))],
        filters=[tidy],
        description=_l("已按本月的联系和事项写好，可以改。不写学生的姓名和原话。"),
    )
    seen = HiddenField(filters=[tidy])


class ExportFormsForm(FlaskForm):
    """Everybody's forms as one file."""

    as_what = RadioField(
        _l("文件"),
        [InputRequired(_l("请选一种。"))],
        choices=[
            SelectChoice(value=WORD, label=_l("Word，一人一页")),
            SelectChoice(value=SHEET, label=_l("Excel，一张表")),
        ],
        default=WORD,
    )
    purpose = StringField(
        _l("用途"),
        [Length(max=60, message=_l("最多 60 个字。"))],
        filters=[tidy],
        description=_l("超过 200 人时要写明，记入审计。"),
    )

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        self.count = count

    def validate_purpose(self, field: StringField) -> None:
        if self.count > MANY and not field.data:
            raise ValidationError(_("超过 200 人，请写一句用途。"))
