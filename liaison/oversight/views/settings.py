"""设置: every section with what is in force; one page to change it, two people where it needs the second key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from liaison.access import Action, may, requires
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed, NotVisible
from liaison.oversight.forms.settings import DecisionForm, SectionForm, section_form
from liaison.oversight.queries import set_up
from liaison.oversight.queries.programmes import NUMBER_OF_SCHOOL
from liaison.oversight.settings_words import changes, said
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.settings import actions, in_force, queries
from liaison.settings.table import BY_NAME, SECTIONS, Kind, Section, Setting, defaults

CHANGED_BY = {  # ★ sections are proposed; the rest is the director's, but for what any administrator may write down
    **dict.fromkeys(("telephones", "privacy", "notices"), Action.SET_UP),
    **dict.fromkeys(("feedback", "sampling"), Action.PROPOSE_FEEDBACK),
    **dict.fromkeys(
        ("programmes", "school_number", "limits", "catalogue", "desk", "publication", "rules"), Action.MANAGE_RULES
    ),
}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {  # sections with a page of their own
    "programmes": ("oversight.programmes", {}),
    "school_number": ("oversight.rule", dict(zip(("programme", "line"), NUMBER_OF_SCHOOL, strict=True))),
    "catalogue": ("oversight.catalogue", {}),
}


@dataclass(frozen=True)
class Shown:
    """One section on the page of all."""

    section: Section
    values: list[tuple[Any, str]]
    url: str
    may_change: bool
    waiting: Any | None  # the proposal that waits for the second key


@blueprint.get("/settings")
@requires(Action.READ_SETTINGS)
def settings() -> str:
    waiting = {row.SettingProposal.section: row for row in queries.proposals() if not row.SettingProposal.decided_at}
    return render_template(
        "oversight/settings.html",
        sections=[_shown(section, waiting.get(section.name)) for section in SECTIONS],
        changes=changes(queries.history()),
        may_set_up=may(me(), Action.SET_UP),
    )


@blueprint.get("/settings/<name>")
@requires(Action.READ_SETTINGS)
def setting(name: str) -> str:
    return _page(_section(name))


@blueprint.post("/settings/<name>")
@requires(Action.READ_SETTINGS)
def change_setting(name: str) -> Any:
    """Save a section, or propose it where it needs the second key."""
    section = _section(name)
    _refuse_others(section)
    form = section_form(section, {}, 0, posted=True)
    if not form.validate():
        return _page(section, form), 422
    deed = actions.propose if section.needs_second_key else actions.save
    try:
        deed(section, form.content(section), me(), base=form.base.data, note=form["note"].data or "")
    except BadInput as same:
        form.form_errors.append(" ".join(same.errors.values()))
        return _page(section, form), 422
    except Conflict as faster:
        return _again(section, form, faster), 409
    _keep()
    flash(_("已提议，等审计一方用第二把钥匙同意。") if section.needs_second_key else _("已保存，从现在起按它执行。"))
    return back()


@blueprint.post("/settings/<name>/defaults")
@requires(Action.READ_SETTINGS)
def adopt_setting(name: str) -> Any:
    """采用默认: what the program ships is looked at and kept. Twice does nothing more."""
    section = _section(name, with_pages_of_their_own=True)
    _refuse_others(section)
    actions.adopt(section, me())
    _keep()
    return back()


@blueprint.post("/settings/<name>/confirm")
@requires(Action.APPROVE_FEEDBACK)
def confirm_setting(name: str) -> Any:
    """第二把钥匙: the auditor agrees to what the director proposed, and it is in force."""
    return _decided(_section(name), is_confirmed=True)


@blueprint.post("/settings/<name>/decline")
@requires(Action.APPROVE_FEEDBACK)
def decline_setting(name: str) -> Any:
    """The auditor does not agree; the director reads why."""
    return _decided(_section(name), is_confirmed=False)


def _decided(section: Section, *, is_confirmed: bool) -> Any:
    form = DecisionForm()
    if not form.validate():
        return _page(section, decision=form), 422
    try:
        reason = form.reason.data or ""
        actions.decide(section, form.proposal.data, me(), is_confirmed=is_confirmed, reason=reason)
    except BadInput as missing:
        form.reason.errors = [*missing.errors.values()]
        return _page(section, decision=form), 422
    _keep()
    flash(_("已同意，从现在起按它执行。") if is_confirmed else _("已退回，设置没有变。"))
    return redirect(url_for("oversight.settings"), 303)


def back() -> Response:
    """On with the set-up while something of it is left, else to all settings."""
    goes_on = may(me(), Action.SET_UP) and not set_up.is_complete()
    return redirect(url_for("oversight.set_up" if goes_on else "oversight.settings"), 303)


def url_of(section: str) -> str:
    """Where a section is changed."""
    given: dict[str, Any]
    endpoint, given = PAGES.get(section, ("oversight.setting", {"name": section}))
    return url_for(endpoint, **given)


def may_change(section: str) -> bool:
    return may(me(), CHANGED_BY[section])


def _section(name: str, *, with_pages_of_their_own: bool = False) -> Section:
    section = BY_NAME.get(name)
    if section is None or not (section.settings or with_pages_of_their_own):
        raise NotVisible(name)
    return section


def _refuse_others(section: Section) -> None:
    if not may_change(section.name):
        raise NotAllowed(section.name)


def _keep() -> None:
    db.session.commit()
    in_force.renew()


def _again(section: Section, form: SectionForm, faster: Conflict) -> str:
    """What was typed stays; the next press is about the edition that is shown now."""
    db.session.rollback()
    form.form_errors.append(faster.message)
    form.base.data, form.base.raw_data = queries.edition(section.name), None
    return _page(section, form)


def _page(section: Section, form: SectionForm | None = None, decision: DecisionForm | None = None) -> str:
    content, edition = _present(section)
    waiting = next((row for row in queries.proposals(section.name) if not row.SettingProposal.decided_at), None)
    return render_template(
        "oversight/setting.html",
        section=section,
        values=[(one.label, said(one, content[one.name])) for one in section.settings],
        form=form or section_form(section, content, edition, posted=False),
        edition=edition,
        waiting=waiting,
        wanted=[
            (one.label, said(one, content[one.name]), said(one, waiting.SettingProposal.content[one.name]))
            for one in section.settings
            if waiting and waiting.SettingProposal.content[one.name] != content[one.name]
        ],
        decision=decision or DecisionForm(formdata=None, proposal=waiting.SettingProposal.id if waiting else 0),
        may_change=may_change(section.name) and (waiting is None or form is not None),
        may_decide=may(me(), Action.APPROVE_FEEDBACK),
        is_own=bool(waiting and waiting.SettingProposal.proposed_by_id == me().id),
        proposals=[row for row in queries.proposals(section.name) if row.SettingProposal.decided_at],
        changes=changes(queries.history(section.name)),
    )


def _present(section: Section) -> tuple[dict[str, Any], int]:
    """What is in force by the database itself, and its edition: what a form must be drawn from."""
    newest = next(iter(queries.history(section.name)), None)
    if newest is None:
        return {one.name: _value(one) for one in section.settings}, 0
    return {**defaults(section), **newest.SettingVersion.content}, newest.SettingVersion.edition


def _shown(section: Section, waiting: Any | None) -> Shown:
    values = [(one.label, said(one, _value(one))) for one in section.settings]
    return Shown(section, values, url_of(section.name), may_change(section.name), waiting)


def _value(setting: Setting) -> Any:
    """What is in force; telephones may come from the environment of the program."""
    return in_force.phones() if setting.kind is Kind.PHONES else in_force.value(setting.name)
