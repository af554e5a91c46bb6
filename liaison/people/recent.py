"""Who approves or exports types the password again, when the last time is a while ago (rulings §13)."""

from __future__ import annotations

from functools import wraps
from typing import Any, TypeVar

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import HiddenField

from liaison.core.db import writing
from liaison.core.errors import TooMany
from liaison.people.actions.sessions import confirm_password
from liaison.people.forms import ConfirmForm
from liaison.people.proof import knows_password
from liaison.people.returning import checked_path

View = TypeVar("View", bound=Any)


def require_recent(view: View) -> View:
    """Decorator (below the access declaration): a page asks for the password first, a sent form carries on after it.

    What was typed into the form travels through the question in hidden fields; uploads do not, so a form with
    one needs the decorator on its page too.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_user.is_recently_confirmed:
            return view(*args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("people.confirm", next=checked_path(request.full_path)), 303)
        form = ConfirmForm()
        if form.confirm_password.data is None:
            return _ask(form, 401)
        return view(*args, **kwargs) if confirm(form) else _ask(form, 400)

    return guarded  # type: ignore[return-value]


def confirm(form: ConfirmForm) -> bool:
    """Take the password of a form; when it is right, this session counts as confirmed from now on."""
    if not form.validate():
        return False
    try:
        if knows_password(current_user.id, current_user.login, form.confirm_password.data):
            with writing():
                confirm_password(current_user.sign_in_id, current_user.id)
            return True
        form.confirm_password.errors = [_("口令不对，请再试一次。")]
    except TooMany as wait:
        form.confirm_password.errors = [_("输错的次数多了，请 %(n)s 分钟后再试。", n=wait.minutes)]
    return False


def _ask(form: ConfirmForm, code: int) -> tuple[str, int]:
    page = render_template("people/confirm.html", form=form, action=request.path, kept=_kept())
    return page, code


def _kept() -> list[Any]:
    """Everything the sent form held, as hidden fields that send it again."""
    skip = {"csrf_token", "confirm_password"}
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in skip]
    return [_hidden(name, value, place) for place, (name, value) in enumerate(typed)]


def _hidden(name: str, value: str, place: int) -> Any:
    field: Any = HiddenField(id=f"kept-{place}").bind(form=None, name=name)
    field.process(None, value)
    return field
