"""重发查询码: new codes for the voices of a contact; the old ones die (rulings §13 «Codes»)."""

from __future__ import annotations

from liaison.contacts.queries import details
from liaison.people.actor import Actor
from liaison.tickets.actions import codes


def reissue(actor: Actor, number: str) -> list[str]:
    """A new code for each voice the actor filed at this contact, in the order of the voices. Commits nothing."""
    return [codes.reissue(voice.id, actor) for voice in details.own_voices(actor, number)]
