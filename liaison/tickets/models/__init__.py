"""What we keep about tickets: one file per noun."""

from liaison.tickets.models.catalogue import CatalogueLine
from liaison.tickets.models.events import TicketEvent
from liaison.tickets.models.legacy import LegacyTicket
from liaison.tickets.models.publications import Publication
from liaison.tickets.models.requests import Request
from liaison.tickets.models.tellings import Check, Rating, Telling, Unreachable
from liaison.tickets.models.tickets import Category, NumberSeries, Ticket
from liaison.tickets.models.voices import Remark, Voice
from liaison.tickets.models.work import Answer, Assignment, Interval

__all__ = [
    "Answer",
    "Assignment",
    "CatalogueLine",
    "Category",
    "Check",
    "Interval",
    "LegacyTicket",
    "NumberSeries",
    "Publication",
    "Rating",
    "Remark",
    "Request",
    "Telling",
    "Ticket",
    "TicketEvent",
    "Unreachable",
    "Voice",
]
