"""What the tests of stored progress share: the demo calendar in the database, the rules in force, contacts filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions.filing import file_contact
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.core.db import db as extension
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.queries import progress
from liaison.programmes.words import ContactKind
from tests import cast
from tests.programmes.school import YEAR

EVENING = "2026-11-18 20:40"


@pytest.fixture
def rules(db: Any) -> None:
    """Every shipped programme in force, and the autumn term of the demo calendar."""
    settle_programmes(all_in_force=True)
    term = Term(name="第一学期", academic_year=YEAR, term_no=1, teaching_weeks=18, exam_weeks=2)
    term.first_monday, term.last_day = date(2026, 9, 7), date(2027, 1, 24)
    term.vacation_from, term.vacation_until = date(2027, 1, 25), date(2027, 2, 28)
    extension.session.add(term)
    extension.session.commit()


@pytest.fixture
def file(rules: None, frozen: Callable[[str], Any], actor_of: Callable[[str], Any]) -> Callable[..., int]:
    """file("li", "2026-11-18 20:40", place="dorm-3"): a contact filed at that moment, or `at_once`: now; returns its
    key. `beside`: who else was there."""

    def now(
        who: str,
        at: str = EVENING,
        *,
        filer: str = "",
        beside: tuple[str, ...] = (),
        place: str = "dorm-3",
        late: str = "",
        at_once: bool = False,
        **more: Any,
    ) -> int:
        held = datetime.fromisoformat(at)
        if not (late or at_once):
            frozen(at)
        occasion = Occasion(
            held_at=clock.moment(held.date(), held.time()),
            kind=more.pop("kind", ContactKind.ENTER_DORM),
            leader_ids=tuple(cast.person(one).id for one in (who, *beside)),
            place_id=cast.unit(place).id,
            **more,
        )
        filed = file_contact(actor_of(filer or who), occasion, [], late)
        extension.session.commit()
        return filed.contact_id

    return now


@pytest.fixture
def line(rules: None) -> Callable[..., Any]:
    """line("li", "MOE19-F2F", "2026-11"): the line as the tick stored it after the last deed."""

    def read(who: str, code: str, key: str, year: str = YEAR) -> Any:
        extension.session.commit()
        recomputing.renew_stale()
        person_id = cast.person(who).id
        found = progress.lines_of([person_id], year, key)[person_id]
        return next((one for one in found if code in one.codes), None)

    return read
