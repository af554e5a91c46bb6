"""A voice with its code, walked along the road by the cast, and the student who holds the code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from liaison.core.db import db as extension
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.models.voices import Source
from tests import cast, factories
from tests.client import Client
from workflows.ticket_states import State

TO_WORK = "accept dispatch sign"
TO_ANSWER = f"{TO_WORK} submit_answer head_approve office_approve"
NAMES = [row[1] for row in cast.PEOPLE]


class Held:
    """One voice: its code, its ticket, and the moves the cast makes with it."""

    def __init__(self, **voice: Any) -> None:
        raised = factories.raised(**{"source": Source.OFFICE, **voice})
        self.code, self.number, self.voice_id = raised.code, raised.ticket_number, raised.voice_id

    @property
    def ticket(self) -> Ticket:
        extension.session.commit()
        return extension.session.scalars(select(Ticket).filter_by(number=self.number)).one()

    @property
    def voice(self) -> Voice:
        extension.session.commit()
        return extension.session.get_one(Voice, self.voice_id)

    def go(self, road: str, **wish: Any) -> Held:
        """Moves by name, each made by the one of the cast whose deed it is."""
        factories.go(self.ticket, road, **wish)
        extension.session.commit()
        return self

    def move(self, name: str, login: str, **given: Any) -> State:
        """One move with its own words."""
        state = factories.move(self.ticket, name, login, **given)
        extension.session.commit()
        return state


@pytest.fixture
def voice(app: Any) -> Callable[..., Held]:
    """voice("accept dispatch", text="…"): a voice filed by 李书记, carried that far."""

    def file(road: str = "", **given: Any) -> Held:
        wish = {key: given.pop(key) for key in ("outcome", "limit_class", "category", "lead") if key in given}
        return Held(**given).go(road, **wish)

    return file


class Holder:
    """A student with a telephone: knows a code, nothing else."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def open(self, code: str) -> Any:
        return self.browser.send("/code", {"code": code})

    def send(self, deed: str, held: Held, **given: Any) -> Any:
        """Post a deed as its form would, whether or not the page offers it."""
        return self.browser.send(f"/code/{deed}", {"code": held.code, "number": held.number, **given})

    def rate(self, held: Held, solved: str = "yes", satisfied: str = "5", **more: Any) -> Any:
        return self.send("rate", held, solved=solved, satisfied=satisfied, **more)


@pytest.fixture
def holder(client: Client) -> Holder:
    return Holder(client)


def offered(page: Any) -> set[str]:
    """The deeds whose forms a page carries."""
    return {deed for deed in ("rate", "remark", "supplement", "reopen") if f'data-move="{deed}"' in page.text}
