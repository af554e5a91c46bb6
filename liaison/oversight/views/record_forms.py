"""记录表: mine, the month of everybody for the office, one form as it prints, its confirmation, its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from liaison.access import Action, may, requires
from liaison.audit import actions as audit
from liaison.contacts.queries.lists import first_day
from liaison.core.clock import today
from liaison.core.db import db, writing
from liaison.core.errors import Conflict, NotVisible
from liaison.core.language import in_chinese
from liaison.oversight.actions import record_forms as actions
from liaison.oversight.forms.record_forms import WORD as AS_WORD
from liaison.oversight.forms.record_forms import ConfirmFormForm, ExportFormsForm
from liaison.oversight.papers import EXCEL, WORD, attachment, checksum, mark_of
from liaison.oversight.queries import record_forms as queries
from liaison.oversight.queries import record_holders as holders
from liaison.oversight.record_forms import CUT_OFF, TITLES, Holder, RecordForm
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent
from liaison.programmes.words import MonthlyFormKind

ONE = "/forms/<month>/<kind>/<int(max=9999999999):person>"


@dataclass(frozen=True)
class Listed:
    """One form of a list."""

    kind: MonthlyFormKind
    holder: Holder
    confirmed_at: datetime | None
    url: str
    is_mine: bool


@blueprint.get("/forms")
@requires(Action.READ_FORMS)
def record_forms() -> str:
    """My forms of a month and those of the leaders I act for; for the office everybody's of one kind."""
    month = first_day(request.args.get("month", "")) or _last_month()
    return _list_page(month, _kind_of(request.args.get("kind", "")) or MonthlyFormKind.FIVE_LINKS)


@blueprint.post("/forms/<month>/<kind>/export")
@requires(Action.COLLECT_FORMS)
@require_recent
def export_forms(month: str, kind: str) -> Any:
    """Everybody's forms as one file. An export: who took it, and what for, is recorded with its checksum."""
    from liaison.oversight import record_document, record_sheet  # Word's and Excel's libraries: only who prints waits

    first, what = _asked(month, kind)
    with in_chinese():
        found = queries.all_of(what, first)
    form = ExportFormsForm(len(found))
    if not form.validate():
        return _list_page(first, what, form), 422
    purpose = form.purpose.data or ""
    if form.as_what.data == AS_WORD:
        return _file(record_document.written(found, me()), WORD, first, what, _("全部"), purpose, count=len(found))
    sheet = record_sheet.written(what, first, found, me())
    return _file(sheet, EXCEL, first, what, _("全部"), purpose, count=len(found))


@blueprint.get(ONE)
@requires(Action.READ_FORMS)
def record_form(month: str, kind: str, person: int) -> Any:
    return _form_page(*_asked(month, kind), person)


@blueprint.post(f"{ONE}/confirm")
@requires(Action.READ_FORMS)  # who may read it but not confirm it reads 403, not 404
def confirm_record_form(month: str, kind: str, person: int) -> Any:
    first, what = _asked(month, kind)
    queries.holder(me(), what, first, person)
    form = ConfirmFormForm()
    if not form.validate():
        return _form_page(first, what, person, form), 422
    words = form.work.data if what is MonthlyFormKind.THREE_STRENGTHS else None
    try:
        actions.confirm(me(), what, first, person, seen=form.seen.data or "", words=words)
        db.session.commit()
    except Conflict as changed:
        db.session.rollback()
        form.form_errors.append(changed.message)
        return _form_page(first, what, person, form), 409
    flash(_("已确认。"))
    return redirect(url_for("oversight.record_form", month=month, kind=kind, person=person), 303)


@blueprint.get(f"{ONE}/print")
@requires(Action.READ_FORMS)
@require_recent
def print_record_form(month: str, kind: str, person: int) -> str:
    """The form alone on an A4 sheet, for the browser's own print command and for PDF."""
    first, what = _asked(month, kind)
    form = queries.load(me(), what, first, person)
    page = render_template(
        "oversight/record_form_print.html",
        form=form,
        titles=TITLES[what],
        mark=mark_of(me(), CUT_OFF),
    )
    _record("printed", first, what, person=person, sha256=checksum(page.encode()))
    return page


@blueprint.get(f"{ONE}/form.docx")
@requires(Action.READ_FORMS)
@require_recent
def record_form_file(month: str, kind: str, person: int) -> Response:
    from liaison.oversight import record_document  # Word's library: only who prints waits for it

    first, what = _asked(month, kind)
    with in_chinese():
        form = queries.load(me(), what, first, person)
    return _file(record_document.written([form], me()), WORD, first, what, form.holder.name, person=person)


def _asked(month: str, kind: str) -> tuple[date, MonthlyFormKind]:
    first, what = first_day(month), _kind_of(kind)
    if first is None or what is None or month != f"{first:%Y-%m}":
        raise NotVisible(f"{month} {kind}")
    return first, what


def _kind_of(word: str) -> MonthlyFormKind | None:
    return next((kind for kind in MonthlyFormKind if kind.value == word), None)


def _last_month() -> date:
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


def _list_page(month: date, kind: MonthlyFormKind, form: ExportFormsForm | None = None) -> str:
    mine = [person for person in (me().id, *sorted(me().leads_for)) if person is not None]
    found, counts = None, (0, 0)
    if may(me(), Action.COLLECT_FORMS):
        found, counts = holders.page_of(kind, month, request.args), holders.count_of(kind, month)
    return render_template(
        "oversight/record_forms.html",
        month=month,
        kind=kind,
        kinds_shown=[
            {"url": _list_url(month, one), "label": _(one.label), "current": one is kind} for one in MonthlyFormKind
        ],
        is_over=actions.is_over(month),
        mine=[_listed(month, *one) for one in holders.of_people(mine, month)],
        found=[_listed(month, kind, *one) for one in found.rows] if found else None,
        counts=counts,
        may_declare=may(me(), Action.DECLARE),
        form=form or ExportFormsForm(),
        months=[_list_url(month - timedelta(days=1), kind), _list_url(month + timedelta(days=31), kind)],
        newer_url=_list_url(month, kind, before=found.before) if found and found.before else None,
        older_url=_list_url(month, kind, after=found.after) if found and found.after else None,
    )


def _list_url(day: date, kind: MonthlyFormKind, **more: Any) -> str:
    return url_for("oversight.record_forms", month=f"{day:%Y-%m}", kind=kind.value, **more)


def _listed(month: date, kind: MonthlyFormKind, holder: Holder, confirmed_at: datetime | None) -> Listed:
    url = _address("oversight.record_form", month, kind, holder.person_id)
    return Listed(kind, holder, confirmed_at, url, holder.person_id == me().id)


def _address(endpoint: str, month: date, kind: MonthlyFormKind, person: int) -> str:
    return url_for(endpoint, month=f"{month:%Y-%m}", kind=kind.value, person=person)


def _form_page(month: date, kind: MonthlyFormKind, person: int, posted: ConfirmFormForm | None = None) -> str:
    holder = queries.holder(me(), kind, month, person)
    shown, kept = queries.gather(kind, month, [holder])[0], queries.kept_of(kind, month, person)
    may_confirm = person == me().id and actions.is_over(month) and not (kept and actions.is_locked(month))
    now = queries.as_generated(kind, month, holder) if may_confirm and kept else shown
    return render_template(
        "oversight/record_form.html",
        form=shown,
        titles=TITLES[kind],
        confirming=_confirming(now, kept, posted) if may_confirm else None,
        has_news=shown.has_news and now is not shown,
        is_mine=person == me().id,
        is_over=actions.is_over(month),
        links={name: _address(f"oversight.{name}", month, kind, person) for name in LINKS},
    )


LINKS = ("confirm_record_form", "print_record_form", "record_form_file")


def _confirming(now: RecordForm, kept: Any, posted: ConfirmFormForm | None) -> ConfirmFormForm:
    """The form of the button: with what was typed, else with his own words, else as generated."""
    own = kept.work if kept and kept.work is not None else now.work
    form = posted or ConfirmFormForm(formdata=None, work=own)
    form.seen.data = actions.mark_of(now)
    return form


def _file(
    content: bytes,
    mimetype: str,
    month: date,
    kind: MonthlyFormKind,
    whose: str,
    purpose: str = "",
    **detail: Any,
) -> Response:
    _record("exported", month, kind, purpose, sha256=checksum(content), **detail)
    return attachment(content, mimetype, f"{TITLES[kind][0].replace(' ', '')} {month:%Y-%m} {whose}")


def _record(deed: str, month: date, kind: MonthlyFormKind, text: str = "", **detail: Any) -> None:
    with writing():
        audit.append(me().id, f"record_form.{deed}", object=f"{month:%Y-%m} {kind.value}", text=text, **detail)
