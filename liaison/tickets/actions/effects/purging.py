"""清除: what is sealed keeps no content – every word that was said or written about it goes (domain.md §4.5).

The rows stay with their dates and choices, so that every count stays true; the history of the ticket, which the
database lets nobody change, is read aloud without its words (docs/decisions/0019).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import bindparam, case, column, select, update
from sqlalchemy import table as sql_table

from liaison.audit import actions as audit
from liaison.core.db import Moment, run, table
from liaison.tickets.actions.moving import Step
from liaison.tickets.models import Answer, Assignment, CatalogueLine, Check, Rating, Remark, Request, Telling, Voice
from liaison.tickets.models.confidential import Dossier
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.models.publications import Publication
from workflows.supervision import State as OrderState
from workflows.ticket_words import Outcome

GONE = "已清除"  # where the table itself asks for a word
SAID: dict[Any, tuple[str, ...]] = {
    Voice: ("text",),
    Remark: ("text",),
    Rating: ("text",),
    Telling: ("note",),
    Check: ("note",),
    Answer: ("text", "internal_note"),
    Assignment: ("question", "answer_text"),
    Dossier: ("reason", "answer"),
    Request: ("reason",),
    Publication: ("said", "done"),
    SupervisionOrder: ("reason", "demand", "answer", "send_back", "comment"),
}


def purge(step: Step) -> None:
    """Every word on this ticket, when the move is made; and what its holder left as a way to answer him."""
    forget_title(step)
    for statement in _STATEMENTS:
        step.after.append(partial(run, statement, {"of_ticket": step.ticket.id}))
    step.after.append(partial(run, _SLIPS, {"of_ticket": step.ticket.id, "moment": step.at}))
    step.after.append(partial(audit.erase_texts, step.ticket.number))


def forget_title(step: Step) -> None:
    """A line of the catalogue that came of it says no more what it was about."""
    step.after.append(partial(run, _LINES, {"of_ticket": step.ticket.id}))


def _of_ticket(model: Any, **values: Any) -> Any:
    return update(table(model)).where(table(model).c.ticket_id == bindparam("of_ticket")).values(values)


def _gone_where(is_asked_for: Any) -> Any:
    return case((is_asked_for, GONE), else_="")


_GROUNDS = _gone_where(table(Answer).c.outcome == Outcome.D)
_ASKED_FOR: dict[Any, dict[str, Any]] = {
    Answer: {"basis": _GROUNDS, "alternative": _GROUNDS},
    Publication: {"end_reason": _gone_where(table(Publication).c.ended_at.is_not(None))},
    SupervisionOrder: {"result": _gone_where(table(SupervisionOrder).c.state == OrderState.LIFTED)},
    Request: {"given": {}},
}
_LINES = _of_ticket(CatalogueLine, words="")
_STATEMENTS = [
    _of_ticket(model, **dict.fromkeys(names, ""), **_ASKED_FOR.get(model, {})) for model, names in SAID.items()
]
_SLIP = sql_table("slip", column("voice_id"), column("value"), column("deleted_at", Moment))  # of a row above
_VOICES = select(table(Voice).c.id).where(table(Voice).c.ticket_id == bindparam("of_ticket"))
_SLIPS = (
    update(_SLIP)
    .where(_SLIP.c.voice_id.in_(_VOICES), _SLIP.c.deleted_at.is_(None))
    .values(value="", deleted_at=bindparam("moment", type_=Moment))
)
