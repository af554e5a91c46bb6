"""Units and places: the tree, one unit, opening and closing."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import Action, requires
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.people import actions
from liaison.people.forms import CloseUnitForm, NewUnitForm, SearchForm, UnitForm
from liaison.people.models import Unit
from liaison.people.queries import units as ask
from liaison.people.views.accounts import put_beside, unit_named
from liaison.people.views.pages import blueprint
from liaison.people.words import UnitFunction, UnitType


@blueprint.get("/units")
@requires(Action.MANAGE_ROSTER)
def units() -> Any:
    search = SearchForm(request.args)
    words = search.words()
    above = _unit(request.args["in"]) if request.args.get("in") else None
    page = ask.tree(above.id if above else None, words, request.args)
    path = ask.path_to(above) if above else []
    return render_template("people/units.html", page=page, above=above, path=path, search=search)


@blueprint.route("/units/new", methods=["GET", "POST"])
@requires(Action.MANAGE_ROSTER)
def new_unit() -> Any:
    form = NewUnitForm(parent=request.args.get("in", ""))
    try:
        if not form.validate_on_submit():
            return _new_page(form), 400 if request.method == "POST" else 200
        unit = actions.open_unit(form.code.data, actor_id=current_user.id, **_values(form))
    except BadInput as wrong:
        put_beside(form, wrong)
        return _new_page(form), 400
    return _done(unit, _("单位已登记。"))


@blueprint.get("/units/<code>")
@requires(Action.MANAGE_ROSTER)
def unit(code: str) -> Any:
    return _page(_unit(code))


@blueprint.post("/units/<code>")
@requires(Action.MANAGE_ROSTER)
def change_unit(code: str) -> Any:
    unit, form = _unit(code), UnitForm()
    try:
        if not form.validate():
            return _page(unit, form), 400
        actions.change_unit(unit, form.version.data, actor_id=current_user.id, **_values(form))
    except BadInput as wrong:
        put_beside(form, wrong)
        return _page(unit, form), 400
    except Conflict as faster:
        form.form_errors.append(faster.message)
        return _page(unit, form), 409
    return _done(unit, _("已改好。"))


@blueprint.post("/units/<code>/close")
@requires(Action.MANAGE_ROSTER)
def close_unit(code: str) -> Any:
    unit, form = _unit(code), CloseUnitForm(prefix="close-")
    try:
        if not form.validate():
            return _page(unit, closing=form), 400
        successor = unit_named(form.successor.data, "successor") if form.successor.data else None
        actions.close_unit(unit, successor, actor_id=current_user.id)
    except BadInput as wrong:
        put_beside(form, wrong)
        return _page(unit, closing=form), 400
    return _done(unit, _("单位已撤销。从前的记录仍用原来的名称。"))


def _unit(code: str) -> Unit:
    unit = ask.by_code(code)
    if unit is None:
        raise NotVisible
    return unit


def _values(form: UnitForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "aliases": form.aliases.data or "",
        "type": UnitType(form.type.data),
        "function": UnitFunction(form.function.data) if form.function.data else None,
        "parent": unit_named(form.parent.data, "parent") if form.parent.data else None,
        "can_receive_tickets": form.can_receive_tickets.data,
        "order": form.order.data,
    }


def _new_page(form: NewUnitForm) -> str:
    return render_template("people/new_unit.html", form=form, units=ask.offered())


def _page(unit: Unit, form: UnitForm | None = None, closing: CloseUnitForm | None = None) -> str:
    path = ask.path_to(unit)
    above = ask.shortest_name(path[-2]) if len(path) > 1 else ""
    return render_template(
        "people/unit.html",
        unit=unit,
        path=path[:-1],
        form=form or UnitForm(obj=unit, data={"parent": above}, formdata=None),
        closing=closing or CloseUnitForm(prefix="close-", formdata=None),
        missing=[_(role.label) for role in ask.missing_to_receive(unit.id)] if unit.can_receive_tickets else [],
        units=ask.offered(),
    )


def _done(unit: Unit, words: str) -> Any:
    db.session.commit()
    flash(words)
    return redirect(url_for("people.unit", code=unit.code), 303)
