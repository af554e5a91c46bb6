"""The two deeds that may take a while: reading a file, and writing what was confirmed. Each tells how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from liaison.core import clock, files, leases
from liaison.core.errors import Conflict
from liaison.exchange.rosters import closing, planning, reading, writing
from liaison.people.actor import Actor

LEASE = timedelta(minutes=10)
Told = writing.Progress


@dataclass(frozen=True)
class Wanted:
    """What the person saw and ticked: the mark of the plan, how long staff numbers are, which sheets close rows."""

    mark: str
    zeros: int
    close: tuple[str, ...]


def read(actor: Actor, token: str, data: bytes, told: Told) -> str:
    """Take what may be kept of a file and keep it for an hour."""
    told(0, 0)
    files.keep(actor.id, reading.read(data).packed(), token)
    return ""


def confirm(actor: Actor, token: str, wanted: Wanted, told: Told) -> str:
    """Write what was looked at, or nothing. Returns the key of the import; commits nothing.

    Conflict where the rosters changed since, the file is gone, or another import is being written.
    """
    until = clock.now() + LEASE
    if not leases.take("roster", until):
        raise Conflict(_("另一份名册正在导入，请稍后再确认。"))
    kept = files.look(actor.id, token)
    if kept is None:
        raise Conflict(_("预检过的文件已不在了（只留一小时，也只用一次）。请重新选一次文件。"))
    plan = planning.plan(reading.unpacked(kept), actor, zeros=wanted.zeros)
    if plan.mark != wanted.mark:
        raise Conflict(_("预检以后名册有了改动，下面是按现在的名册重新预检的结果，请再看一遍。"))
    key = writing.write(plan, closing.closings(plan, actor), wanted.close, actor, told)
    leases.give_back("roster", until)
    files.drop(actor.id, token)
    return str(key)
