"""What somebody who checks an answer heard or saw: the three questions of domain.md §4.8."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.models.tellings import CheckKind
from workflows.ticket_words import CheckResult, Solved

PICK = _l("请选一项。")
LEVELS = {"5": _l("非常满意"), "4": _l("满意"), "3": _l("一般"), "2": _l("不满意"), "1": _l("非常不满意")}


def either(value: Any) -> Any:
    return value or None


class CheckForm(FlaskForm):
    """`version` is the one the page was drawn from. The second question is the result."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    kind = RadioField(_l("怎么核实的"), [InputRequired(PICK)])
    solved = RadioField(_l("问题解决了吗"), [Optional()], filters=[either])
    result = RadioField(_l("答复说的和实际一致吗"), [InputRequired(PICK)])
    satisfied = RadioField(_l("满意吗"), [Optional()], filters=[either])
    note = TextAreaField(
        _l("听到、看到的情况"),
        [Optional(), Length(max=300, message=_l("最多 300 个字。"))],
        filters=[tidy],
        description=_l("不一致的必须写清哪里不一致；不写姓名。"),
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (CheckKind.CALLBACK, CheckKind.SITE)
        self.kind.choices = [(one.value, _(one.label)) for one in kinds]
        self.solved.choices = [(one.value, _(one.label)) for one in Solved]
        self.result.choices = [(one.value, _(one.label)) for one in CheckResult]
        self.satisfied.choices = [(level, str(words)) for level, words in LEVELS.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        """On the spot one always finds something: 未联系上 belongs to a call."""
        is_whole = bool(super().validate(extra_validators))
        if is_whole and self.kind.data == CheckKind.SITE and self.result.data == CheckResult.UNREACHED:
            self.result.errors = [*self.result.errors, _("现场看过，请选看到的结果。")]
            return False
        return is_whole

    def given(self) -> dict[str, Any]:
        return {"solved": self.solved.data, "satisfied": self.satisfied.data, "note": self.note.data}
