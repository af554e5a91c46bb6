"""保密 in the demo: a named reader, a look that leaves its record, and a way to answer that somebody left."""

from __future__ import annotations

from liaison.audit import actions as audit
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.deeds import Deeds
from liaison.people.actor import HOLDER
from liaison.slips import actions as slips
from liaison.slips import sealing
from liaison.slips.words import SlipChannel
from liaison.tickets.actions import readers
from liaison.tickets.queries import names


def name_reader(deeds: Deeds, case: Case) -> None:
    """The officer opens the matter and names the head of the unit that will look into it."""
    officer = deeds.company.actor("officer")
    audit.append(officer.id, "ticket.looked", object=case.number)
    head = names.heads(deeds.company.units[case.problem["lead"]])[0]
    readers.name(deeds.ticket(case), head, officer)


def leave_slip(deeds: Deeds, case: Case) -> None:
    """The holder of the code leaves a number; without a key there is nothing to leave it with."""
    if sealing.is_offered():
        slips.leave(HOLDER, case.voice_id, SlipChannel.PHONE, "8765-0123")
