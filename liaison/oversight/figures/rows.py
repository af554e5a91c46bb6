"""What the figures are counted from, as the database has it: plain rows, each column read under its name."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from liaison.tickets.models.tellings import About
from workflows.ticket_words import Channel, Confidentiality, Kind, Outcome


class TicketRow(NamedTuple):
    """Columns that no later deed changes, and those that say where it stands now."""

    id: int
    number: str
    kind: Kind
    category_id: int | None
    place_id: int | None
    confidentiality: Confidentiality
    raised_at: datetime
    lead_unit_id: int | None
    merged_into_id: int | None


class VoiceRow(NamedTuple):
    id: int
    ticket_id: int
    raised_at: datetime
    extract_of_id: int | None


class AnswerRow(NamedTuple):
    """`is_base`: drawn by lot into the base sample."""

    id: int
    ticket_id: int
    episode: int
    outcome: Outcome
    is_final: bool
    written_at: datetime
    head_approved_at: datetime | None
    offered_at: datetime
    is_base: bool


class TellingRow(NamedTuple):
    voice_id: int
    answer_id: int | None
    about: About
    channel: Channel
    at: datetime
