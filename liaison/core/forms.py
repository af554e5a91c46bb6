"""What every form shares: tidied text, a key that lets it create only once, the version it was drawn from."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from flask import request
from wtforms import HiddenField
from wtforms.validators import Length, NumberRange, ValidationError

KEPT = {"\n", "\t"}


def tidy(text: Any) -> Any:
    """Typed text as it is stored: NFC, one kind of line end, no control characters (PostgreSQL refuses NUL)."""
    if not isinstance(text, str):
        return text
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in plain if c in KEPT or unicodedata.category(c) != "Cc").strip()


def version_sent() -> int:
    """The version the page was drawn from; one that is none fits nothing and loses the race."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


class Once:
    """Mixin for forms that create: a key made when the form is drawn (core/submissions.py)."""

    form_id = HiddenField(default=lambda: uuid.uuid4().hex, validators=[Length(max=36)], filters=[tidy])


class Between(NumberRange):
    """A number within bounds. One of four hundred digits is too large for the library's own check, not for ours."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            super().__call__(form, field)
        except OverflowError:
            raise ValidationError(self.message) from None
