"""核实提示: what I am asked, one question with its records, the director's queue, and the published table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from liaison.access import Action, may, requires, signed_in
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.core.language import gettext as _
from liaison.core.paging import Page
from liaison.oversight.figures.figure import FEW
from liaison.oversight.forms.prompts import ConclusionForm, NoteForm
from liaison.oversight.prompts import actions, queries
from liaison.oversight.prompts.catalogue import CATALOGUE, RULES
from liaison.oversight.prompts.words import AskedOf, PromptKind
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.tickets import presenting


@blueprint.get("/prompts")
@requires(Action.VIEW_PROMPTS)
def prompts() -> str:
    """What I am asked."""
    found = queries.mine(me(), request.args)
    return render_template("oversight/prompts.html", is_office=False, **_listed(found, "oversight.prompts"))


@blueprint.get("/prompts/office")
@requires(Action.CONCLUDE_PROMPTS)
def office_prompts() -> str:
    """What waits for a conclusion, by the day it was asked on."""
    concluded = request.args.get("tab") == "concluded"
    found = queries.for_office(me(), request.args, concluded=concluded)
    kept: dict[str, Any] = {"tab": "concluded"} if concluded else {}
    listed = _listed(found, "oversight.office_prompts", **kept)
    return render_template("oversight/prompts.html", is_office=True, concluded=concluded, **listed)


@blueprint.get("/prompts/rules")
@signed_in  # published in advance, to everybody (domain.md §6.2)
def prompt_rules() -> str:
    return render_template("oversight/prompt_rules.html", rules=CATALOGUE)


@blueprint.get("/prompts/<int(max=9999999999):prompt>")
@requires(Action.VIEW_PROMPTS)
def prompt(prompt: int) -> str:
    return _page(queries.load(me(), prompt))


@blueprint.post("/prompts/<int(max=9999999999):prompt>/explain")
@requires(Action.VIEW_PROMPTS)
def explain_prompt(prompt: int) -> Any:
    """情况说明, by whoever is asked."""
    held, form = queries.load(me(), prompt), NoteForm()
    done = _("已记下，会和这个问题一起给党政办主任看。")
    return _deed(held, form, lambda: actions.explain(held, form.text.data, actor=me()), done, note=form)


@blueprint.post("/prompts/<int(max=9999999999):prompt>/conclude")
@requires(Action.CONCLUDE_PROMPTS)
def conclude_prompt(prompt: int) -> Any:
    """结论, by the director."""
    held, form = queries.load(me(), prompt), ConclusionForm()
    done = _("已记下结论。")
    return _deed(held, form, lambda: actions.conclude(held, form.result.data, actor=me()), done, conclusion=form)


def _deed(held: Any, form: Any, deed: Callable[[], None], done: str, **posted: Any) -> Any:
    if not form.validate():
        return _page(held, **posted), 422
    try:
        deed()
        db.session.commit()
    except BadInput as refused:
        form.text.errors = list(refused.errors.values())
        return _page(held, **posted), 422
    except Conflict as refused:
        db.session.rollback()
        return _page(queries.load(me(), held.id), refused=refused.message), 409
    flash(done)
    return redirect(url_for("oversight.prompt", prompt=held.id), 303)


def _listed(found: Page, endpoint: str, **kept: Any) -> dict[str, Any]:
    return {
        "rows": [(row, RULES[row.kind], _is_alone(row), _month(row)) for row in found.rows],
        "newer_url": url_for(endpoint, before=found.before, **kept) if found.before else None,
        "older_url": url_for(endpoint, after=found.after, **kept) if found.after else None,
    }


def _page(held: Any, note: NoteForm | None = None, conclusion: ConclusionForm | None = None, refused: str = "") -> str:
    rule, actor = RULES[held.kind], me()
    is_asked = queries.is_asked(actor, held)
    is_own = is_asked and rule.asked_of is not AskedOf.DIRECTOR
    may_explain = is_asked and held.note is None and held.result is None
    may_conclude = may(actor, Action.CONCLUDE_PROMPTS) and held.result is None and not _is_alone(held) and not is_own
    return render_template(
        "oversight/prompt.html",
        prompt=held,
        rule=rule,
        is_asked=is_asked,
        is_alone=_is_alone(held),
        month=_month(held),
        base_rate=_base_rate(held, rule.asked_of),
        note_form=(note or NoteForm(formdata=None)) if may_explain else None,
        conclusion_form=(conclusion or ConclusionForm(formdata=None)) if may_conclude else None,
        refused=refused,
        **_records(held),
    )


def _records(held: Any) -> dict[str, Any]:
    """The records this person may see; the others only as a number of them."""
    some, contacts, tickets = queries.numbers(held.id), [], []
    if held.kind is PromptKind.RATINGS:
        return {"contacts": [], "tickets": [], "hidden": 0, "moments": some}
    if some and RULES[held.kind].is_about_contacts:
        contacts = list(queries.contacts_of(me(), some))
    elif some:
        rows = queries.tickets_of(me(), some)
        tickets = presenting.list_rows(rows, lambda number: url_for("tickets.show", number=number))
    return {"contacts": contacts, "tickets": tickets, "hidden": len(some) - len(contacts) - len(tickets), "moments": []}


def _base_rate(held: Any, asked_of: AskedOf) -> str:
    """Most who are asked have a good reason; how many there are stands beside every question (domain.md §6.3, 4)."""
    if asked_of is AskedOf.DIRECTOR:
        return ""
    some, every = queries.base_rate(held.kind, held.term)
    given = {"n": some, "all": every}
    if every < FEW and asked_of is AskedOf.PERSON:
        return _("本学期 %(all)s 人中有 %(n)s 人有过这个提示。", **given)
    if every < FEW:
        return _("本学期 %(all)s 个部门中有 %(n)s 个有过这个提示。", **given)
    given["share"] = (200 * some + every) // (2 * every)
    if asked_of is AskedOf.PERSON:
        return _("本学期全校 %(share)s%% 的人有过这个提示（%(n)s/%(all)s）。", **given)
    return _("本学期 %(share)s%% 的部门有过这个提示（%(n)s/%(all)s）。", **given)


def _month(row: Any) -> str:
    """2026年11月, where it is about a month."""
    year, _dash, month = row.period.partition("-")
    return _("%(year)s年%(month)s月", year=year, month=int(month)) if month.isdigit() else ""


def _is_alone(row: Any) -> bool:
    return bool(row.private_until > now())
