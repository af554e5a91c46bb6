"""两步验证: the code after the password, and the page where a telephone is made known."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from liaison.access import Action, requires, signed_in
from liaison.core.db import db, writing
from liaison.core.errors import Conflict, NotVisible, TooMany
from liaison.people import actions, second_factor, throttling
from liaison.people.forms import SecondStepForm
from liaison.people.models import Person
from liaison.people.queries.accounts import by_login
from liaison.people.recent import require_recent
from liaison.people.views.pages import back, blueprint

OFFERED_FOR = 3600  # seconds between the picture and the code


@blueprint.route("/second-step", methods=["GET", "POST"])
@signed_in
def second_step() -> Any:
    """The code of a person who is signed in by half."""
    if not current_user.has_second_step or current_user.proven_at is not None:
        return back()
    form = SecondStepForm(next=request.args.get("next"))
    if request.method == "GET":
        return render_template("people/second_step.html", form=form)
    if not form.validate():
        return render_template("people/second_step.html", form=form), 400
    code = _tried(form, lambda typed: actions.prove(current_user.id, current_user.sign_in_id, typed))
    return back() if code == 200 else (render_template("people/second_step.html", form=form), code)


@blueprint.route("/second-step/new", methods=["GET", "POST"])
@signed_in
@require_recent
def new_second_step() -> Any:
    """A secret is shown as a picture; with a right code it is the person's."""
    form = SecondStepForm(next=request.args.get("next"))
    if current_user.has_second_step:
        return redirect(url_for("people.me"), 303)
    if request.method == "GET":
        return _offer(form, second_factor.new_secret(), 200)
    secret = _offered(form.offer.data)
    if secret is None or not form.validate():
        return _offer(form, secret or second_factor.new_secret(), 400)
    try:
        code = _tried(
            form, lambda typed: actions.open_second_step(current_user.id, current_user.sign_in_id, secret, typed)
        )
    except Conflict:
        return redirect(url_for("people.me"), 303)
    if code != 200:
        return _offer(form, secret, code)
    flash(_("两步验证已开启。以后登录，口令之后再写一次手机上的六位数。"))
    return back(url_for("people.me"))


@blueprint.post("/second-step/end")
@signed_in
@require_recent
def end_own_second_step() -> Any:
    if second_factor.is_required(current_user.roles):
        raise Conflict(_("您的岗位须用两步验证。换了手机，请管理员取消一次，再重新开启。"))
    actions.end_second_step(db.session.get_one(Person, current_user.id), actor_id=current_user.id)
    db.session.commit()
    flash(_("两步验证已关闭。"))
    return redirect(url_for("people.me"), 303)


@blueprint.post("/accounts/<login>/second-step/end")
@requires(Action.MANAGE_ACCOUNTS)
def end_their_second_step(login: str) -> Any:
    person = by_login(login)
    if person is None:
        raise NotVisible
    actions.end_second_step(person, actor_id=current_user.id)
    db.session.commit()
    flash(_("两步验证已取消，本人下次登录时可以用新手机开启。"))
    return redirect(url_for("people.account", login=person.login), 303)


def _tried(form: SecondStepForm, compare: Any) -> int:
    """Compare the typed code: 200, or 400 and 429 with the sentence beside the field. Guessing waits as at sign-in."""
    login = current_user.login
    db.session.rollback()
    try:
        throttling.check("second step", login)
    except TooMany as wait:
        form.code.errors = [_("输错的次数多了，请 %(n)s 分钟后再试。", n=wait.minutes)]
        return 429
    with writing():
        is_right = compare(form.code.data)
        if is_right:
            throttling.cleared("second step", login)
    if is_right:
        return 200
    with writing():
        actions.note_wrong_code(current_user.id, login)
    form.code.errors = [_("验证码不对，或者已经用过。请等手机换下一个再写。")]
    return 400


def _offer(form: SecondStepForm, secret: str, code: int) -> tuple[str, int]:
    form.offer.data = _signer().dumps([current_user.id, secret])
    picture = segno.make(second_factor.address(secret, current_user.login), error="m")
    shown = picture.svg_data_uri(border=2, dark="#000", light="#fff")
    is_required = second_factor.is_required(current_user.roles)
    return render_template(
        "people/new_second_step.html", form=form, picture=shown, secret=secret, is_required=is_required
    ), code


def _offered(offer: str | None) -> str | None:
    """The secret of the picture this person was shown; None when it is another's or too old."""
    try:
        person_id, secret = _signer().loads(offer or "", max_age=OFFERED_FOR)
    except (BadData, ValueError, TypeError):
        return None
    return str(secret) if person_id == current_user.id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="second step")
