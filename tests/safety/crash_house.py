"""`python -m tests.safety.crash_house`: fill the empty database of the environment for the crash test.

Prints as JSON what its clients need: a session of 李书记 and 孙师傅 each, and tickets that 孙师傅 works on.
"""

from __future__ import annotations

import json

from liaison import create_app
from liaison.commands import bring_up_to_date
from liaison.core.db import db
from tests import cast
from tests.conftest import start_session
from tests.factories import make_ticket
from workflows.ticket_states import State

CLIENTS = 6


def fill() -> dict[str, object]:
    app = create_app()
    with app.app_context():
        bring_up_to_date(app)
        cast.settle()
        made = [make_ticket(State.IN_PROGRESS) for _ in range(CLIENTS)]
        tickets = [(ticket.number, ticket.version) for ticket in made]
        sessions = {login: start_session(cast.person(login)) for login in ("li", "sun")}
        place = cast.unit("dorm-3").id
        db.session.commit()
    return {"tickets": tickets, "place": place, **sessions}


if __name__ == "__main__":
    print(json.dumps(fill()))  # noqa: T201
