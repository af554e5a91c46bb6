"""What is asked of who takes a file away: which kind, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from liaison.core.clock import today
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


@dataclass(frozen=True)
class Asked:
    """Which list, of which days, what for. Chinese, as on the file."""

    is_orders: bool
    first: date
    last: date
    purpose: str

    @property
    def title(self) -> str:
        return "督办清单" if self.is_orders else "事项台账"

    @property
    def period(self) -> str:
        return f"{self.first:%Y-%m-%d}至{self.last:%Y-%m-%d}"


class LedgerForm(PurposeForm):
    """台账 or 督办清单 of some days."""

    what = RadioField(
        _l("哪一份"),
        [InputRequired(_l("请选一种。"))],
        choices=[
            SelectChoice(value="ticket", label=_l("事项台账")),
            SelectChoice(value="order", label=_l("督办清单")),
        ],
        default="ticket",
    )
    first = DateField(_l("从"), [InputRequired(_l("请选日期。"))])
    last = DateField(_l("到"), [InputRequired(_l("请选日期。"))])

    def asked(self) -> Asked:
        """What was asked for, once it is valid."""
        first, last = self.first.data or today(), self.last.data or today()
        return Asked(self.what.data == "order", first, last, self.purpose.data or "")

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("结束的日期不能早于开始的日期。"))
