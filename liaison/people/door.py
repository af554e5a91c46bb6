"""The door: who is acting, and may he open this page? Closed by default (safety.md R1, R6, R21).

The cookie holds a random token, the table its hash. Roles are read at each request in two statements,
so a change of roles acts at once; a session that is idle or too old opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from liaison import access
from liaison.audit import refusals
from liaison.core.clock import now
from liaison.core.db import db, writing
from liaison.core.errors import NotVisible
from liaison.people import passwords, second_factor, still_typed
from liaison.people.actor import Actor
from liaison.people.models import SignIn
from liaison.people.queries.acting import actor_from, session_of, ties_of
from liaison.people.recent import require_recent as require_recent
from liaison.people.returning import checked_path
from liaison.people.session_limits import RECENT, slides

FRESH = timedelta(minutes=3)  # a page within it does not write that it was seen
ALWAYS = {"people.sign_out", "people.language", "people.size"}
WITH_A_ONE_TIME_PASSWORD = {"people.password", *ALWAYS}
BEFORE_THE_CODE = {"people.second_step", *ALWAYS}
WITHOUT_A_TELEPHONE = {"people.new_second_step", "people.password", "people.confirm", *ALWAYS}
REFUSED = {403, 404}


@dataclass(frozen=True)
class Seen:
    """A session whose last use is to be noted."""

    sign_in_id: int
    idle: timedelta
    ends_at: datetime


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # the session is a row of ours; the form cookie says nothing about who one is
    manager.request_loader(_actor)
    app.config["REMEMBER_COOKIE_NAME"] = "not-used"  # else a foreign cookie of the usual name would hide ours
    app.before_request(_guard)
    app.after_request(_after)


def let_in(response: Response, token: str, keeps: timedelta | None) -> Response:
    """Give the browser the cookie of a session."""
    name, is_secure = current_app.config["SIGN_IN_COOKIE"], current_app.config["HTTPS"]
    g.pop("seen", None)
    response.set_cookie(name, token, max_age=keeps, secure=is_secure, httponly=True, samesite="Lax", path="/")
    return response


def let_out(response: Response) -> Response:
    """Take the cookie back."""
    g.pop("seen", None)
    name, is_secure = current_app.config["SIGN_IN_COOKIE"], current_app.config["HTTPS"]
    response.delete_cookie(name, secure=is_secure, httponly=True, samesite="Lax", path="/")
    return response


def _actor(asked: Request) -> Actor | None:
    """The person of the request's session; None when there is none, or it has ended.

    Asked once: the page that says that the database is busy must not ask it again.
    """
    if g.get("was_asked_who"):
        return None
    g.was_asked_who = True
    token = asked.cookies.get(current_app.config["SIGN_IN_COOKIE"])
    session = session_of(token) if token else None
    if session is None:
        return None
    idle, at = timedelta(minutes=session.idle_minutes), now()
    if at - session.seen_at > idle:
        return None
    if at - session.seen_at > FRESH:
        g.seen = Seen(session.sign_in_id, idle, at + idle if slides(idle) else session.ends_at)
    is_old = passwords.is_outdated(session.password_set_at)
    is_recent = at - session.confirmed_at <= RECENT
    return actor_from(session, ties_of(session.person_id), is_recently_confirmed=is_recent, must_change_password=is_old)


def _guard() -> Any:
    """Before every page: who is it, and does the table of access let him in?"""
    g.actor = None
    if request.endpoint in (None, "static"):
        return None
    needed = access.declared(current_app, request.endpoint or "")
    if current_app.config["SIGN_IN_COOKIE"] in request.cookies:
        g.actor = current_user._get_current_object() if current_user.is_authenticated else None
        _keep_alive()
    return None if needed == access.PUBLIC else _let_staff_in(g.actor, needed)


def _let_staff_in(actor: Actor | None, needed: Any) -> Any:
    if actor is None:
        return _to_sign_in()
    if (owed := _owed(actor)) is not None:
        return owed
    if isinstance(needed, access.Action) and not access.may(actor, needed):
        raise NotVisible
    return None


def _owed(actor: Actor) -> Any:
    """What a half-open door asks for first: the code from the telephone, a password of one's own, a telephone."""
    if actor.has_second_step and actor.proven_at is None:
        return _first("people.second_step", BEFORE_THE_CODE)
    if actor.must_change_password:
        return _first("people.password", WITH_A_ONE_TIME_PASSWORD)
    if not actor.has_second_step and second_factor.is_required(actor.roles):
        return _first("people.new_second_step", WITHOUT_A_TELEPHONE)
    return None


def _first(endpoint: str, open_pages: set[str]) -> Any:
    if request.endpoint in open_pages:
        return None
    is_page = request.method in ("GET", "HEAD") and endpoint != "people.password"  # a new password begins anew
    return redirect(url_for(endpoint, next=checked_path(request.full_path) if is_page else None), 303)


def _keep_alive() -> None:
    """Note now and then that the session is in use. A busy database must not turn reading into an error."""
    seen: Seen | None = g.get("seen")
    if seen is None:
        return
    try:
        with writing():
            kept = update(SignIn).where(SignIn.id == seen.sign_in_id).values(seen_at=now(), ends_at=seen.ends_at)
            db.session.execute(kept)
    except OperationalError:
        current_app.logger.warning("session %s not kept alive: database busy", seen.sign_in_id)


def _to_sign_in() -> Any:
    """To the sign-in page and back; what was typed after a session ended is shown, never lost (R14)."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("people.sign_in", next=checked_path(request.full_path)), 303)
    if still_typed.words():
        return still_typed.page()
    return redirect(url_for("people.sign_in"), 303)


def _after(response: Response) -> Response:
    if response.status_code in REFUSED:
        _record_refusal(response.status_code)
    seen: Seen | None = g.get("seen")
    if seen and slides(seen.idle):  # the 30 days slide in the browser too
        let_in(response, request.cookies[current_app.config["SIGN_IN_COOKIE"]], seen.idle)
    return response


def _record_refusal(code: int) -> None:
    """Who asked for what was not his is recorded, for every page at this one place (R34)."""
    actor = g.get("actor")
    if actor is None or request.endpoint is None:
        return
    if access.declared(current_app, request.endpoint) == access.PUBLIC:
        return  # its address may hold a query code
    wanted = next((str(value) for value in (request.view_args or {}).values()), "")
    refusals.record(actor.id, wanted, page=request.endpoint, method=request.method, code=code)
