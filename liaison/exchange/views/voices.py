"""导入诉求: voices from a table, looked through first, then confirmed."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from liaison.access import Action, requires
from liaison.core import files
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.exchange import actions, queries
from liaison.exchange.entries import Entry, entries
from liaison.exchange.forms import ConfirmForm, UploadForm
from liaison.exchange.sheets import Sheet, Unreadable, read
from liaison.exchange.views.pages import blueprint
from liaison.people.actor import me

MOST_ROWS_HERE = 2000  # more of them would hold everybody else up: those come by command
SHOWN = 200


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Action.IMPORT_VOICES)
def import_voices() -> Response | str | tuple[str, int]:
    """导入诉求: choose a file, see row by row what would happen. Nothing is written."""
    form = UploadForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    with form.file.data.stream as chosen:
        data = chosen.read()
    try:
        sheet, found = _looked_through(data)
    except (Unreadable, Conflict) as refused:
        form.file.errors = [refused.message]
        return _page(form), 422
    good = [entry for entry in found if not entry.errors]
    token = files.keep(me().id, data) if good else ""
    return render_template(
        "exchange/dry_run.html",
        form=ConfirmForm(formdata=None, token=token),
        good=good,
        bad=[entry for entry in found if entry.errors],
        doubtful=[entry for entry in good if entry.warnings],
        unused=sheet.unused,
        shown=SHOWN,
    )


@blueprint.post("/import/confirm")
@requires(Action.IMPORT_VOICES)
def confirm_import() -> Response | tuple[str, int]:
    """确认导入: all good rows in one transaction."""
    data = files.take(me().id, ConfirmForm().token.data or "")
    if data is None:
        raise Conflict(_("预检过的文件已不在了（只留一小时，也只用一次）。请重新选一次文件。"))
    sheet, found = _looked_through(data)
    try:
        raised = actions.import_voices(me(), found, sheet.digest)
        db.session.commit()
    except IntegrityError:  # somebody confirmed the same file at the same moment
        db.session.rollback()
        actions.refuse_repeated(sheet.digest)
        raise
    flash(_("已导入 %(n)s 条，都在“待受理”里。", n=len(raised)))
    return redirect(url_for("exchange.import_voices"), 303)


def _looked_through(data: bytes) -> tuple[Sheet, list[Entry]]:
    """The file as rows with what is wrong with each."""
    sheet = read(data)
    if len(sheet.rows) > MOST_ROWS_HERE:
        raise Unreadable(_("网页上一次最多 2000 行；更多的请管理员用命令 flask import-voices 导入。"))
    actions.refuse_repeated(sheet.digest)
    return sheet, entries(sheet, queries.place_finder(), queries.category_finder())


def _page(form: UploadForm) -> str:
    return render_template("exchange/import_voices.html", form=form, recent=queries.recent())
