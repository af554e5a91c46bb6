"""时限: the table in force, one form per class, the editions there were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from liaison.access import Action, requires
from liaison.calendars import in_force, queries
from liaison.calendars.limit_rules import Days, Hours, Limits
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.oversight.actions import limits as actions
from liaison.oversight.forms.limits import LimitForm, limit_form
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from workflows.ticket_words import LimitClass


@blueprint.get("/limits")
@requires(Action.MANAGE_LIMITS)
def limits() -> str:
    return _page()


@blueprint.post("/limits/<name>")
@requires(Action.MANAGE_LIMITS)
def change_limits(name: str) -> Any:
    """One class changed: a new edition, for new dispatches only."""
    limit_class = next((one for one in LimitClass if one.value == name), None)
    if limit_class is None:
        raise NotVisible(name)
    before = in_force.rules().rows[limit_class]
    form = limit_form(before, "", prefix=f"{name}-", posted=True)
    if not form.validate():
        return _page(limit_class, form), 422
    base, note = form.base.data or "", form.note.data or ""
    try:
        made = actions.change(limit_class, form.limits(before), me(), base=base, note=note)
    except BadInput as same:
        form.form_errors.append(" ".join(same.errors.values()))
        return _page(limit_class, form), 422
    except Conflict as faster:
        form.form_errors.append(faster.message)
        return _page(limit_class, form), 409
    db.session.commit()
    in_force.renew()
    flash(_("第 %(label)s 版时限已启用，从现在起新交办的事项按它计算。", label=made.label))
    return redirect(url_for("oversight.limits"), 303)


COLUMNS = ("accept", "triage", "sign", "handle", "extension", "office", "feedback", "calendar")


@dataclass(frozen=True)
class Shown:
    """One class: its cells, what is promised by them, and the form to change them."""

    name: str
    label: str
    cells: list[str]
    promise: str
    form: LimitForm
    is_open: bool
    is_in_hours: bool


def _page(posted: LimitClass | None = None, form: LimitForm | None = None) -> str:
    rules = in_force.rules()
    rows = [_shown(name, limits, rules.label, form if name is posted else None) for name, limits in rules.rows.items()]
    return render_template("oversight/limits.html", rows=rows, rules=rules, versions=queries.limit_versions())


def _shown(name: LimitClass, limits: Limits, base: str, posted: LimitForm | None) -> Shown:
    return Shown(
        name=name.value,
        label=_(name.label),
        cells=[_words(limits, column) for column in COLUMNS],
        promise=_promise(limits),
        form=posted or limit_form(limits, base, prefix=f"{name.value}-", posted=False),
        is_open=posted is not None,
        is_in_hours=limits.is_in_hours,
    )


def _words(limits: Limits, name: str) -> str:
    """A cell of the table: 2 小时, 5 天, 节点, 校内工作日."""
    value = getattr(limits, name)
    if value is None:
        return _("按节点")
    if isinstance(value, Hours):
        return _("%(n)s 小时", n=value.count)
    if isinstance(value, Days):
        return _("%(n)s 天", n=value.count) if value.count else _("当天")
    if isinstance(value, int):
        return _("%(n)s 天", n=value) if value else _("不延期")
    return str(_(value.label))


def _promise(limits: Limits) -> str:
    """What is printed to the student: every step at its limit."""
    if limits.handle is None:
        return _("按节点")
    if isinstance(limits.handle, Hours):
        return _("%(n)s 小时", n=limits.handle.count)
    steps = (limits.accept, limits.triage, limits.handle, limits.office, limits.feedback)
    return _("%(n)s 天", n=sum(step.count for step in steps))
