"""The password once more, before an approval or an export."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from liaison.access import signed_in
from liaison.people.forms import ConfirmForm
from liaison.people.recent import confirm as take
from liaison.people.views.pages import back, blueprint


@blueprint.route("/confirm", methods=["GET", "POST"])
@signed_in
def confirm() -> Any:
    form = ConfirmForm(next=request.args.get("next"))
    if request.method == "POST" and take(form):
        return back()
    code = 400 if request.method == "POST" else 200
    return render_template("people/confirm.html", form=form, action=url_for("people.confirm"), kept=[form.next]), code
