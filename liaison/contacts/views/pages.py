"""The blueprint, and who is acting."""

from __future__ import annotations

from typing import cast

from flask import Blueprint
from flask_login import current_user

from liaison.people.actor import Actor

blueprint = Blueprint("contacts", __name__)


def acting() -> Actor:
    """The signed-in person, as a plain value."""
    return cast(Actor, current_user)
