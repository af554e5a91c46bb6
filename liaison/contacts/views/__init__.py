"""The pages of contacts: capture, plans, cards, the list and one record, and what the device itself asks for."""

from liaison.contacts.views import capture, cards, device, late, planning, records
from liaison.contacts.views.pages import blueprint as blueprint

__all__ = ["blueprint", "capture", "cards", "device", "late", "planning", "records"]
