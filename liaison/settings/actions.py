"""What can be done with settings: adopt what is shipped, save, propose, decide. Nothing here commits.

After his commit the caller says `in_force.renew()`. Every deed is a row of the audit log: names and numbers,
no telephone and no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.people.actor import Actor
from liaison.settings import queries
from liaison.settings.models import SettingProposal, SettingVersion
from liaison.settings.table import BY_NAME, Kind, Section, defaults
from workflows.proposals import State

Content = Mapping[str, Any]
SPOKEN = {Kind.NUMBER, Kind.SWITCH, Kind.WORDS, Kind.TIME}  # values that may stand in the audit log


def adopt(section: Section, actor: Actor) -> bool:
    """Keep what the program ships, as edition 1. False where somebody has decided already, or a proposal waits."""
    is_open = section.needs_second_key and queries.open_proposal(section.name) is not None
    if not section.has_defaults or is_open or queries.edition(section.name):
        return False
    _keep(section, defaults(section), actor.id, base=0)
    append(actor.id, "settings.adopted", object=section.name)
    return True


def save(section: Section, content: Content, actor: Actor, *, base: int, note: str) -> None:
    """A new edition of a section, in force at once.

    `base` is the edition the person looked at: Conflict when there is another one since, NotAllowed where the
    section needs the second key, BadInput when an edition would change nothing.
    """
    if section.needs_second_key:
        raise NotAllowed(section.name)
    before = _unchanged_since(section, base)
    if base and before == content:
        raise BadInput(note=_("和现行的一样，没有要保存的。"))
    _keep(section, content, actor.id, base=base, note=note)
    append(actor.id, "settings.saved", object=section.name, **_change(section, before, content))


def propose(section: Section, content: Content, actor: Actor, *, base: int, note: str) -> None:
    """第一把钥匙: what the director would change waits for somebody else. Conflict while another proposal waits."""
    before = _unchanged_since(section, base)
    if before == content:
        raise BadInput(note=_("和现行的一样，没有要提议的。"))
    row = {
        "section": section.name,
        "base": base,
        "content": dict(content),
        "note": note,
        "proposed_at": now(),
        "proposed_by_id": actor.id,
        "state": State.PROPOSED,
    }
    if queries.open_proposal(section.name):
        raise _already_waiting()
    try:
        db.session.execute(insert(SettingProposal).values(row))
    except IntegrityError:
        raise _already_waiting() from None
    append(actor.id, "settings.proposed", object=section.name, **_change(section, before, content))


def decide(section: Section, proposal_id: int, actor: Actor, *, is_confirmed: bool, reason: str) -> None:
    """第二把钥匙: somebody else says yes, and it is in force, or no with a reason.

    NotAllowed for who proposed it; Conflict when it was decided already.
    """
    proposal = queries.open_proposal(section.name)
    if proposal is None or proposal.id != proposal_id:
        raise Conflict(_("这份提议已经有人决定过了。"))
    if proposal.proposed_by_id == actor.id:
        raise NotAllowed(section.name)
    if not is_confirmed and not reason:
        raise BadInput(reason=_("不同意请写一句理由。"))
    _close(proposal, actor, State.CONFIRMED if is_confirmed else State.DECLINED, reason)
    if not is_confirmed:
        append(actor.id, "settings.declined", object=section.name)
        return
    before = _unchanged_since(section, proposal.base)
    _keep(section, proposal.content, proposal.proposed_by_id, proposal.base, proposal.note, actor.id)
    append(actor.id, "settings.confirmed", object=section.name, **_change(section, before, proposal.content))


def settle(content: Mapping[str, Content]) -> None:
    """Edition 1 of every section for a university that comes set up: what is shipped, and what is given."""
    for section in BY_NAME.values():
        _keep(section, {**defaults(section), **content.get(section.name, {})}, None, base=0)


def _close(proposal: SettingProposal, actor: Actor, state: State, reason: str) -> None:
    waiting = (SettingProposal.id == proposal.id, SettingProposal.state == State.PROPOSED)
    decided = {"state": state, "decided_at": now(), "decided_by_id": actor.id, "reason": reason}
    written = update(SettingProposal).where(*waiting).values(decided).execution_options(synchronize_session=False)
    result: Any = db.session.execute(written)
    if result.rowcount != 1:
        raise Conflict(_("这份提议已经有人决定过了。"))


def _unchanged_since(section: Section, base: int) -> dict[str, Any]:
    """The present content, if it is still the edition the person looked at."""
    newest = next(iter(queries.history(section.name)), None)
    if (newest.SettingVersion.edition if newest else 0) != base:
        raise _faster(newest.made_by if newest else None)
    return {**defaults(section), **(newest.SettingVersion.content if newest else {})}


def _keep(
    section: Section,
    content: Content,
    made_by_id: int | None,
    base: int,
    note: str = "",
    approved_by_id: int | None = None,
) -> None:
    row = {
        "section": section.name,
        "edition": base + 1,
        "content": dict(content),
        "made_at": now(),
        "made_by_id": made_by_id,
        "approved_by_id": approved_by_id,
        "note": note,
    }
    try:
        db.session.execute(insert(SettingVersion).values(row))
    except IntegrityError:  # the same edition at the same moment
        raise _faster(None) from None


def _change(section: Section, before: Content, after: Content) -> dict[str, Any]:
    """What changed, as it may stand in the audit log."""
    changed = [setting for setting in section.settings if before.get(setting.name) != after.get(setting.name)]
    said = {one.name: [before.get(one.name), after.get(one.name)] for one in changed if one.kind in SPOKEN}
    return {"changed": [one.name for one in changed], **said}


def _faster(who: str | None) -> Conflict:
    name = who or _("别人")
    return Conflict(_("%(name)s刚才先改了这一项。您写的还在下面，请对照现在的再存一次。", name=name))


def _already_waiting() -> Conflict:
    return Conflict(_("已有一份提议在等第二把钥匙。请等它有了结果再提议。"))
