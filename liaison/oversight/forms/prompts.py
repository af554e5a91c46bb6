"""What is typed about a prompt: the person's one line, the director's one word."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.prompts.models import NOTE_LENGTH
from liaison.oversight.prompts.words import Conclusion


class NoteForm(FlaskForm):
    text = StringField(
        _l("一句话说明"),
        [InputRequired(_l("请写一句。")), Length(max=NOTE_LENGTH, message=_l("最多 %(n)s 个字。", n=NOTE_LENGTH))],
        filters=[tidy],
        description=_l("例如：外出实习带队，集中补录。不写姓名。"),
    )


class ConclusionForm(FlaskForm):
    result = RadioField(_l("结论"), [InputRequired(_l("请选一项。"))], coerce=Conclusion)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.result.choices = [(one, _(one.label)) for one in Conclusion]
