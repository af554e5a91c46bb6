"""公开: the text leaves the house only as the office wrote it, without anybody in it (T39, domain.md §7)."""

from __future__ import annotations

from functools import partial
from typing import Any

from liaison.core.clock import local
from liaison.core.db import add, db
from liaison.core.errors import BadInput
from liaison.core.language import gettext as _
from liaison.tickets.actions.moving import Step
from liaison.tickets.actions.publishing import ending
from liaison.tickets.lint import lint
from liaison.tickets.models import Answer
from liaison.tickets.models.publications import DONE_LENGTH, SAID_LENGTH, Decision, Publication
from liaison.tickets.queries import publications

REPEATED = 12  # so many letters in a row are a student's sentence, not a coincidence


def publish(step: Step) -> None:
    """What was said, and what came of it, at the building or college; the reason of a refusal stands beside it."""
    said, done = str(step.given.get("public_said") or "")[:SAID_LENGTH], str(step.given["public_text"])[:DONE_LENGTH]
    _refuse_traces(step.ticket.id, said, done)
    place = publications.board_place(step.ticket.place_id)
    answer = db.session.get_one(Answer, step.ticket.answer_id)
    row = {
        "ticket_id": step.ticket.id,
        "decision": Decision.PUBLISHED,
        "place_id": place.id if place else None,
        "outcome": step.ticket.outcome,
        "reason_class": answer.reason_class,
        "handled_on": local(step.ticket.handled_at).date() if step.ticket.handled_at else None,
        "said": said,
        "done": done,
        "by_id": step.actor.id,
        "at": step.at,
    }
    if step.facts.withheld:
        step.after.append(ending(step.ticket.id, at=step.at, by_id=step.actor.id, reason="改为公开"))
    step.after.append(partial(add, Publication, row))
    step.data |= {"place": place.name if place else "", "checked": list(step.given.get("checklist") or ())}


def take_down(step: Step) -> None:
    """Reopening, or raising its level, takes the public page down at once (rulings §13)."""
    step.after.append(ending(step.ticket.id, at=step.at, by_id=step.actor.id, reason=_ENDED[step.move]))


_ENDED = {"reopen": "重办", "reopen_onspot": "重办", "raise_level": "提密"}


def _refuse_traces(ticket_id: int, said: str, done: str) -> None:
    """Nothing that looks like somebody, nothing a student said in these very words."""
    spoken = _pieces("".join(publications.voices(ticket_id)))
    errors: dict[str, Any] = {}
    for name, text in (("public_said", said), ("public_text", done)):
        found = lint(text)
        if found.refusals or found.hints:
            errors[name] = " ".join([*found.refusals, *found.hints])
        elif _pieces(text) & spoken:
            errors[name] = _("这里有一句和学生的原话一样，请换成办公室自己的话。")
    if not said.strip():
        errors["public_said"] = _("请填写这一项。")
    if errors:
        raise BadInput(**errors)


def _pieces(text: str) -> set[str]:
    plain = "".join(sign for sign in text if sign.isalnum())
    return {plain[at : at + REPEATED] for at in range(len(plain) - REPEATED + 1)}
