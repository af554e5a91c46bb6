"""What is asked of who takes a file away: which kind, and what for."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from liaison.core.forms import tidy

PURPOSE_LENGTH = 60


class PurposeForm(FlaskForm):
    """用途: recorded in the audit log with the checksum of the file."""

    purpose = StringField(
        _l("用途"),
        [
            InputRequired(_l("请写一句用途。")),
            Length(min=2, max=PURPOSE_LENGTH, message=_l("写 2 到 60 个字。")),
        ],
        filters=[tidy],
        description=_l("给谁、做什么用；记入审计。"),
    )


class ExportForm(PurposeForm):
    """Word or Excel."""

    as_what = RadioField(
        _l("文件"),
        [InputRequired(_l("请选一种。"))],
        choices=[SelectChoice(value="docx", label="Word"), SelectChoice(value="xlsx", label="Excel")],
        default="docx",
    )


class DataForm(PurposeForm):
    """The same in the address, for programs: no form token."""

    class Meta:
        csrf = False

    def __init__(self, asked: Any) -> None:
        super().__init__(formdata=asked)
