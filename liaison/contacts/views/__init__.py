"""The pages of contacts: capture, plans, cards, gaps, the list and one record, and what the device itself asks for."""

from liaison.contacts.views import amending, brief, capture, cards, coverage, device, late, planning, records, visits
from liaison.contacts.views.pages import blueprint as blueprint

__all__ = [
    "amending",
    "blueprint",
    "brief",
    "capture",
    "cards",
    "coverage",
    "device",
    "late",
    "planning",
    "records",
    "visits",
]
