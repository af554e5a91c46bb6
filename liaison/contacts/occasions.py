"""What a contact says, as a value: typed into a form, asked for as a correction, read back from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from liaison.contacts.words import Headcount
from liaison.programmes.words import ContactKind, MeetingChannel

ROWS_OF_THEIR_OWN = {"leader_ids", "target_ids", "home_visit"}


@dataclass(frozen=True)
class Occasion:
    """What a contact says: when, where, what, with whom. `held_at` is aware; one of the two places is given."""

    held_at: datetime
    kind: ContactKind
    leader_ids: tuple[int, ...]
    place_id: int | None = None
    place_text: str = ""
    second_kind: ContactKind | None = None
    channel: MeetingChannel = MeetingChannel.FACE_TO_FACE
    summary: str = ""
    headcount: Headcount | None = None
    minutes: int | None = None
    target_ids: tuple[int, ...] = ()
    title: str = ""
    document_no: str = ""
    reported_on: date | None = None
    course_id: int | None = None
    colleague_id: int | None = None
    home_visit: Mapping[str, Any] | None = None  # mode, consent, consented_on, help_agreed

    @property
    def columns(self) -> dict[str, Any]:
        """Its part of the contact's row."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(field.name for field in fields(Occasion) if field.name not in ROWS_OF_THEIR_OWN)
