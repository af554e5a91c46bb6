"""联系制度: the rule sets, their lines in words, what changed between editions; a new edition by the director."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.core.formats import day_words
from liaison.oversight import rule_words
from liaison.oversight.forms.programmes import EditionForm, RuleForm, SwitchForm
from liaison.oversight.queries import programmes as queries
from liaison.oversight.queries.record_sources import academic_year
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.programmes.actions.editions import save_edition
from liaison.programmes.models import Programme, ProgrammeEdition
from liaison.programmes.queries import rules
from liaison.programmes.shipped import RuleText

NEW = "new"  # in the place of the code of a line


@blueprint.get("/programmes")
@requires(Action.VIEW_PROGRAMMES)
def programmes() -> str:
    return render_template(
        "oversight/programmes.html",
        listed=queries.index(),
        may_change=_may_change(),
        may_declare=may(me(), Action.DECLARE_SPECIAL),
    )


@blueprint.get("/programmes/<programme>")
@requires(Action.VIEW_PROGRAMMES)
def programme(programme: str) -> str:
    return _page(queries.load(programme))


@blueprint.post("/programmes/<programme>/switch")
@requires(Action.MANAGE_RULES)
def switch_programme(programme: str) -> Any:
    """启用 or 停用 from a day on: a new edition with the same lines."""
    found, form = queries.load(programme), SwitchForm()
    if not form.validate():
        return _page(found, form), 422
    newest = rules.editions(found.id)[0]
    wanted = form.wanted.data == "yes"
    if wanted is newest.is_in_force:
        form.form_errors.append(_("和现行的一样，没有要保存的。"))
        return _page(found, form), 422
    return _save(found, form, queries.lines(newest), wanted) or _page_refused(found, form)


@blueprint.get("/programmes/<programme>/lines/<line>")
@requires(Action.MANAGE_RULES)
def rule(programme: str, line: str) -> str:
    found = queries.load(programme)
    newest = rules.editions(found.id)[0]
    return _rule_page(found, line, _filled(newest, _line(queries.lines(newest), line)))


@blueprint.post("/programmes/<programme>/lines/<line>")
@requires(Action.MANAGE_RULES)
def change_rule(programme: str, line: str) -> Any:
    """One line changed or added: a new edition, for periods that begin from its day on."""
    found, form = queries.load(programme), RuleForm()
    newest = rules.editions(found.id)[0]
    lines = queries.lines(newest)
    before = _line(lines, line)
    if before is not None:
        form.code.data = before.code
    if not form.validate():
        return _rule_page(found, line, form), 422
    wanted = form.line()
    if wanted == before:
        form.form_errors.append(_("和现行的一样，没有要保存的。"))
        return _rule_page(found, line, form), 422
    with_it = [wanted if one == before else one for one in lines] + ([] if before else [wanted])
    done = _save(found, form, with_it, newest.is_in_force)
    return done or (_rule_page(found, line, form), 409 if form.form_errors else 422)


def _save(found: Programme, form: EditionForm, lines: list[RuleText], is_in_force: bool) -> Any:
    """Saved, or None with the reason in the form."""
    given = {"base": form.base_edition, "note": form.edition_note.data or "", "from_on": form.from_on.data}
    try:
        made = save_edition(me(), found, lines, is_in_force=is_in_force, **given)
        db.session.commit()
    except BadInput as wrong:
        _put(form, wrong)
        return None
    except Conflict as faster:
        code = found.code
        db.session.rollback()
        form.form_errors.append(faster.message)
        form.base.data = str(rules.editions(queries.load(code).id)[0].edition)
        return None
    flash(_("第 %(n)s 版已存下，从 %(day)s 起按它计算。", n=made, day=day_words(form.from_on.data)))
    return redirect(url_for("oversight.programme", programme=found.code), 303)


def _put(form: EditionForm, wrong: BadInput) -> None:
    """Each sentence beside its field; what belongs to another line stands above."""
    code = form["code"].data if "code" in form else ""
    for name, sentence in wrong.errors.items():
        own = name.removeprefix(f"{code}-") if code else name
        field = form[own] if own in form else form["code"] if name == "lines" and code else form["from_on"]
        field.errors = [*field.errors, sentence]


def _page_refused(found: Programme, form: SwitchForm) -> Any:
    return _page(found, form), 409 if form.form_errors else 422


def _page(found: Programme, form: SwitchForm | None = None) -> str:
    editions = rules.editions(found.id)
    shown = _asked(editions)
    before = next((one for one in editions if one.edition == shown.edition - 1), None)
    lines = queries.lines(shown)
    return render_template(
        "oversight/programme.html",
        programme=found,
        editions=editions,
        makers=queries.makers(editions),
        shown=shown,
        present=queries.on_day(editions, today()),
        lines=lines,
        changes=rule_words.changes(queries.lines(before), lines) if before else [],
        switched=before is not None and before.is_in_force is not shown.is_in_force,
        words=rule_words,
        form=form or _switch_form(editions[0]),
        may_change=_may_change(),
        new=NEW,
    )


def _asked(editions: Sequence[ProgrammeEdition]) -> ProgrammeEdition:
    """The edition of the address, else the newest."""
    number = request.args.get("edition", "")
    if not number:
        return editions[0]
    for one in editions:
        if str(one.edition) == number:
            return one
    raise NotVisible(number)


def _switch_form(newest: ProgrammeEdition) -> SwitchForm:
    """Switched on, it holds for the whole present academic year; switched off, from next month."""
    first = _next_month() if newest.is_in_force else date(int(academic_year(today())[:4]), 9, 1)
    day = max(first, newest.from_on)
    return SwitchForm(
        formdata=None, base=str(newest.edition), from_on=day, wanted="no" if newest.is_in_force else "yes"
    )


def _line(lines: list[RuleText], code: str) -> RuleText | None:
    """The line to change; None for a new one."""
    if code == NEW:
        return None
    for one in lines:
        if one.code == code:
            return one
    raise NotVisible(code)


def _filled(newest: ProgrammeEdition, line: RuleText | None) -> RuleForm:
    day = max(_next_month(), newest.from_on)
    given: dict[str, Any] = line.columns if line else {"is_in_force": True, "is_prorated": True, "makeup_days": 0}
    return RuleForm(formdata=None, base=str(newest.edition), from_on=day, **given)


def _rule_page(found: Programme, line: str, form: RuleForm) -> str:
    is_number = (found.code, line) == queries.NUMBER_OF_SCHOOL
    return render_template(
        "oversight/rule.html", programme=found, line=line, form=form, is_new=line == NEW, is_number=is_number
    )


def _next_month() -> date:
    return (today().replace(day=1) + timedelta(days=31)).replace(day=1)


def _may_change() -> bool:
    return may(me(), Action.MANAGE_RULES)
