"""The ways out of the house: e-mail, one signed hook, three group robots. Which are open is for the settings to say."""

from __future__ import annotations

from typing import Any

from flask import current_app

from liaison.notifications.words import Outlet

OPENED_BY = {  # outlet → the settings without which it is closed
    Outlet.MAIL: ("MAIL_SERVER", "MAIL_FROM"),
    Outlet.WEBHOOK: ("WEBHOOK_URL", "WEBHOOK_SECRET"),
    Outlet.WECOM: ("WECOM_URL",),
    Outlet.DINGTALK: ("DINGTALK_URL",),
    Outlet.FEISHU: ("FEISHU_URL",),
}


class Unreachable(Exception):
    """Nobody answered, or not in time: the whole outlet is down for now."""


class Refused(Exception):
    """The other side answered and did not take this message. `is_final`: it never will."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


def ready() -> frozenset[Outlet]:
    """The outlets this installation has."""
    given = current_app.config
    return frozenset(outlet for outlet, needed in OPENED_BY.items() if all(given[name] for name in needed))


def hand_over(outlet: Outlet, message: Any) -> None:
    """Give a message (composing.Message) to an outlet; returns when the other side has taken it.

    Raises Unreachable or Refused. Touches no database.
    """
    from liaison.notifications.outlets import hooks, mail  # loads `requests`, which only the sender needs

    if outlet is Outlet.MAIL:
        mail.send(message)
    else:
        hooks.post(outlet, message)
