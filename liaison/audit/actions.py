"""The one writer of the audit log, and the check of its chain (safety.md §4.5)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from flask import has_request_context, request
from sqlalchemy import delete, insert, select

from liaison.audit.chain import LINKED, Verification, canonical, commitment, link, walk
from liaison.audit.models import AuditHead, AuditRow, AuditText
from liaison.core.clock import now
from liaison.core.db import add, db, run

_HEAD = select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1)
_LOCKED_HEAD = _HEAD.with_for_update()
_CHAIN = select(*(getattr(AuditRow, name) for name in (*LINKED, "hash"))).order_by(AuditRow.seq)
_TEXTS = select(AuditText.seq, AuditText.salt, AuditText.text, AuditRow.commitment).join(
    AuditRow, AuditRow.seq == AuditText.seq
)


def append(
    actor_id: int | None,
    deed: str,
    *,
    object: str = "",
    result: str = "ok",
    on_behalf_id: int | None = None,
    text: str = "",
    with_address: bool = True,
    **detail: Any,
) -> None:
    """Record one deed or look in the transaction of the deed; call it last, for it locks the head (R32).

    `deed` past tense in two parts (sign_in.failed) · `object` a number, never a text · `result` ok, refused
    or failed · `text` personal words, kept beside the chain and erasable · `detail` numbers and codes ·
    `with_address` False where a holder of a query code acts: his address would say who he is (rulings §8).
    Two statements: the head is read under a lock, and a trigger moves it when the row arrives.
    """
    head = run(_LOCKED_HEAD).one()
    salt = secrets.token_hex(16) if text else ""
    row = {
        "seq": head.seq + 1,
        "at": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor_id": actor_id,
        "on_behalf_id": on_behalf_id,
        "address": _address() if with_address else "",
        "deed": deed,
        "object": object[:60],
        "result": result,
        "detail": canonical(detail),
        "commitment": commitment(salt, text) if text else "",
        "alg": "sha256",
        "prev": head.hash,
    }
    row["hash"] = link(tuple(row[name] for name in LINKED))
    add(AuditRow, row)
    if text:
        db.session.execute(insert(AuditText), {"seq": head.seq + 1, "salt": salt, "text": text})


def erase_text(seq: int) -> None:
    """Remove the personal words of one row for good; the chain stays whole (R33)."""
    db.session.execute(delete(AuditText).where(AuditText.seq == seq))


def erase_texts(object: str) -> None:
    """Remove the personal words of every row about one thing; who did what when stays, and the chain whole."""
    rows = select(AuditRow.seq).where(AuditRow.object == object)
    gone = delete(AuditText).where(AuditText.seq.in_(rows))
    db.session.execute(gone.execution_options(synchronize_session=False))


def verify(anchor: tuple[int, str] | None = None) -> Verification:
    """Follow the whole chain in constant memory; names the first row that does not fit.

    `anchor` is a row's seq and hash noted down outside: without one, a cut that also moved the head is invisible
    (R36). Rows appended meanwhile are followed too and disturb nothing.
    """
    seq, last = db.session.execute(_HEAD).one()
    known = [(seq, last)] if seq else []
    return _with_texts(walk(_chain(), [*known, anchor] if anchor else known))


def _chain() -> Iterator[Sequence[Any]]:
    """Rows in batches, past the mapper: the database cursor stays open, the memory does not grow."""
    with db.session.connection().execute(_CHAIN, execution_options={"yield_per": 2000}) as rows:
        yield from rows


def _with_texts(found: Verification) -> Verification:
    """The texts that are still kept must be the ones the chain committed to."""
    for seq, salt, text, promised in db.session.execute(_TEXTS.order_by(AuditText.seq)):
        if commitment(salt, text) != promised and (found.is_whole or seq < (found.first_bad or 0)):
            return Verification(found.rows, found.seq, found.hash, seq, "its text was changed")
    return found


def _address() -> str:
    return (request.remote_addr or "")[:45] if has_request_context() else ""
