"""Atom (RFC 4287) for the website of the university; what was taken back is named as gone (RFC 6721)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template, request

from liaison.core import clock
from liaison.feedback.board import presenting, queries


def of(title: str, address: str, rows: Sequence[Any], place_id: int | None = None) -> str:
    """The feed as text. `address`: the page it stands for; `rows` of `queries.texts`, the newest first."""
    host = urlsplit(address).hostname or "localhost"
    gone = [row for row in queries.taken_back() if place_id in (None, row.place_id)]
    moments = [row.at for row in rows] + [row.ended_at for row in gone]
    return render_template(
        "feedback/board/feed.xml",
        title=title,
        school=current_app.config["SCHOOL"],
        address=address,
        own_address=request.base_url,
        updated=_stamp(max(moments, default=clock.moment(clock.today()))),
        entries=[_entry(presenting.text(row), host) for row in rows],
        gone=[(_tag(host, row.at, f"publication/{row.id}"), _stamp(row.ended_at)) for row in gone],
    )


def _entry(text: Any, host: str) -> dict[str, Any]:
    return {"name": _tag(host, text.at, f"publication/{text.id}"), "updated": _stamp(text.at), "text": text}


def _tag(host: str, since: datetime, name: str) -> str:
    """A name that stays when addresses change (RFC 4151)."""
    return f"tag:{host},{clock.local(since):%Y-%m-%d}:{name}"


def _stamp(moment: datetime) -> str:
    return clock.local(moment).isoformat(timespec="seconds")
