"""What can go wrong on the way, and the one place where it becomes a page."""

from __future__ import annotations


class NotVisible(Exception):
    """It does not exist, or this person may not know that it does: 404 either way."""


class NotAllowed(Exception):
    """Visible, but the deed is not his: 403."""


class Conflict(Exception):
    """Wrong state or a lost race: 409. `message` says who was faster or what is missing."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(Exception):
    """What was typed cannot be used; `errors` maps field names to sentences."""

    def __init__(self, **errors: str) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class TooMany(Exception):
    """Too many wrong tries: 429. `minutes` until the next one."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"{minutes} min")
        self.minutes = minutes
