"""名册: templates and what is there go out; a file comes in, is looked through, confirmed, and may be taken back."""

from __future__ import annotations

import io
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from liaison.access import Action, may, requires
from liaison.audit import actions as audit
from liaison.calendars import in_force
from liaison.core import clock, files, jobs
from liaison.core.db import db
from liaison.core.errors import NotAllowed, NotVisible
from liaison.exchange.forms import ConfirmRosterForm, RosterForm
from liaison.exchange.models import RosterImport
from liaison.exchange.queries import recent_rosters
from liaison.exchange.rosters import checks, closing, deeds, editions, planning, reading, undoing, workbooks, zeros
from liaison.exchange.rosters.sheets import BY_CODE, KINDS, Kind
from liaison.exchange.rosters.shelves import Stock
from liaison.exchange.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.recent import require_recent

SHOWN = 200
READ_BY = {"legacy_ticket": Action.IMPORT_VOICES}  # all its texts, by whom they came in; the others: who opens the page
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/rosters")
@requires(Action.MANAGE_ROSTER)
def rosters() -> str:
    return _page(RosterForm(formdata=None))


@blueprint.post("/rosters")
@requires(Action.MANAGE_ROSTER)
def take_in_roster() -> Any:
    """A file is read in the background; what must not be kept never reaches the disk."""
    form = RosterForm()
    if not form.validate():
        return _page(form), 422
    token, data = files.new_token(), form.file.data.read()
    jobs.start("reading", token, me(), lambda told: deeds.read(me(), token, data, told))
    return redirect(url_for("exchange.roster_upload", token=token), 303)


@blueprint.get("/rosters/uploads/<token>")
@requires(Action.MANAGE_ROSTER)
def roster_upload(token: str) -> Any:
    """How far it is; then 预检: row by row what would happen. Nothing is written."""
    job, kept = jobs.of(me(), token), files.look(me().id, token)
    if job and job.is_running:
        return render_template("exchange/roster_progress.html", job=job), {"Refresh": "2"}
    if job and job.led_to:
        return redirect(url_for("exchange.roster_import", key=int(job.led_to)), 303)
    if kept is None:
        if job is None:
            raise NotVisible
        return render_template("exchange/roster_refused.html", job=job), 422
    return _dry_run(token, reading.unpacked(kept), job.refused if job else "")


@blueprint.post("/rosters/uploads/<token>/confirm")
@requires(Action.MANAGE_ROSTER)
def confirm_roster(token: str) -> Response:
    """确认导入: all of it in one transaction, in the background. Pressed twice it is done once."""
    form = ConfirmRosterForm()
    filled = _length(form.zeros.data or "")
    wanted = deeds.Wanted(form.mark.data or "", filled, tuple(form.close.data or ()))
    job = jobs.of(me(), token)
    if files.look(me().id, token) is None and job is None:
        raise NotVisible
    if not (job and (job.is_running or job.led_to)):
        jobs.start("writing", token, me(), lambda told: deeds.confirm(me(), token, wanted, told), in_force.renew)
    return redirect(url_for("exchange.roster_upload", token=token, zeros=filled or None), 303)


@blueprint.get("/rosters/imports/<int:key>")
@requires(Action.MANAGE_ROSTER)
def roster_import(key: int) -> str:
    one = _import(key)
    return render_template(
        "exchange/roster_import.html",
        one=one,
        kinds=[(kind, one.counts[kind.code]) for kind in KINDS if kind.code in one.counts],
        has_editions=not editions.NEEDS.keys().isdisjoint(one.counts),
        look=undoing.look(one),
        may_undo=undoing.may_undo(one),
        until=clock.local(one.at + undoing.KEPT),
        shown=SHOWN,
    )


@blueprint.post("/rosters/imports/<int:key>/undo")
@requires(Action.MANAGE_ROSTER)
def undo_roster(key: int) -> Response:
    one = _import(key)
    if not all(may(me(), checks.NEEDS[code]) for code in one.counts if code in checks.NEEDS):
        raise NotAllowed
    found = undoing.undo(one, me())
    db.session.commit()
    flash(_("已撤销 %(n)s 行。", n=len(found.back)))
    return redirect(url_for("exchange.roster_import", key=key), 303)


@blueprint.get("/rosters/templates/<sheet>.xlsx")
@requires(Action.MANAGE_ROSTER)
def roster_template(sheet: str) -> Response:
    kinds = _kinds(sheet)
    return _file(workbooks.templates(kinds), _("名册模板"), kinds)


@blueprint.post("/rosters/export")
@requires(Action.MANAGE_ROSTER)
@require_recent
def export_roster() -> Response:
    """What is there, in the columns it comes in. Leaves a record."""
    sheet = request.form.get("sheet", "")
    kinds = [kind for kind in _kinds(sheet) if may(me(), READ_BY.get(kind.code, Action.MANAGE_ROSTER))]
    if not kinds:
        raise NotAllowed
    data, count = workbooks.export(kinds)
    audit.append(me().id, "roster.exported", object=sheet, rows=count)
    db.session.commit()
    return _file(data, _("名册"), kinds)


def _dry_run(token: str, book: reading.Workbook, refused: str) -> Any:
    if "zeros" not in request.args and (length := zeros.lost(book, Stock())):
        return render_template("exchange/roster_zeros.html", token=token, length=length)
    filled = _length(request.args.get("zeros", ""))
    plan = planning.plan(book, me(), zeros=filled)
    closings = closing.closings(plan, me()) if not plan.faults else {}
    form = ConfirmRosterForm(formdata=None, mark=plan.mark, zeros=filled)
    form.close.choices = [
        (code, _("“%(sheet)s”里没有的 %(n)s 行", sheet=BY_CODE[code].title, n=len(one.rows)))
        for code, one in closings.items()
        if not one.refusals
    ]
    return render_template(
        "exchange/roster_dry_run.html",
        form=form,
        token=token,
        plan=plan,
        book=book,
        kinds=[(taken, BY_CODE[taken.kind], plan.count(taken.kind)) for taken in book.taken],
        closings=[(BY_CODE[code], one) for code, one in closings.items()],
        partial=[BY_CODE[code].title for code, one in closings.items() if one.is_too_many],
        refused=refused,
        sample=_sample(plan),
        shown=SHOWN,
    )


def _sample(plan: planning.Plan) -> list[planning.Step]:
    """A few rows of every sheet: what changes before what is new."""
    few: dict[tuple[str, bool], list[planning.Step]] = {}
    for step in plan.steps:
        few.setdefault((step.wish.kind.code, step.row is None), []).append(step)
    ordered = sorted(few.items(), key=lambda one: (one[1][0].wish.kind.number, one[0][1]))
    return [step for (_kind, is_new), steps in ordered for step in steps[: 5 if is_new else 20]]


def _length(said: str) -> int:
    """How long staff numbers are to be; 0: as they are."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0


def _kinds(sheet: str) -> list[Kind]:
    if sheet == "all":
        return list(KINDS)
    if sheet not in BY_CODE:
        raise NotVisible
    return [BY_CODE[sheet]]


def _file(data: bytes, name: str, kinds: list[Kind]) -> Response:
    title = f"{name} {kinds[0].tab if len(kinds) == 1 else ''}".strip()
    return send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=f"{title}.xlsx")


def _import(key: int) -> RosterImport:
    found = db.session.get(RosterImport, key)
    if found is None:
        raise NotVisible
    return found


def _page(form: RosterForm) -> str:
    return render_template("exchange/rosters.html", form=form, kinds=KINDS, recent=recent_rosters(), sheets=BY_CODE)
