"""In and out."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import public, signed_in
from liaison.core.db import db, writing
from liaison.core.errors import TooMany
from liaison.people import actions, door, throttling
from liaison.people.forms import SignInForm
from liaison.people.models import Person
from liaison.people.proof import person_with
from liaison.people.views.pages import back, blueprint


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public  # nobody is signed in yet
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next"))
    if request.method == "GET":
        return back() if current_user.is_authenticated else _page(form, 200)
    if not form.validate():
        return _page(form, 400)
    try:
        person = person_with(form.login.data.lower(), form.password.data)
    except TooMany as wait:
        form.form_errors.append(_("输错的次数多了，请 %(n)s 分钟后再试。", n=wait.minutes))
        return _page(form, 429)
    if person is None:
        form.form_errors.append(_("账号或口令不对。请再试一次，或联系系统管理员。"))
        return _page(form, 400)
    return _let_in(person, form.password.data)


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> Any:
    actions.end_session(current_user.sign_in_id, current_user.id)
    db.session.commit()
    session.clear()
    return door.let_out(redirect(url_for("people.sign_in"), 303))


def _page(form: SignInForm, code: int) -> tuple[str, int]:
    return render_template("people/sign_in.html", form=form, is_demo=current_app.config["DEMO"]), code


def _let_in(person: Person, password: str) -> Any:
    session.clear()  # a new form token for a new person
    with writing():
        throttling.cleared("account", person.login)
        actions.keep_hash_current(person.id, password)
        begun = actions.begin_session(person.id, request.user_agent.string)
    return door.let_in(back(), begun.token, begun.keeps)
