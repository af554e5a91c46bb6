"""The words of a message, written when it is sent: asked again who may still hear of it (V-18).

Number, stage and the fixed sentence of texts.py; never what somebody said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.notifications import digest, matters
from liaison.notifications.matters import Line
from liaison.notifications.models import Notice
from liaison.notifications.texts import sentence
from liaison.notifications.words import GROUPS
from liaison.people.models import Person
from liaison.people.queries.acting import actor_of


@dataclass(frozen=True)
class Message:
    """What an outlet hands over. `key` is the same at every try; `to` an address, `login` an account."""

    key: str
    subject: str
    text: str
    is_urgent: bool = False
    to: str = ""
    login: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Composer:
    """Writes the messages of one run; the lines of the digests are computed once for all."""

    def message(self, claimed: Any) -> Message | None:
        """The message of a delivery. None: read meanwhile, the person has left, or may see it no more."""
        row = _row(claimed.notice_id)
        key = f"{claimed.outlet}-{claimed.notice_id}"
        if claimed.outlet in GROUPS:
            return self._to_a_group(row, key)
        return self._to_a_person(row, key) if row.is_active and row.read_at is None else None

    def _to_a_group(self, row: Any, key: str) -> Message | None:
        """A robot speaks to whoever is in its group: restricted matters are not named there."""
        matter = matters.of(row.text_key)
        if matter is None or not matter.may_be_named(row.about):
            return None
        return _written(row, key, [Line(row.text_key, row.about, row.stage)])

    def _to_a_person(self, row: Any, key: str) -> Message | None:
        actor = actor_of(row.recipient_id)
        if actor is None:
            return None
        if row.text_key != digest.TEXT:
            lines = [Line(row.text_key, row.about, row.stage)]
            seen = lines if digest.may_see(actor, row.text_key, row.about) else []
        else:
            seen = digest.seen_lines(actor, self._lines.get(row.recipient_id, []))
        with force_locale(row.language):
            return _written(row, key, seen) if seen else None

    @cached_property
    def _lines(self) -> digest.Lines:
        return digest.all_lines()


def _row(notice_id: int) -> Any:
    own = (Person.is_active, Person.email, Person.login, Person.language)
    wanted = select(*Notice.__table__.c, *own).join(Person, Person.id == Notice.recipient_id)
    return db.session.execute(wanted.where(Notice.id == notice_id)).one()


def _written(row: Any, key: str, lines: list[Line]) -> Message:
    is_digest, most = row.text_key == digest.TEXT, digest.MOST
    said = [*map(_said, lines[:most]), *([_("还有 %(n)s 件。", n=len(lines) - most)] if len(lines) > most else [])]
    subject = _("连心每日汇总：%(n)s 件", n=len(lines)) if is_digest else " ".join(_heading(row))
    return Message(
        key=key,
        subject=plain(subject),
        text="\n".join([plain(line) for line in said] + _link(row.path)),
        is_urgent=row.is_urgent,
        to=plain(row.email or ""),
        login=row.login,
        data={
            "type": "digest" if is_digest else "notice",
            "to": row.login,
            "urgent": row.is_urgent,
            "path": row.path,
            "lines": [{"text": line.text_key, "number": line.about, "stage": line.stage} for line in lines[:most]],
        },
    )


def _heading(row: Any) -> Iterator[str]:
    yield _("连心·紧急") if row.is_urgent else _("连心")
    yield row.about
    if row.stage:
        yield _(row.stage.label)


def _said(line: Line) -> str:
    stage = f"（{_(line.stage.label)}）" if line.stage else ""
    return f"{sentence(line.text_key, line.about)}{stage}"


def _link(path: str) -> list[str]:
    address = str(current_app.config["ADDRESS"]).rstrip("/")
    return [f"{address}{path}"] if address else []


def plain(words: str) -> str:
    """One line: nothing typed into a number or an address can begin a new header."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
