"""成批导入: a collection by the office. Every row becomes a voice with its ticket, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import insert

from liaison.audit import actions as audit
from liaison.core import clock, formats
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.exchange import queries
from liaison.exchange.entries import Entry
from liaison.exchange.models import ImportBatch
from liaison.people.actor import Actor
from liaison.tickets.actions.raising import Raised, raise_voice
from liaison.tickets.models.voices import Source
from workflows.ticket_words import Kind


def import_voices(actor: Actor, entries: Sequence[Entry], digest: str) -> list[Raised]:
    """File every row without errors, in the name of the clerk; `digest` is the file's. Commits nothing.

    Their codes are handed to nobody: whoever files may issue one later (重发查询码). Raises Conflict where the
    very same file was imported before.
    """
    refuse_repeated(digest)
    good = [entry for entry in entries if not entry.errors]
    row = {"digest": digest, "row_count": len(good), "by_id": actor.id, "at": clock.now()}
    db.session.execute(insert(ImportBatch), row)
    raised = [_file(actor, entry) for entry in good]
    audit.append(actor.id, "voices.imported", object=digest[:16], rows=len(good), left_out=len(entries) - len(good))
    return raised


def refuse_repeated(digest: str) -> None:
    before = queries.earlier(digest)
    if before is not None:
        when = formats.moment_words(before.at)
        known = {"name": before.name, "when": when, "n": before.row_count}
        raise Conflict(_("这份文件已由%(name)s于 %(when)s 导入过（%(n)s 条），不再重复。", **known))


def _file(actor: Actor, entry: Entry) -> Raised:
    return raise_voice(
        actor,
        text=entry.text,
        place_id=entry.place_id,
        raised_at=entry.raised_at,
        kind=Kind.HELP,
        source=Source.IMPORT,
        category_id=entry.category_id,
        suggested=entry.suggested,
    )
