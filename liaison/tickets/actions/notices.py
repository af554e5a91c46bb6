"""Who hears of a move: one table (domain.md §4.13). Only the outbox is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from liaison.notifications.actions import Holders, tell
from liaison.people.words import Role
from liaison.tickets.models import Ticket
from liaison.tickets.models.requests import Decider
from liaison.tickets.queries import names, readers
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Confidentiality, Solved

if TYPE_CHECKING:
    from liaison.tickets.actions.moving import Step

AT_WORK = {State.IN_PROGRESS, State.DEPT_REVIEW, State.COORDINATING, State.LEADERSHIP_REVIEW, State.LONG_TERM}
People = list[int] | Holders
Audience = Callable[["Step"], People]


def _unit_people(step: Step) -> list[int]:
    """Whom `known_facts` has already found."""
    return list(step.given["lead_people"])


def _heads(step: Step) -> People:
    return Holders(there=(Role.HEAD,), unit_id=step.ticket.lead_unit_id)


def _handler(step: Step) -> People:
    return [step.ticket.handler_id] if step.ticket.handler_id else _heads(step)


def _filer(step: Step) -> list[int]:
    both = {step.ticket.filed_by_id, step.ticket.filed_for_id}
    return [person for person in both if person is not None]


def _filer_and_unit(step: Step) -> People:
    """Who filed it, and who works on it."""
    handler = [step.ticket.handler_id] if step.ticket.handler_id else []
    return [*_filer(step), *handler]


def _co_units(step: Step) -> list[int]:
    """The heads and handlers of the units that were asked beside the lead."""
    return [person for unit in step.given.get("co") or [] for person, _role in names.workers_of(int(unit))]


def _ruling(step: Step) -> People:
    """The first return is the office's, the second the director's."""
    if step.ticket.return_count and step.ticket.confidentiality is Confidentiality.NORMAL:
        return Holders(anywhere=(Role.DIRECTOR,))
    return _office(step)


def _asker(step: Step) -> People:
    return _handler(step) if step.target is State.IN_PROGRESS else _office(step)


def _office(step: Step) -> People:
    return _reception(step.ticket)


def _office_if_unhappy(step: Step) -> People:
    """The office decides within two working days (T32); a content one asks nothing of anybody."""
    is_unhappy = step.data["solved"] == Solved.NO or step.data["satisfied"] <= 2
    return _office(step) if is_unhappy else []


def _reception(ticket: Ticket) -> People:
    """The clerks; for a restricted matter the confidential officer."""
    is_normal = ticket.confidentiality is Confidentiality.NORMAL
    return Holders(anywhere=(Role.CLERK if is_normal else Role.CONFIDENTIAL,))


AUDIENCES: dict[str, dict[str, Audience]] = {  # move → text of notifications/texts.py → who reads it
    "dispatch": {"ticket.dispatch": _unit_people, "ticket.dispatch.filer": _filer, "ticket.ask_co": _co_units},
    "designate": {"ticket.designate": _unit_people, "ticket.designate.filer": _filer, "ticket.ask_co": _co_units},
    "ask_info": {"ticket.ask_info": _filer},
    "supplement": {"ticket.supplement": _asker},
    "submit_answer": {"ticket.submit_answer": _heads},
    "head_return": {"ticket.head_return": _handler},
    "office_return": {"ticket.office_return": _handler},
    "office_approve": {"ticket.office_approve": _filer},
    "head_approve_direct": {"ticket.head_approve_direct": _filer},
    "rate": {"ticket.rate": _office_if_unhappy},
    "sample": {"ticket.sample": _office},
    "check_mismatch": {"ticket.check_mismatch": _handler},
    "check_mismatch_onspot": {"ticket.check_mismatch_onspot": _filer},
    "reopen": {"ticket.reopen": _handler},
    "reopen_onspot": {"ticket.reopen_onspot": _office},
    "reject_return": {"ticket.reject_return": _heads},
    "request_return": {
        "ticket.request_return": _ruling,
        "ticket.request_return.suggested": lambda step: of_unit(step.data["suggested_id"]),
    },
    "uphold_return": {"ticket.uphold_return": lambda step: of_unit(step.data["lead_before"])},
    "merge": {"ticket.merge": _filer},
    "unmerge": {"ticket.unmerge": _filer_and_unit},
    "void": {"ticket.void": _filer},
    "interim_answer": {"ticket.interim_answer": _filer},
    "extend": {"ticket.extend": _filer_and_unit},
    "co_answer": {"ticket.co_answer": _handler},
    "convene": {"ticket.convene": _handler},
    "meeting_result": {"ticket.meeting_result": _handler, "ticket.ask_co": _co_units},
    "decided": {"ticket.decided": _filer_and_unit, "ticket.ask_co": _co_units},
    "plan": {"ticket.plan": _filer},
    "resume": {"ticket.resume": _handler},
    "record_praise": {"ticket.record_praise": lambda step: of_unit(int(step.given["praised_unit"]))},
    "redirect": {"ticket.redirect": _filer},
    "confirm_onspot": {"ticket.confirm_onspot": _filer},
}


def send(step: Step) -> None:
    """Write the notices of a move: number and stage, never a text."""
    ticket = step.ticket
    besides = not_told(ticket, step.actor.id)
    for text_key, audience in AUDIENCES.get(step.move, {}).items():
        tell(
            audience(step),
            text_key,
            about=ticket.number,
            stage=step.target.stage,
            path=f"/tickets/{ticket.number}",
            urgent=ticket.is_urgent,
            dedupe=f"{ticket.id}:{ticket.event_count}:{text_key}",
            besides=besides,
        )


def beside(ticket: Ticket, text_key: str, people: People, *, seq: int, besides: int | None = None) -> None:
    """Something beside the moves: who is asked to decide, to help, or hears what was decided."""
    tell(
        people,
        text_key,
        about=ticket.number,
        stage=ticket.stage,
        path=f"/tickets/{ticket.number}",
        urgent=ticket.is_urgent,
        dedupe=f"{ticket.id}:{seq}:{text_key}",
        besides=not_told(ticket, besides),
    )


def not_told(ticket: Ticket, actor_id: int | None) -> set[int | None]:
    """Nobody is told of his own deed; whom a restricted matter is about hears nothing of it."""
    about, _units = readers.whom_it_is_about(ticket)
    return {*about, actor_id}


def of_unit(unit_id: int | None) -> Holders:
    """Its heads and handlers."""
    return Holders(there=(Role.HEAD, Role.HANDLER), unit_id=unit_id)


DECIDERS: dict[Decider, Holders] = {
    Decider.OFFICE: Holders(anywhere=(Role.CLERK,)),
    Decider.DIRECTOR: Holders(anywhere=(Role.DIRECTOR,)),
    Decider.CONFIDENTIAL: Holders(anywhere=(Role.CONFIDENTIAL,)),
}


def remarked(ticket: Ticket) -> None:
    """The holder added something: whoever works on it, else the office."""
    is_at_work = ticket.state in AT_WORK and ticket.handler_id is not None
    tell(
        [ticket.handler_id or 0] if is_at_work else _reception(ticket),
        "ticket.supplement",
        about=ticket.number,
        stage=ticket.stage,
        path=f"/tickets/{ticket.number}",
        dedupe=f"{ticket.id}:{ticket.event_count}:remark",
    )


def recounted(ticket: Ticket) -> None:
    """The table came and moved a provisional limit: whoever works on it, else the unit, else the office."""
    tell(
        _at_work_on(ticket),
        "ticket.recount",
        about=ticket.number,
        stage=ticket.stage,
        path=f"/tickets/{ticket.number}",
        dedupe=f"{ticket.id}:{ticket.event_count}:recount",
    )


def _at_work_on(ticket: Ticket) -> People:
    if ticket.handler_id:
        return [ticket.handler_id]
    if ticket.lead_unit_id:
        return Holders(there=(Role.HEAD, Role.HANDLER), unit_id=ticket.lead_unit_id)
    return _reception(ticket)


def submitted(
    ticket_id: int, number: str, is_urgent: bool, is_normal: bool, college_id: int | None, about_id: int | None
) -> None:
    """A new voice: the office's clerks, or the confidential officer for a restricted one; not whom it is about."""
    clerks_and_desk = Holders(anywhere=(Role.CLERK,), there=(Role.DESK,), unit_id=college_id)
    tell(
        clerks_and_desk if is_normal else Holders(anywhere=(Role.CONFIDENTIAL,)),
        "ticket.submit",
        about=number,
        stage=Stage.COLLECT,
        path=f"/tickets/{number}",
        urgent=is_urgent,
        dedupe=f"{ticket_id}:1",
        besides=[about_id],
    )


def known_facts(ticket: Ticket, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the checks must know of the unit a ticket is to go to."""
    if "lead" not in given or not given["lead"]:
        return dict(given)
    unit = int(given["lead"])
    name, workers = names.unit_and_workers(unit)
    ready = {role for _person, role in workers} == {Role.HEAD, Role.HANDLER}
    people = sorted({person for person, _role in workers})
    return {**given, "lead_can_receive": ready, "lead_people": people, "lead_name": name}
