"""Query codes between the moment they are made and the page that shows them once (rulings §13 «Codes»).

They lie in the browser's signed cookie, never in the database, and only until the card is drawn.
"""

from __future__ import annotations

from flask import session

KEY = "cards"
WAITING = 5  # cards of contacts sent one after another when the network came back


def keep(number: str, codes: list[str]) -> None:
    """Hold the codes of a contact, in the order of its voices, for the next page."""
    if codes:
        waiting = dict(session.get(KEY, {})) | {number: codes}
        session[KEY] = dict(list(waiting.items())[-WAITING:])


def take(number: str) -> list[str]:
    """The codes of a contact, once; empty when they were shown before."""
    waiting = dict(session.get(KEY, {}))
    codes: list[str] = waiting.pop(number, [])
    if codes:
        session[KEY] = waiting
    return codes
