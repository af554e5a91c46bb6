"""A session that ended while somebody was writing: his words come back to him, unsent (safety.md R14)."""

from __future__ import annotations

from flask import render_template, request, url_for

from liaison.people.returning import checked_path

NOT_WORDS = {"csrf_token", "form_id", "version", "next", "password", "current", "new", "again", "confirm_password"}


def words() -> list[str]:
    """What was typed into the form of this request, without secrets and marks of the form."""
    typed = [value for name, value in request.form.items(multi=True) if name not in NOT_WORDS]
    return [value for value in typed if value.strip()]


def page() -> tuple[str, int]:
    """The page that shows the words and leads to sign-in, then back to the form."""
    came_from = checked_path(request.referrer.removeprefix(request.host_url.rstrip("/")) if request.referrer else None)
    again = url_for("people.sign_in", next=came_from)
    return render_template("people/still_typed.html", words=words(), again=again), 401
