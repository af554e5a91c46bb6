"""查阅申请: the auditor's page with number and reason, and the same page for those who decide."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.confidential import actions
from liaison.confidential.forms import AnswerForm, DossierForm
from liaison.confidential.queries import dossiers as queries
from liaison.confidential.views.pages import blueprint
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.people.actor import me
from workflows.dossiers import State


@blueprint.get("/dossiers")
@requires(Action.READ_DOSSIERS)
def dossiers() -> Any:
    return _page(DossierForm(formdata=None))


@blueprint.post("/dossiers")
@requires(Action.READ_DOSSIERS)
def ask_dossier() -> Any:
    form = DossierForm()
    if not queries.may_ask(me()):
        raise NotVisible
    if not form.validate():
        return _page(form, code=422)
    try:
        actions.ask(me(), form.number.data, form.reason.data)
    except BadInput as refused:
        form.number.errors = list(refused.errors.values())
        return _page(form, code=422)
    db.session.commit()
    flash(_("已申请查阅，等党政办主任或保密专办员批准。"))
    return redirect(url_for("confidential.dossiers"), 303)


@blueprint.post("/dossiers/<int(max=9999999999):key>/<any(confirm, decline):deed>")
@requires(Action.READ_DOSSIERS)
def settle_dossier(key: int, deed: str) -> Any:
    form = AnswerForm()
    if queries.may_ask(me()):
        raise NotVisible
    if not form.validate():
        return _page(DossierForm(formdata=None), key, form, 422)
    try:
        actions.settle(me(), key, deed == "confirm", form.reason.data or "")
    except BadInput as refused:
        form.reason.errors = list(refused.errors.values())
        return _page(DossierForm(formdata=None), key, form, 422)
    db.session.commit()
    flash(_("已批准，72 小时后自动结束。") if deed == "confirm" else _("已记为不批准。"))
    return redirect(url_for("confidential.dossiers"), 303)


def _page(form: DossierForm, key: int = 0, answer: Any = None, code: int = 200) -> Any:
    page = queries.listed(me(), request.args)
    drawn = render_template(
        "confidential/dossiers.html",
        asking=form if queries.may_ask(me()) else None,
        page=page,
        waits=State.PROPOSED,
        now=clock.now(),
        key=key,
        answer=answer,
        blank=AnswerForm(formdata=None),
        newer_url=url_for("confidential.dossiers", before=page.before) if page.before else None,
        older_url=url_for("confidential.dossiers", after=page.after) if page.after else None,
    )
    return drawn, code
