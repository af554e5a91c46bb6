"""查询码: ten characters with which the holder follows his matter (domain.md §4.15, rulings §13 «Codes»).

Shown once, stored as a keyed hash: nothing in a dump of the database opens a page.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from flask import current_app
from sqlalchemy import select, update

from liaison.audit import actions as audit
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.people.actor import Actor
from liaison.tickets.actions import events
from liaison.tickets.models import Ticket, Voice

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U
LENGTH = 10
LOOKS_LIKE = str.maketrans("OILU", "011V")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """What a person typed or scanned → the code: no blanks and dashes, wide letters plain, O as 0, I and L as 1."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if c.isascii() and c.isalnum()).translate(LOOKS_LIKE)[:64]


def is_code(typed: str) -> bool:
    """It has the shape of a code; whether it opens anything is for the database to say."""
    return len(tidy(typed)) == LENGTH


def hashed(code: str) -> str:
    key = hashlib.sha256(b"query-code:" + current_app.config["SECRET_KEY"].encode()).digest()
    return hmac.new(key, tidy(code).encode(), hashlib.sha256).hexdigest()


def reissue(voice_id: int, actor: Actor) -> str:
    """重发查询码: a new code for a voice of the filer; the old one dies; an event says so (rulings §13).

    Raises NotVisible where the actor did not file the voice.
    """
    row = db.session.execute(
        select(Ticket.id, Ticket.number, Ticket.state, Voice.filed_by_id, Voice.filed_for_id)
        .join(Ticket, Ticket.id == Voice.ticket_id)
        .where(Voice.id == voice_id)
    ).one_or_none()
    if row is None or not ({row.filed_by_id, row.filed_for_id} & {actor.id, *actor.leads_for}):
        raise NotVisible(f"voice {voice_id}")
    code = new_code()
    change = {"code_hash": hashed(code), "code_issued_at": now()}
    db.session.execute(update(Voice).where(Voice.id == voice_id).values(change))
    events.write_beside(row.id, "reissue_code", actor, row.state, {"voice": voice_id})
    audit.append(actor.id, "code.reissued", object=row.number)
    return code
