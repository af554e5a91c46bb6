"""初始化: the steps of the first ten minutes, each saved by itself; and what everybody sees before they are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.access import Action, declared, may, requires
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.oversight.actions import catalogue as actions
from liaison.oversight.forms.settings import CatalogueForm, catalogue_form
from liaison.oversight.queries import set_up as queries
from liaison.oversight.views.pages import blueprint
from liaison.oversight.views.settings import back, may_change, url_of
from liaison.people.actor import me
from liaison.settings import in_force
from liaison.settings.actions import adopt
from liaison.settings.table import BY_NAME
from liaison.tickets.queries.choices import receiving_units

WORK = {  # nobody does these before the emergency numbers are known (domain.md §9)
    Action.RECORD_CONTACT,
    Action.CONFIRM_CONTACT,
    Action.EDIT_CONTACT,
    Action.FILE_VOICE,
    Action.WORK_TICKETS,
    Action.IMPORT_VOICES,
    Action.PRINT_CARDS,
}
OTHERS = {  # steps without settings of their own: name, what depends on it, where it is done, who may
    "calendar": (
        _l("校历"),
        _l("期限按校历里的工作日计算；没有学期和教职工放假，期限只认国家的节假日。"),
        "oversight.calendar",
        Action.MANAGE_CALENDAR,
    ),
    "persons": (
        _l("要有人的角色"),
        _l("没有保密专办员，受限事项没人办；没有纪检审计，反馈设置没有第二把钥匙；没有安全审计员，没人看审计日志。"),
        "people.accounts",
        Action.MANAGE_ACCOUNTS,
    ),
}


@dataclass(frozen=True)
class Step:
    """One line of the list."""

    name: str
    label: Any
    hint: Any
    url: str
    is_done: bool
    is_mine: bool
    may_adopt: bool
    state: str  # more than done or not: who holds a role, which categories lack a unit


@blueprint.get("/set-up")
@requires(Action.SET_UP)
def set_up() -> str:
    found = queries.found()
    steps = [_step(name, found) for name in queries.STEPS]
    return render_template("oversight/set_up.html", steps=steps, is_live=in_force.is_live())


@blueprint.post("/set-up/defaults")
@requires(Action.SET_UP)
def adopt_defaults() -> Any:
    """其余都采用默认: every step left whose defaults this person may adopt. Twice does nothing more."""
    done = sum(adopt(section, me()) for section in BY_NAME.values() if may_change(section.name))
    db.session.commit()
    in_force.renew()
    flash(_("%(n)s 步采用了默认。", n=done))
    return redirect(url_for("oversight.set_up"), 303)


@blueprint.get("/settings/catalogue")
@requires(Action.MANAGE_RULES)
def catalogue() -> str:
    return _catalogue_page()


@blueprint.post("/settings/catalogue")
@requires(Action.MANAGE_RULES)
def change_catalogue() -> Any:
    rows, units = queries.catalogue(), receiving_units()
    form = catalogue_form(rows, units, "", posted=True)
    if not form.validate():
        return _catalogue_page(form), 422
    wanted = {row.code: int(chosen) if (chosen := form[f"lead-{row.code}"].data) else None for row in rows}
    try:
        changed = actions.save(wanted, me(), base=form.base.data or "")
    except BadInput as same:
        form.form_errors.append(" ".join(same.errors.values()))
        return _catalogue_page(form), 422
    except Conflict as faster:
        form.form_errors.append(faster.message)
        form.base.data = actions.mark(actions.leads())
        return _catalogue_page(form), 409
    adopt(BY_NAME["catalogue"], me())
    db.session.commit()
    in_force.renew()
    flash(_("派单目录已保存，改了 %(n)s 行。", n=changed))
    return back()


@blueprint.before_app_request
def wait_for_numbers() -> Any:
    """Before the emergency numbers are known nobody works: one page says so, with the way to them for whoever may."""
    if g.get("actor") is None or declared(current_app, request.endpoint or "") not in WORK or in_force.is_live():
        return None
    return render_template("oversight/not_live.html", may_set_up=may(me(), Action.SET_UP)), 503


def _catalogue_page(form: CatalogueForm | None = None) -> str:
    rows = queries.catalogue()
    base = actions.mark({row.code: row.lead_unit_id for row in rows})
    form = form or catalogue_form(rows, receiving_units(), base, posted=False)
    return render_template("oversight/catalogue.html", form=form, unmapped=queries.unmapped())


def _step(name: str, found: queries.Found) -> Step:
    is_done = found.is_done(name)
    if name in OTHERS:
        label, hint, endpoint, action = OTHERS[name]
        return Step(name, label, hint, url_for(endpoint), is_done, may(me(), action), False, _state(name, found))
    section, is_mine = BY_NAME[name], may_change(name)
    url = url_of(name)
    may_adopt = is_mine and not is_done and section.has_defaults
    return Step(name, section.label, section.hint, url, is_done, is_mine, may_adopt, _state(name, found))


def _state(name: str, found: queries.Found) -> str:
    if name == "persons":
        held = [
            _("%(role)s：%(names)s", role=_(role.label), names=_("、").join(names) or _("还没有人"))
            for role, names in found.holders.items()
        ]
        return _("；").join(held)
    if name == "programmes":
        return _("在用：%(names)s", names=_("、").join(found.programmes) or _("没有"))
    if name == "school_number" and found.school_number:
        return _("每月 %(n)s 次。", n=found.school_number)
    if name == "catalogue" and found.unmapped:
        return _("%(n)s 类还没有写承办单位。", n=len(found.unmapped))
    return ""
