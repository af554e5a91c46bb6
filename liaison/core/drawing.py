"""How the controls of a form become HTML. Left to the library this was half the price of a page: it takes every
attribute through four escapings. Attributes come from templates and forms, values from people: both are escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import (
    CheckboxInput,
    DateInput,
    DateTimeLocalInput,
    HiddenInput,
    RadioInput,
    Select,
    TextArea,
    TextInput,
)


class Drawn:
    """Mixin for forms that are drawn here; what is not below (passwords, files, lists) the library draws."""

    class Meta:
        def render_field(self, field: Any, given: Mapping[str, Any]) -> Any:
            """WTForms calls this for every control; `given` are the attributes the template adds."""
            wanted = {_attribute(name): value for name, value in {**(field.render_kw or {}), **given}.items()}
            draw = DRAWN.get(type(field.widget))
            return draw(field, wanted) if draw else field.widget(field, **wanted)


def _input(field: Any, given: Mapping[str, Any]) -> Markup:
    own = {"type": field.widget.input_type, "value": field._value()}  # noqa: SLF001 – what every widget asks
    # `_written` escapes every attribute and value; the rest is the literal here
    return Markup(f"<input{_written(field, own, given)}>")  # noqa: S704 – see above


def _tick(field: Any, given: Mapping[str, Any]) -> Markup:
    return _input(field, {"checked": bool(getattr(field, "checked", field.data)), **given})


def _text_area(field: Any, given: Mapping[str, Any]) -> Markup:
    words = escape(field._value())  # noqa: SLF001 – as above
    # the words are escaped one line up, the attributes in `_written`
    return Markup(f"<textarea{_written(field, {}, given)}>\r\n{words}</textarea>")  # noqa: S704 – see above


def _select(field: Any, given: Mapping[str, Any]) -> Any:
    if field.widget.multiple or field.has_groups():
        return field.widget(field, **given)
    options = "".join(map(_option, field.iter_choices()))
    # `_option` escapes value and label of each choice, `_written` the attributes
    return Markup(f"<select{_written(field, {}, given)}>{options}</select>")  # noqa: S704 – see above


def _option(choice: Any) -> str:
    selected = " selected" if choice.selected else ""
    return f'<option{selected} value="{escape(choice.value)}">{escape(choice.label)}</option>'


DRAWN: dict[type, Callable[[Any, Mapping[str, Any]], Any]] = {
    TextInput: _input,
    HiddenInput: _input,
    DateInput: _input,
    DateTimeLocalInput: _input,
    CheckboxInput: _tick,
    RadioInput: _tick,
    TextArea: _text_area,
    Select: _select,
}


def _written(field: Any, own: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The attributes of a control; True stands alone, None and False are left out."""
    rules = {name: getattr(field.flags, name) for name in field.widget.validation_attrs}
    attributes = {"id": field.id, "name": field.name, **own, **rules, **given}
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


@lru_cache(maxsize=200)
def _attribute(name: str) -> str:
    """class_ → class, data_key → data-key, aria_describedby → aria-describedby."""
    name = name.rstrip("_")
    return name.replace("_", "-") if name.startswith(("data_", "aria_")) else name
