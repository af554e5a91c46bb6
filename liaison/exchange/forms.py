"""What may be chosen on the import page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectMultipleField

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


class RosterForm(FlaskForm):
    """A workbook or a CSV file; what is in it is judged by `rosters`."""

    file = FileField(
        _l("名册文件"),
        [FileRequired(_l("请选一个文件。"))],
        description=_l("xlsx 或 CSV，最大 20 MB；一个工作簿里可以有几张表。"),
    )


class ConfirmRosterForm(FlaskForm):
    """确认导入: what was looked at, and which sheets close what they do not name."""

    mark = HiddenField(filters=[tidy])
    zeros = HiddenField(filters=[tidy])
    close = SelectMultipleField(
        _l("停用文件里没有的行"),
        description=_l("不勾选就保留原样。停用不是删除，七天内可以撤销。"),
        validate_choice=False,
    )
