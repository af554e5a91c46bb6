"""Who acts for which leader."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import Action, requires
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput
from liaison.people import actions
from liaison.people.forms import DelegationForm
from liaison.people.models import Person
from liaison.people.queries import delegations as ask
from liaison.people.queries.accounts import by_login, holders_of
from liaison.people.views.accounts import put_beside
from liaison.people.views.pages import blueprint
from liaison.people.words import Role


@blueprint.get("/delegations")
@requires(Action.MANAGE_ROSTER)
def delegations() -> Any:
    return _page(DelegationForm(formdata=None))


@blueprint.post("/delegations")
@requires(Action.MANAGE_ROSTER)
def delegate() -> Any:
    form = DelegationForm()
    try:
        if not form.validate():
            return _page(form), 400
        leader, liaison = _person(form.leader.data, "leader"), _person(form.liaison.data, "liaison")
        actions.delegate(leader, liaison, form.from_on.data, form.until_on.data, actor_id=current_user.id)
    except BadInput as wrong:
        put_beside(form, wrong)
        return _page(form), 400
    return _done(_("委托已登记。"))


@blueprint.post("/delegations/<int:delegation_id>/end")
@requires(Action.MANAGE_ROSTER)
def end_delegation(delegation_id: int) -> Any:
    actions.end_delegation(delegation_id, actor_id=current_user.id)
    return _done(_("委托已结束。"))


def _person(login: str, field: str) -> Person:
    person = by_login(login)
    if person is None:
        raise BadInput(**{field: _("没有这个账号，请从列表里选。")})
    return person


def _page(form: DelegationForm) -> str:
    return render_template(
        "people/delegations.html",
        form=form,
        page=ask.delegations(request.args),
        leaders=holders_of(Role.LEADER),
        liaisons=holders_of(Role.LIAISON),
        today=today(),
    )


def _done(words: str) -> Any:
    db.session.commit()
    flash(words)
    return redirect(url_for("people.delegations"), 303)
