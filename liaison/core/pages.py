"""What every page has: language, security headers, formats of dates, and errors turned into pages."""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask.templating import Environment
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from liaison.core import addresses, formats, language
from liaison.core.db import db, read_only
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible, TooMany

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Templates(Environment):
    """Jinja asks a dozen times a page which globals there are; a plain dict answers faster than its ChainMap."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    app.jinja_environment = Templates
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    language.init_app(app)
    app.jinja_env.globals["fixed"] = addresses.fixed
    app.before_request(_begin)
    app.after_request(_finish)
    formats.init_app(app)
    for kind, answer in ERRORS.items():
        app.register_error_handler(kind, answer)


def _begin() -> tuple[str, int] | None:
    g.request_id = secrets.token_hex(8)
    read_only(request.method in SAFE_METHODS)
    if "\x00" in request.path or b"%00" in request.query_string:  # PostgreSQL keeps no such letter, so nothing has it
        return error_page(404)
    return None


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def error_page(code: int, message: str = "", **context: Any) -> tuple[str, int]:
    """An error as a page: what happened and what to do, with the request's number."""
    db.session.rollback()
    known = code if code in {400, 403, 404, 409, 413, 429, 500, 503} else 500
    page = render_template(f"errors/{known}.html", message=message, locale=get_locale(), **context)
    return page, code


def _not_visible(_error: Exception) -> tuple[str, int]:
    return error_page(404)


def _not_allowed(_error: Exception) -> tuple[str, int]:
    return error_page(403)


def _conflict(error: Conflict) -> tuple[str, int]:
    return error_page(409, error.message)


def _stale(_error: Exception) -> tuple[str, int]:
    return error_page(409, _("刚才有人先改了这一页。请刷新后再试。"))


def _bad_input(error: BadInput) -> tuple[str, int]:
    return error_page(400, " ".join(error.errors.values()))


def _too_many(error: TooMany) -> tuple[str, int]:
    return error_page(429, _("输错的次数多了，请 %(n)s 分钟后再试。", n=error.minutes))


def _form_token(_error: Exception) -> tuple[str, int]:
    typed = {k: v for k, v in request.form.items() if k not in {"csrf_token", "password"} and v.strip()}
    return error_page(400, _("页面开得太久了。请返回上一页刷新后再发一次，您写的内容列在下面。"), typed=typed)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    return error_page(code, _("内容太大了，请分几次提交。") if code == 413 else "")


def _busy(error: OperationalError) -> tuple[str, int]:
    from flask import current_app

    current_app.logger.error("database busy: %s", type(error.orig).__name__)
    return error_page(503, _("同时办理的人多，请稍等几秒再试。"))


def _broken(error: Exception) -> tuple[str, int]:
    from flask import current_app

    current_app.logger.exception("request %s failed", g.get("request_id", ""))
    return error_page(500)


ERRORS: dict[type[Exception], Any] = {
    NotVisible: _not_visible,
    NotAllowed: _not_allowed,
    Conflict: _conflict,
    StaleDataError: _stale,
    BadInput: _bad_input,
    TooMany: _too_many,
    CSRFError: _form_token,
    HTTPException: _http,
    OperationalError: _busy,
    Exception: _broken,
}
