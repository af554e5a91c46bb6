"""How typed things become plain values: tidied text, words of a list, keys; and what no text may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import Length, StopValidation
from wtforms.widgets import CheckboxInput

from liaison.core.forms import tidy
from liaison.tickets.lint import lint
from workflows.engine import Labelled

SHORT = Length(max=200, message=_l("请缩到 200 字以内。"))
LONGEST_KEY = 18  # digits; a longer number does not fit into the database


def typed(text: str | None) -> str:
    """Tidied text; a field that was not sent is an empty one."""
    return tidy(text) or ""


def words(kind: type[Labelled], none: Any = None) -> list[SelectChoice]:
    """The words of a list as choices; `none` is the words for choosing nothing."""
    empty = [SelectChoice(value="", label=none)] if none else []
    return [*empty, *(SelectChoice(value=one.value, label=_l(one.label)) for one in kind)]


def one_of(kind: type[Labelled]) -> Callable[[Any], Any]:
    """What a choice field holds: a word of the list, or None where nothing was chosen."""
    return lambda value: kind(value) if value else None


def key(value: Any) -> int | None:
    """What a choice by key holds; nothing chosen is None, and no key is larger than the database's."""
    text = str(value or "")
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_KEY:
        if text:
            raise ValueError(text)
        return None
    return int(text)


def several(label: Any) -> SelectMultipleField:
    """Check boxes by key; the page fills in which."""
    box = CheckboxInput()
    return SelectMultipleField(label, option_widget=box, choices=[], coerce=key, validate_choice=False)


class NoPersonalData:
    """What tells who spoke is refused here; what might is hinted at by the form as a whole."""

    def __call__(self, form: Any, field: Any) -> None:
        refusals = lint(field.data or "").refusals
        if refusals:
            raise StopValidation(" ".join(refusals))
