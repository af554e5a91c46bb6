"""One's own account: password, sessions, language and size of type."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import public, signed_in
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, TooMany
from liaison.people import actions, devices, door, passwords
from liaison.people.forms import PasswordForm
from liaison.people.models import Person
from liaison.people.proof import knows_password
from liaison.people.queries.accounts import posts_of, sessions_of
from liaison.people.views.pages import back, blueprint

YEAR = 365 * 24 * 3600


@blueprint.get("/me")
@signed_in
def me() -> Any:
    return render_template("people/me.html", posts=posts_of(current_user.id), today=today(), rules=passwords.profile())


@blueprint.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> Any:
    form = PasswordForm()
    if request.method == "GET":
        return _password_page(form, 200)
    if not form.validate() or not _is_own(form):
        return _password_page(form, 400)
    person = db.session.get_one(Person, current_user.id)
    try:
        actions.change_password(person, form.new.data, current_app.config["SCHOOL"])
    except BadInput as wrong:
        form.new.errors = [wrong.errors["new"]]
        return _password_page(form, 400)
    begun = actions.begin_session(person.id, request.user_agent.string, current_user.proven_at)
    db.session.commit()
    session.clear()
    flash(_("口令已换好。其他设备上的登录都已结束。"))
    return door.let_in(redirect(f"{request.script_root}/", 303), begun.token, begun.keeps)


@blueprint.get("/sessions")
@signed_in
def own_sessions() -> Any:
    rows = sessions_of(current_user.id)
    return render_template("people/sessions.html", rows=rows, device=devices.words)


@blueprint.post("/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> Any:
    actions.end_session(sign_in_id, current_user.id)
    db.session.commit()
    flash(_("那台设备上的登录已结束。"))
    return redirect(url_for("people.own_sessions"), 303)


@blueprint.post("/language")
@public  # visitors and students choose a language too
def language() -> Any:
    asked = request.form.get("language")
    chosen = asked if asked in {"zh", "en"} else "zh"
    if current_user.is_authenticated:
        actions.set_language(db.session.get_one(Person, current_user.id), chosen)
        db.session.commit()
    response = back()
    response.set_cookie("language", chosen, YEAR, secure=current_app.config["HTTPS"], httponly=True, samesite="Lax")
    return response


@blueprint.post("/size")
@signed_in
def size() -> Any:
    person = db.session.get_one(Person, current_user.id)
    actions.set_type_size(person, request.form.get("size") == "large")
    db.session.commit()
    return back()


def _password_page(form: PasswordForm, code: int) -> tuple[str, int]:
    db.session.rollback()
    return render_template("people/password.html", form=form, rules=passwords.profile()), code


def _is_own(form: PasswordForm) -> bool:
    """Does he know the present password? Guessing it here waits as long as at sign-in."""
    try:
        if knows_password(current_user.id, current_user.login, form.current.data):
            return True
        form.current.errors = [_("现在的口令不对。")]
    except TooMany as wait:
        form.current.errors = [_("输错的次数多了，请 %(n)s 分钟后再试。", n=wait.minutes)]
    return False
