"""What may be chosen on the import page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from liaison.core.forms import tidy


class UploadForm(FlaskForm):
    """A CSV file; what is in it is judged by `sheets` and `entries`."""

    file = FileField(
        _l("CSV 文件"),
        [FileRequired(_l("请选一个 CSV 文件。"))],
        description=_l("要有“内容”一列；标题、地点、类别、日期可有可无。UTF-8 或 GB18030 都行。"),
    )


class ConfirmForm(FlaskForm):
    """确认导入: the word under which the looked-through file was kept."""

    token = HiddenField(filters=[tidy])
