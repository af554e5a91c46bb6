"""What to look for in the list, and what to narrow it by; read from the address, so a list can be kept as a link."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectField, StringField
from wtforms.validators import Length

from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.forms.fields import options


class WordsForm(Drawn, Form):
    """What to look for in the list."""

    text = StringField(_l("查找编号、标题或原话"), [Length(max=60)], filters=[tidy])


class SearchForm(WordsForm):
    """The same, and what to narrow it by."""

    stage = SelectField(_l("环节"), choices=[])
    state = SelectField(_l("状态"), choices=[])
    unit = SelectField(_l("主办单位"), choices=[])
    category = SelectField(_l("类别"), choices=[])
    term = SelectField(_l("学期"), choices=[])
    mine = SelectField(_l("范围"), choices=[])
    progress = SelectField(_l("进度"), choices=options(("", _l("全部")), ("open", _l("在办")), ("ended", _l("已了结"))))

    @property
    def narrowing(self) -> list[Any]:
        """The fields that leave a choice, in the order they are shown."""
        return [field for field in self if field.name != "text" and len(field.choices) > 1]


def words_form(asked: Any) -> WordsForm:
    return WordsForm(data={"text": asked.get("text", "")})


def search_form(asked: Any, offered: dict[str, list[tuple[str, Any]]]) -> SearchForm:
    """The search form with its choices, holding what the address asks for."""
    form = SearchForm(data=asked)
    for name, choices_of in offered.items():
        form[name].choices = options(("", _l("全部")), *choices_of)
    return form
