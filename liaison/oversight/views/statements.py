"""三个纳入: statements about me, or – for who issues them – all; one as it prints; its file; my own self-check."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires, units_of
from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.oversight.actions import statements as actions
from liaison.oversight.forms.statements import OpinionForm, RequestForm
from liaison.oversight.papers import WORD
from liaison.oversight.queries import statements as queries
from liaison.oversight.queries.party_tables import organisations as of_party
from liaison.oversight.reports.blocks import Report, report_of
from liaison.oversight.reports.statement import self_check, statement
from liaison.oversight.reports.statement_models import Stance, Statement
from liaison.oversight.views.handing_out import hand_out
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent

ONE = "/statements/<int(max=9999999999):key>"


@blueprint.get("/statements")
@requires(Action.VIEW_STATEMENTS)
def statements() -> str:
    return _list_page()


@blueprint.post("/statements")
@requires(Action.ISSUE_STATEMENTS)
def ask_statement() -> Any:
    """登记来函: the person is told at once."""
    form = RequestForm()
    if not form.validate():
        return _list_page(form), 422
    given = {"number": form.number.data, "purpose": form.purpose.data, "person_id": form.person.data}
    try:
        key = actions.ask(me(), **given, first=form.first.data, last=form.last.data)
        db.session.commit()
    except BadInput as refused:
        for name, sentence in refused.errors.items():
            form[name].errors = [sentence]
        return _list_page(form), 422
    flash(_("已登记，已请本人先看。"))
    return redirect(url_for("oversight.statement", key=key), 303)


@blueprint.get(ONE, endpoint="statement")
@requires(Action.VIEW_STATEMENTS)
def statement_page(key: int) -> str:
    return _page(queries.load(me(), key))


@blueprint.post(f"{ONE}/answer")
@requires(Action.VIEW_STATEMENTS)  # who may see it but is not its person reads 403
def answer_statement(key: int) -> Any:
    row, form = queries.load(me(), key), OpinionForm()
    if row.person_id != me().id:
        raise NotAllowed
    if not form.validate():
        return _page(row, form), 422
    try:
        actions.answer(me(), row, stance=Stance(form.stance.data), note=form.note.data or "")
        db.session.commit()
    except BadInput as refused:
        form.note.errors = [*refused.errors.values()]
        return _page(row, form), 422
    flash(_("已记下，会印在说明的最前面。"))
    return redirect(url_for("oversight.statement", key=key), 303)


@blueprint.post(f"{ONE}/issue")
@requires(Action.ISSUE_STATEMENTS)
@require_recent
def issue_statement(key: int) -> Any:
    row = queries.load(me(), key)
    try:
        actions.issue(me(), row)
        db.session.commit()
    except Conflict as refused:
        db.session.rollback()
        return _page(queries.load(me(), key), refused=refused.message), 409
    flash(_("已出具。"))
    return redirect(url_for("oversight.statement", key=key), 303)


@blueprint.post(f"{ONE}/file")
@requires(Action.VIEW_STATEMENTS)
@require_recent
def statement_file(key: int) -> Response:
    """To the person at any time; to who issues it once it is issued. Recorded with number and purpose."""
    from liaison.oversight import statement_document  # Word's library: only who prints waits for it

    row = queries.load(me(), key)
    if row.person_id != me().id and row.issued_at is None:
        raise Conflict(_("还没有出具。"))
    paper = _paper(row)
    content = statement_document.written(paper, me(), row.purpose, issued_at=row.issued_at)
    return hand_out(content, WORD, paper.title, "statement", row.number, row.purpose, person=row.person_id)


@blueprint.post("/statements/self-check")
@requires(Action.VIEW_STATEMENTS)
@require_recent
def self_check_file() -> Response:
    """本人自查材料: of nobody but oneself."""
    from liaison.oversight import statement_document  # Word's library: only who prints waits for it

    paper = self_check(me().id or 0)
    content = statement_document.written(paper, me(), _("本人自查"), is_own=True)
    return hand_out(content, WORD, paper.title, "self_check", paper.key, _("本人自查"))


def _paper(row: Statement) -> Report:
    """As it was issued, else as it would be now."""
    return report_of(row.content) if row.content is not None else statement(row)


def _list_page(form: RequestForm | None = None) -> str:
    may_issue, found = may(me(), Action.ISSUE_STATEMENTS), queries.listed(me(), request.args)
    return render_template(
        "oversight/statements.html",
        rows=found.rows,
        newer_url=url_for("oversight.statements", before=found.before) if found.before else None,
        older_url=url_for("oversight.statements", after=found.after) if found.after else None,
        form=(form or RequestForm(formdata=None)) if may_issue else None,
        today=today(),
        has_party_tables=may(me(), Action.VIEW_PARTY_TABLES)
        and bool(of_party(units_of(me(), Action.VIEW_PARTY_TABLES))),
    )


def _page(row: Statement, form: OpinionForm | None = None, refused: str = "") -> str:
    is_mine, is_open = row.person_id == me().id, row.issued_at is None
    blank = OpinionForm(formdata=None, stance=row.stance.value if row.stance else None, note=row.note)
    return render_template(
        "oversight/statement.html",
        row=row,
        paper=_paper(row),
        form=(form or blank) if is_mine and is_open else None,
        is_mine=is_mine,
        may_issue=is_open and may(me(), Action.ISSUE_STATEMENTS),
        refused=refused,
    )
