"""A voice whose holder left a way to answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from liaison.core.db import db as extension
from liaison.people.actor import HOLDER
from liaison.slips import actions, sealing
from liaison.slips.models import Slip
from liaison.slips.words import SlipChannel
from liaison.tickets.models import Ticket
from tests.factories import make_ticket, voice_of
from workflows.ticket_states import State

NUMBER = "8765-4321"


@pytest.fixture(autouse=True)
def key(app: Any, monkeypatch: Any) -> str:
    """This university lets slips be left."""
    made = sealing.new_key()
    monkeypatch.setitem(app.config, "SLIP_KEY", made)
    return made


@pytest.fixture
def left(db: Any) -> Callable[..., Ticket]:
    """left(State.IN_PROGRESS): a ticket whose holder left his number."""

    def make(state: State = State.IN_PROGRESS, **more: Any) -> Ticket:
        ticket = make_ticket(state, **more)
        actions.leave(HOLDER, voice_of(ticket), SlipChannel.PHONE, NUMBER)
        db.session.commit()
        return ticket

    return make


def slips() -> list[Slip]:
    extension.session.commit()
    return list(extension.session.scalars(select(Slip).order_by(Slip.id)))
