"""The blueprint, and what the layout asks about the person: where his account and the way out are."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from liaison.core.language import is_english
from liaison.people.returning import checked_path

blueprint = Blueprint("people", __name__)


@blueprint.app_context_processor
def about_the_person() -> dict[str, Any]:
    """The addresses of the account menu (templates/layouts/_account.html) and the language of the page."""
    language = {"page_lang": "en" if is_english() else "zh-CN", "language_url": url_for("people.language")}
    if g.get("actor") is None:
        return language
    return {
        **language,
        "sign_out_url": url_for("people.sign_out"),
        "account_url": url_for("people.me"),
        "size_url": url_for("people.size"),
    }


def back(fallback: str | None = None) -> Response:
    """To the page the form came from, when it is one of ours."""
    return redirect(checked_path(request.values.get("next")) or fallback or f"{request.script_root}/", 303)
