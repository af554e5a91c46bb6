"""Accounts, posts and roles: kept by the administrator, shown as they were and are."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import Action, requires
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.people import actions
from liaison.people.forms import AccountForm, AccountSearchForm, EmailForm, PostForm, RoleForm
from liaison.people.models import Person, Unit
from liaison.people.queries import accounts as ask
from liaison.people.queries.units import named, offered
from liaison.people.views.pages import blueprint
from liaison.people.words import PostCategory, Role


@blueprint.get("/accounts")
@requires(Action.MANAGE_ACCOUNTS)
def accounts() -> Any:
    search = AccountSearchForm(request.args)
    page = ask.accounts(search.words(), request.args)
    told = ask.told_of([row.id for row in page.rows])
    return render_template("people/accounts.html", page=page, told=told, search=search)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Action.MANAGE_ACCOUNTS)
def new_account() -> Any:
    form = AccountForm()
    if not form.validate_on_submit():
        return render_template("people/new_account.html", form=form), _code()
    try:
        person, word = actions.create_person(
            form.login.data,
            form.name.data,
            staff_no=form.staff_no.data,
            email=form.email.data,
            actor_id=current_user.id,
        )
    except BadInput as wrong:
        put_beside(form, wrong)
        return render_template("people/new_account.html", form=form), 400
    db.session.commit()
    return render_template("people/one_time.html", person=person, word=word)


@blueprint.get("/accounts/<login>")
@requires(Action.MANAGE_ACCOUNTS)
def account(login: str) -> Any:
    return _page(_person(login))


@blueprint.post("/accounts/<login>/email")
@requires(Action.MANAGE_ACCOUNTS)
def set_email(login: str) -> Any:
    person, form = _person(login), EmailForm(prefix="email-")
    if not form.validate():
        return _page(person, email=form), 400
    actions.set_email(person, form.email.data or "", actor_id=current_user.id)
    return _done(person, _("工作邮箱已保存。"))


@blueprint.post("/accounts/<login>/posts")
@requires(Action.MANAGE_ACCOUNTS)
def add_post(login: str) -> Any:
    person, form = _person(login), PostForm(prefix="post-")
    try:
        if not form.validate():
            return _page(person, post=form), 400
        unit = unit_named(form.unit.data)
        dates = (form.from_on.data, form.until_on.data)
        sort: dict[str, Any] = {"category": PostCategory(form.category.data), "rank": form.rank.data or ""}
        sort["is_principal"] = form.is_principal.data
        actions.add_post(person, form.title.data, unit, *dates, **sort, actor_id=current_user.id)
    except BadInput as wrong:
        put_beside(form, wrong)
        return _page(person, post=form), 400
    return _done(person, _("职务已登记。"))


@blueprint.post("/accounts/<login>/posts/<int:post_id>/end")
@requires(Action.MANAGE_ACCOUNTS)
def end_post(login: str, post_id: int) -> Any:
    person = _person(login)
    actions.end_post(person, post_id, actor_id=current_user.id)
    return _done(person, _("职务已结束。"))


@blueprint.post("/accounts/<login>/roles")
@requires(Action.MANAGE_ACCOUNTS)
def grant_role(login: str) -> Any:
    person, form = _person(login), RoleForm(prefix="role-")
    try:
        if not form.validate():
            return _page(person, role=form), 400
        unit = unit_named(form.unit.data) if form.unit.data else None
        dates = (form.from_on.data, form.until_on.data)
        actions.grant_role(person, Role(form.role.data), unit, *dates, actor_id=current_user.id)
    except BadInput as wrong:
        put_beside(form, wrong)
        return _page(person, role=form), 400
    return _done(person, _("角色已授予，本人下次登录起生效。"))


@blueprint.post("/accounts/<login>/roles/<int:grant_id>/end")
@requires(Action.MANAGE_ACCOUNTS)
def end_role(login: str, grant_id: int) -> Any:
    person = _person(login)
    actions.end_role(person, grant_id, actor_id=current_user.id)
    return _done(person, _("角色已收回。"))


@blueprint.post("/accounts/<login>/deactivate")
@requires(Action.MANAGE_ACCOUNTS)
def deactivate(login: str) -> Any:
    person = _person(login)
    actions.deactivate(person, actor_id=current_user.id)
    return _done(person, _("账号已停用，所有登录已结束。"))


@blueprint.post("/accounts/<login>/activate")
@requires(Action.MANAGE_ACCOUNTS)
def activate(login: str) -> Any:
    person = _person(login)
    actions.activate(person, actor_id=current_user.id)
    return _done(person, _("账号已恢复。"))


@blueprint.post("/accounts/<login>/reset")
@requires(Action.MANAGE_ACCOUNTS)
def reset_password(login: str) -> Any:
    person = _person(login)
    word = actions.reset_password(person, actor_id=current_user.id)
    db.session.commit()
    return render_template("people/one_time.html", person=person, word=word)


@blueprint.post("/accounts/<login>/sessions/end")
@requires(Action.MANAGE_ACCOUNTS)
def end_their_sessions(login: str) -> Any:
    person = _person(login)
    actions.end_all_sessions(person, actor_id=current_user.id)
    return _done(person, _("这个人的所有登录已结束。"))


def unit_named(words: str, field: str = "unit") -> Unit:
    """The one open unit called so. BadInput beside `field` when there is none, or several."""
    found = named(words)
    if len(found) == 1:
        return found[0]
    if found:
        codes = _("、").join(unit.code for unit in found)
        raise BadInput(**{field: _("叫这个名称的单位不止一个，请改写编号：%(codes)s。", codes=codes)})
    raise BadInput(**{field: _("没有叫「%(words)s」的单位，请从列表里选。", words=words)})


def put_beside(form: Any, wrong: BadInput) -> None:
    """The sentences of an action, beside the fields they are about."""
    for name, sentence in wrong.errors.items():
        form[name].errors = [*form[name].errors, sentence]


def _person(login: str) -> Person:
    person = ask.by_login(login)
    if person is None:
        raise NotVisible
    return person


def _page(
    person: Person, *, post: PostForm | None = None, role: RoleForm | None = None, email: EmailForm | None = None
) -> str:
    return render_template(
        "people/account.html",
        person=person,
        is_self=person.id == current_user.id,
        posts=ask.posts_of(person.id),
        grants=ask.grants_of(person.id),
        open_sessions=len(ask.sessions_of(person.id)),
        has_second_step=actions.has_second_step(person.id),
        post_form=post or PostForm(prefix="post-", formdata=None),
        role_form=role or RoleForm(prefix="role-", formdata=None),
        email_form=email or EmailForm(prefix="email-", formdata=None, obj=person),
        units=offered(),
        today=today(),
    )


def _done(person: Person, words: str) -> Any:
    db.session.commit()
    flash(words)
    return redirect(url_for("people.account", login=person.login), 303)


def _code() -> int:
    return 400 if request.method == "POST" else 200
