"""提醒: the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from liaison.access import signed_in
from liaison.core.db import db
from liaison.notifications import actions, queries
from liaison.notifications.texts import sentence

if TYPE_CHECKING:
    from werkzeug import Response

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")


@blueprint.get("/")
@signed_in
def index() -> str:
    page = queries.inbox(current_user, request.args)
    unread = queries.unread_count(current_user)
    return render_template("notifications/index.html", page=page, unread=unread, sentence=sentence)


@blueprint.post("/read")
@signed_in
def read() -> Response:
    """One notice: mark it and go where it points. With `until`: mark all up to that one."""
    notice_id, until = request.form.get("notice", 0, _key), request.form.get("until", 0, _key)
    if until:
        actions.mark_all_read(current_user, until)
        target = url_for("notifications.index")
    else:
        target = queries.path_of(current_user, notice_id)
        actions.mark_read(current_user, [notice_id])
    db.session.commit()
    return redirect(target, 303)


def _key(text: str) -> int:
    """A row's number; what no row can have counts as not given."""
    value = int(text)
    return value if 0 < value < 2**62 else 0
