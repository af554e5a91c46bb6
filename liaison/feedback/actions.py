"""What the holder of a code can do. Every deed is a move of the ticket's process or a remark beside it.

Nothing here commits; nothing here knows a code. Conflict where the process refuses or somebody was faster.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.feedback import queries
from liaison.feedback.matters import Matter
from liaison.people.actor import HOLDER
from liaison.slips import actions as slips
from liaison.slips.words import SlipChannel
from liaison.tickets.actions import following, noting, remarks
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Ticket, Voice
from workflows.ticket_words import Channel


def open_page(code_hash: str) -> None:
    """The page is shown to its holder: tell him what he was not told of, and note the first opening (T31).

    What is owed is asked again here, inside the writing transaction: another telephone may have been faster.
    """
    held = queries.find(code_hash, to_show=False)
    if held is None:
        return
    for matter in held.matters:
        if matter.owes_telling:
            _move(matter, "tell", as_system=True, channel=Channel.CODE_PAGE)
    first = update(Voice).where(Voice.id == held.voice.voice_id, Voice.opened_at.is_(None))
    db.session.execute(first.values(opened_at=now()).execution_options(synchronize_session=False))


def forget_dead_codes() -> int:
    """Delete the hashes of codes whose time is over (60 days after the end); returns how many. For `flask tick`."""
    dead = queries.dead_codes()
    if dead:
        forgotten = update(Voice).where(Voice.id.in_(dead)).values(code_hash=None)
        db.session.execute(forgotten.execution_options(synchronize_session=False))
    return len(dead)


def rate(matter: Matter, *, solved: str, satisfied: int, text: str = "") -> None:
    """评价: solved yes, partly or no; satisfied 5 (very) to 1 (T32). Shuts the file where nothing else is open."""
    if not matter.may_rate:
        raise Conflict("")
    ticket = _move(matter, "rate", as_holder=True, solved=solved, satisfied=satisfied, text=text)
    following.follow(ticket, "rate")


def supplement(matter: Matter, *, text: str) -> None:
    """补充: the answer to the office's or the department's question (T5)."""
    _move(matter, "supplement", as_holder=True, text=text)


def reopen(matter: Matter, *, reason: str) -> None:
    """重办: once, within fifteen days (T33; settled on the spot: T33b)."""
    if matter.reopening is None:
        raise Conflict("")
    _move(matter, matter.reopening, as_holder=True, reason=reason)


def withdraw(matter: Matter, *, reason: str) -> None:
    """撤回: his own matter, before it is dispatched (T40)."""
    if not matter.may_withdraw:
        raise Conflict("")
    _move(matter, "withdraw", as_holder=True, reason=reason)


def object(matter: Matter, *, reason: str) -> None:  # noqa: A001 – the name of the deed
    """提出异议: he does not agree that it was sent elsewhere; the director looks again (T10b)."""
    if not matter.may_object:
        raise Conflict("")
    noting.say(_ticket(matter), "object", actor=HOLDER, words=reason, as_holder=True)


def remark(matter: Matter, *, text: str) -> None:
    """补充说明: one remark of his own, read by whoever works on it."""
    if not matter.may_remark:
        raise Conflict("")
    remarks.add(_ticket(matter), matter.row.voice_id, text, HOLDER)


def leave(matter: Matter, *, channel: SlipChannel, value: str) -> None:
    """留联系方式: or leave another in its place; sealed, with consent."""
    if not matter.may_leave:
        raise Conflict("")
    slips.leave(HOLDER, matter.row.voice_id, channel, value)


def forget(matter: Matter) -> None:
    """删除联系方式: at once and for good."""
    slips.forget(HOLDER, matter.row.voice_id)


def _move(matter: Matter, move: str, **given: Any) -> Ticket:
    """One move about the holder's own voice, at the ticket that leads it."""
    ticket = _ticket(matter)
    make_move(ticket, move, actor=HOLDER, voice_id=matter.row.voice_id, **given)
    return ticket


def _ticket(matter: Matter) -> Ticket:
    return db.session.get_one(Ticket, matter.row.ticket_id)
