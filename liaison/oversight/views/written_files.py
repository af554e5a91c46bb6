"""A workbook that may take longer than a person waits: written in the background, kept for an hour for who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, render_template, url_for

from liaison.access import Action, may, signed_in
from liaison.core import files, jobs
from liaison.core.errors import NotVisible
from liaison.oversight.papers import EXCEL
from liaison.oversight.views.handing_out import sent
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me

KIND = "xlsx"
OF = {  # job → where it is asked for, and who may
    "ledger": ("oversight.ledger", Action.EXPORT_TICKETS),
    "progress": ("oversight.progress_table_page", Action.VIEW_PROGRESS),
}
Write = Callable[[str, jobs.Told], str]  # into the file of this word; returns what it is called


def written(name: str, write: Write) -> Any:
    """The file at once where it is short; else the page that says how far it is."""
    token = files.new_token()
    jobs.start(name, token, me(), lambda told: write(token, told))
    return _sent(token) or redirect(url_for("oversight.written_file", token=token), 303)


@blueprint.get("/files/<token>")
@signed_in
def written_file(token: str) -> Any:
    """How far it is; then where it is fetched."""
    job = _job(token)
    if job is None:
        raise NotVisible
    page = render_template("oversight/written_file.html", job=job, token=token, again=url_for(OF[job.name][0]))
    return page, {"Refresh": "2"} if job.is_running else {}


@blueprint.get("/files/<token>/content")
@signed_in
def fetch_file(token: str) -> Response:
    """The file of whoever asked for it, for an hour; it was recorded when it was written."""
    found = _sent(token)
    if found is None:
        raise NotVisible
    return found


def _job(token: str) -> jobs.Job | None:
    """One's own, of those that write workbooks, as long as one may still ask for it."""
    job = jobs.of(me(), token)
    return job if job and job.name in OF and may(me(), OF[job.name][1]) else None


def _sent(token: str) -> Response | None:
    """What was written under this word, once it is."""
    job, file = _job(token), files.opened(me().id, token, KIND)
    return sent(file, EXCEL, job.led_to) if job and file else None
