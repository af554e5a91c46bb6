"""延期: a day after the present limit, and not too far (T20)."""

import pytest

from tests.safety.direct import direct
from tests.tickets.deeds import DEEDS


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-28"])
def test_a_day_too_far_or_already_past_is_refused_and_the_limit_stands(app, db, frozen, day):
    time, deed = frozen("2026-11-02 09:00"), DEEDS["extend"]
    ticket = deed.ticket()
    time.on(days=deed.days_later)
    due = ticket.due_at
    typed = {"version": ticket.version, **deed.typed(ticket), "due_on": day}
    assert direct(app, deed.right).send(f"/tickets/{ticket.number}/extend", typed).status_code in {409, 422}
    db.session.refresh(ticket)
    assert ticket.due_at == due
