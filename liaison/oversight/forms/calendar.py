"""What may be chosen about the calendar: a file, then a confirmation that carries what was read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from liaison.core.forms import tidy


class UploadForm(FlaskForm):
    file = FileField(
        _l("校历或节假日的表格"),
        [FileRequired(_l("请选一个文件。"))],
        description=_l("xlsx 或 CSV；两张表可以在一个工作簿里。先预检，确认后才起作用。"),
    )


class ConfirmForm(FlaskForm):
    """`rows`: what the file held, signed, so that nothing is kept before the confirmation."""

    rows = HiddenField(filters=[tidy])
