"""中文在前，英文在后: Chinese is the source of every text, English a catalogue read once per process.

The catalogue is the readable `liaison/translations/en/LC_MESSAGES/messages.po`: no compiled file, no build step.
A page asks for a hundred words, so which language a request speaks is found out once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel.speaklater import LazyString
from flask_login import current_user
from markupsafe import Markup, escape
from wtforms.i18n import messages_path

from workflows.engine import Reason

LANGUAGES = ("zh", "en")
CHINESE = NullTranslations()  # the source itself
_of_request: ContextVar[Any] = ContextVar("translations", default=None)


class Catalogues(Domain):
    """What Flask-Babel and WTForms ask; the library itself would read its files at every request."""

    def get_translations(self) -> Any:
        return _of_request.get() or _ask()


class Languages(Babel):
    """Flask-Babel with one domain for all requests."""

    catalogues = Catalogues()  # type: ignore[no-untyped-call]

    @property
    def domain_instance(self) -> Catalogues:
        return self.catalogues


def init_app(app: Flask) -> None:
    Languages(app, locale_selector=chosen)  # type: ignore[no-untyped-call]
    app.before_request(_begin)
    app.teardown_request(forget)
    app.jinja_env.globals["_"] = words


class OfForms:
    """What Flask-WTF asks for the sentences of WTForms itself; the library would read their file at every request."""

    def ugettext(self, text: str) -> str:
        return str(_of_forms(str(get_locale())).ugettext(text))

    def ungettext(self, one: str, many: str, n: int) -> str:
        return str(_of_forms(str(get_locale())).ungettext(one, many, n))


@cache
def _of_forms(language: str) -> Any:
    return Translations.load(messages_path(), [language], domain="wtforms")


def _begin() -> None:
    forget()
    request.wtforms_translations = OF_FORMS  # type: ignore[attr-defined]


OF_FORMS = OfForms()


def chosen() -> str:
    """The signed-in person's choice, else the visitor's cookie, else the setting."""
    if not has_request_context():  # commands and the demo
        return str(current_app.config["LANGUAGE"])
    if g.get("actor") is not None and current_user.is_authenticated:
        return str(current_user.language)
    asked = request.cookies.get("language", "")
    return asked if asked in LANGUAGES else str(current_app.config["LANGUAGE"])


def gettext(text: str, **values: Any) -> str:
    """A text in the language of the request, its named places filled in."""
    said = str((_of_request.get() or _ask()).ugettext(text))
    return said % values if values else said


def lazy_gettext(text: str, **values: Any) -> LazyString:
    """The same, chosen when it is shown: for labels that are written down once for all requests."""
    return LazyString(gettext, text, **values)  # type: ignore[no-untyped-call]


def said(reasons: Iterable[Reason]) -> str:
    """Why a process refused, one sentence after another, in the language of the request."""
    return " ".join(gettext(one.pattern, **{name: _value(v) for name, v in one.values.items()}) for one in reasons)


def words(text: Any, **values: Any) -> Markup:
    """`_("…")` in templates: translated, its values escaped."""
    said = _safe(_of_request.get() or _ask(), str(text))
    return said % values if values else said


def is_english() -> bool:
    return (_of_request.get() or _ask()) is not CHINESE


@contextmanager
def in_chinese() -> Iterator[None]:
    """Papers of the house speak Chinese, whoever prints them in whatever language."""
    before = _of_request.set(CHINESE)
    try:
        yield
    finally:
        _of_request.reset(before)


def forget(_error: BaseException | None = None) -> None:
    """A new request may speak another language."""
    _of_request.set(None)


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return gettext("、").join(map(gettext, value))
    return gettext(value) if isinstance(value, str) else value


def _ask() -> Any:
    """The translations of the language chosen; kept for a request only, for a shell may change its mind."""
    if not g or str(get_locale()) != "en":
        found: Any = CHINESE
    else:
        found = _english(Path(current_app.config["TRANSLATIONS"]))
    if has_request_context():
        _of_request.set(found)
    return found


@lru_cache(maxsize=4096)
def _safe(translations: Any, text: str) -> Markup:
    """Our own words hold no markup, and a name that somebody typed (of a category) must not bring any."""
    return escape(translations.ugettext(text))


@cache
def _english(folder: Path) -> Translations:
    compiled = io.BytesIO()
    with (folder / "en" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale="en"))
    compiled.seek(0)
    return Translations(compiled)
