"""中文在前，英文在后: Chinese is the source of every text, English a catalogue read once per process.

The catalogue is the readable `liaison/translations/en/LC_MESSAGES/messages.po`: no compiled file, no build step.
"""

from __future__ import annotations

import io
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, get_domain, get_locale
from flask_login import current_user
from markupsafe import Markup

LANGUAGES = ("zh", "en")
_of_request: ContextVar[Any] = ContextVar("translations", default=None)


class Catalogues(Domain):
    """Translations kept for the life of the process: the library reads its files at every request."""

    def get_translations(self) -> Any:
        return self.english if g and str(get_locale()) == "en" else self.chinese

    @cached_property
    def chinese(self) -> NullTranslations:
        return NullTranslations()

    @cached_property
    def english(self) -> Translations:
        path = Path(current_app.config["TRANSLATIONS"]) / "en" / "LC_MESSAGES" / "messages.po"
        compiled = io.BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale="en"))
        compiled.seek(0)
        return Translations(compiled)


class Languages(Babel):
    """Flask-Babel with one domain for all requests."""

    catalogues = Catalogues()  # type: ignore[no-untyped-call]

    @property
    def domain_instance(self) -> Catalogues:
        return self.catalogues


def init_app(app: Flask) -> None:
    Languages(app, locale_selector=chosen)  # type: ignore[no-untyped-call]
    app.before_request(forget)
    app.jinja_env.globals["_"] = words


def chosen() -> str:
    """The signed-in person's choice, else the visitor's cookie, else the setting."""
    if not has_request_context():  # commands and the demo
        return str(current_app.config["LANGUAGE"])
    if g.get("actor") is not None and current_user.is_authenticated:
        return str(current_user.language)
    asked = request.cookies.get("language", "")
    return asked if asked in LANGUAGES else str(current_app.config["LANGUAGE"])


def words(text: Any, **values: Any) -> Markup:
    """`_("…")` in templates: translated, its values escaped. Called a hundred times a page, so it asks once."""
    translations = _of_request.get() or _ask()
    said = Markup(translations.ugettext(str(text)))  # noqa: S704 – our own words, not a person's
    return said % values if values else said


def forget() -> None:
    """A new request may speak another language."""
    _of_request.set(None)


def _ask() -> Any:
    found = get_domain().get_translations()  # type: ignore[no-untyped-call]
    _of_request.set(found)
    return found
