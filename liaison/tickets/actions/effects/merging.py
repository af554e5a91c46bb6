"""并案、撤销并案、拆分: a pointer, never a move of rows, so that undoing is exact (rulings §7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from liaison.calendars.limits import moved_due
from liaison.core.db import add, db, run, table
from liaison.core.errors import BadInput, Conflict
from liaison.core.language import gettext as _
from liaison.settings.in_force import number
from liaison.tickets.actions.effects.pausing import days_of, move_limits, working_days_paused
from liaison.tickets.actions.moving import LostRace, Step
from liaison.tickets.actions.raising import open_children
from liaison.tickets.models import Telling, Ticket, TicketEvent, Voice
from liaison.tickets.models.tellings import About
from liaison.tickets.queries import readers
from workflows.ticket_words import Channel


def merge(step: Step) -> None:
    """并案: this ticket follows its lead; the lead's whole wait looks back to the oldest voice (T7)."""
    ticket, lead = step.ticket, _chosen(step)
    _refuse_what_is_about_others(ticket, lead)
    step.changes |= {"merged_into_id": lead.id, "state_before": step.source}
    step.data |= {"lead": lead.number, "lead_id": lead.id, "since": ticket.state_since.isoformat()}
    step.data["next_due"] = ticket.next_due_at.isoformat() if ticket.next_due_at else ""
    voices = _voices(ticket.id, lead.id)
    if step.given.get("told_channel"):
        _tell_all(step, lead, [voice for voice in voices if voice.root == ticket.id])
    step.after.append(partial(_count, lead, voices))


def unmerge(step: Step) -> None:
    """撤销并案: everything as before; the limits move by the working days spent merged (T8)."""
    ticket, days = step.ticket, working_days_paused(step)
    lead = _hold(ticket, Ticket.id == ticket.merged_into_id)
    if lead is None:
        raise Conflict(_("没有找到主件。"))
    voices = _voices(ticket.id, lead.id)
    own = {voice.id for voice in voices if voice.root == ticket.id}
    step.data |= {"lead": lead.number, "days_merged": days}
    step.changes |= {"merged_into_id": None, "state_before": None}
    _stand_as_before(step, days)
    move_limits(step, days)
    step.after.append(partial(_count, lead, [voice for voice in voices if voice.id not in own]))


def _chosen(step: Step) -> Ticket:
    """The lead by its number; one that the actor may not see is as unknown to him as one that is not there."""
    number = str(step.given["lead_ticket"]).strip().upper()
    lead = _hold(step.ticket, Ticket.number == number) if step.facts.lead_state else None
    if lead is None:
        raise BadInput(lead_ticket=_("没有找到这个编号的事项，请再核对一下。"))
    return lead


def _refuse_what_is_about_others(ticket: Ticket, lead: Ticket) -> None:
    """Whoever works on the lead reads what is merged into it: nobody may whom that is about (rulings §8)."""
    (people, units), (known, theirs) = readers.whom_it_is_about(ticket), readers.whom_it_is_about(lead)
    if {*people} - {*known} or {*units} - {*theirs}:
        raise Conflict(_("两件涉及的单位或人不同，请分开办理。"))


def _hold(ticket: Ticket, other: ColumnElement[bool]) -> Ticket | None:
    """Both rows, in one order always: two merges at once neither cross nor wait in a ring. Returns the other, fresh."""
    seen = ticket.version
    both = select(Ticket).where(or_(Ticket.id == ticket.id, other)).order_by(Ticket.id).with_for_update()
    found = db.session.scalars(both.execution_options(populate_existing=True)).all()
    if ticket.version != seen:
        raise LostRace(_("这件事项刚刚有变化，请看一下再办。"))
    return next((one for one in found if one.id != ticket.id), None)


def _stand_as_before(step: Step, days: int) -> None:
    """Since when it stood where it stands again, and what is due next: as the merge noted it."""
    noted = run(_LAST_MERGE, {"ticket": step.ticket.id}).scalar() or {}
    if noted.get("since"):
        step.changes["state_since"] = datetime.fromisoformat(noted["since"])
    if noted.get("next_due"):
        step.due = moved_due(datetime.fromisoformat(noted["next_due"]), days, days_of(step))


def split(step: Step) -> None:
    """拆分: each problem becomes a ticket of its own with an extract of the voice (T9)."""
    texts = [str(text).strip() for text in step.given["children"] if str(text).strip()]
    step.data["children"] = open_children(step.ticket, texts, step.actor, step.at)


def _tell_all(step: Step, lead: Ticket, own: Sequence[Any]) -> None:
    """The answer of a closed lead reaches the voices that join it in the same act (T7)."""
    row = {
        "ticket_id": lead.id,
        "answer_id": lead.answer_id,
        "about": About.ANSWER,
        "channel": Channel(step.given["told_channel"]),
        "by_id": step.actor.id,
        "note": "",
        "at": step.at,
    }
    step.after.append(partial(add, Telling, *({**row, "voice_id": voice.id} for voice in own)))


def _voices(*roots: int) -> Sequence[Any]:
    """The voices of tickets and of everything merged into them: id, raised_at, root."""
    return run(_VOICES, {"roots": list(roots)}).all()


def _count(lead: Ticket, voices: Sequence[Any]) -> None:
    """The lead changes too: whoever has its page open must read it again."""
    raised = [voice.raised_at for voice in voices]
    columns: dict[str, Any] = {"waits_since": min(raised), "voice_count": len(raised), "is_hot": is_hot(raised)}
    if lead.answer_id is not None:
        columns |= _told(lead.answer_id, [voice.id for voice in voices])
    run(_ON_LEAD, {"this_ticket": lead.id, **columns})
    for name, value in {**columns, "version": lead.version + 1}.items():
        set_committed_value(lead, name, value)


def _told(answer_id: int, voices: Sequence[int]) -> dict[str, Any]:
    told = run(_TELLINGS, {"answer": answer_id, "of_voices": list(voices)}).one()
    return {"told_count": told.voices, "last_told_at": told.last}


def is_hot(raised: Sequence[datetime]) -> bool:
    """集中反映: so many voices within so many days, whenever that was – so that undoing a merge undoes it too.

    For the same reason the settings are those of the moment of the last voice (domain.md §1.4).
    """
    days = sorted(raised)
    voices, within = number("hot_voices", days[-1]), timedelta(days=number("hot_days", days[-1]))
    return any(last - first <= within for first, last in zip(days, days[voices - 1 :], strict=False))


_TICKETS = table(Ticket).c
_LAST_MERGE = (
    select(TicketEvent.data)
    .where(TicketEvent.ticket_id == bindparam("ticket"), TicketEvent.move == "merge")
    .order_by(TicketEvent.seq.desc())
    .limit(1)
)


def _families() -> Any:
    """Each ticket of several families with the one its family hangs on; takes the parameter «roots»."""
    roots = select(Ticket.id, Ticket.id.label("root")).where(Ticket.id.in_(bindparam("roots", expanding=True)))
    chain = roots.cte("families", recursive=True)
    pointing = aliased(Ticket)
    chain = chain.union_all(select(pointing.id, chain.c.root).where(pointing.merged_into_id == chain.c.id))
    wanted = select(Voice.id, Voice.raised_at, chain.c.root)
    return wanted.join(chain, chain.c.id == Voice.ticket_id).order_by(Voice.id)


_VOICES = _families()
_TELLINGS = select(func.count(Telling.voice_id.distinct()).label("voices"), func.max(Telling.at).label("last")).where(
    Telling.answer_id == bindparam("answer"), Telling.voice_id.in_(bindparam("of_voices", expanding=True))
)
_ON_LEAD = update(table(Ticket)).where(_TICKETS.id == bindparam("this_ticket")).values(version=_TICKETS.version + 1)
