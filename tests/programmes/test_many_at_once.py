"""Many file, mend and answer while others count and look: in the end everything counts as if done one by one (0022)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions import confirming, editing
from liaison.contacts.actions.filing import file_contact
from liaison.contacts.models import Contact, ContactLeader
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries.present import present
from liaison.core.db import db as extension
from liaison.core.db import read_only, table
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.programmes.derived import Credit, Progress
from liaison.programmes.words import ContactKind
from tests import cast
from tests.factories import actor, at
from tests.programmes.school import YEAR
from tests.safety.rounds import rounds

LEADERS = ("li", "chen", "noise-leader")
KINDS = (ContactKind.ENTER_DORM, ContactKind.ENTER_CANTEEN, ContactKind.ENTER_ONLINE, ContactKind.IDEOLOGY_LECTURE)
WRITERS, DEEDS = 5, 12
PAUSE = 0.02  # seconds between two countings: SQLite gives its lock to anybody, and a minute lies between in life


@pytest.fixture
def november(rules: None, frozen: Any) -> Any:
    for login in LEADERS:
        actor(login)  # read once, before the threads begin
    extension.session.remove()
    return frozen("2026-11-19 10:00")


def occasion(chance: Random) -> Occasion:
    who = chance.sample([actor(login).id or 0 for login in LEADERS], chance.choice([1, 1, 2, 3]))
    held_at = at("2026-11-01 09:00") + timedelta(hours=chance.randrange(400))
    return Occasion(held_at=held_at, kind=chance.choice(KINDS), leader_ids=tuple(who), place_text="操场")


def some_contact(chance: Random) -> Contact | None:
    keys = extension.session.scalars(extension.select(Contact.id).order_by(Contact.id)).all()
    return extension.session.get(Contact, chance.choice(keys)) if keys else None


def deed(chance: Random) -> None:
    """One of what people do with contacts; whoever is too late or has no part in it goes away."""
    who = actor(chance.choice(LEADERS))
    what = chance.choice(["file", "file", "edit", "edit", "confirm", "reject"])
    contact = some_contact(chance) if what != "file" else None
    try:
        if contact is None:
            file_contact(who, occasion(chance), [])
        elif what == "edit":
            editing.edit(who, contact, contact.version, occasion(chance))
        elif what == "confirm":
            confirming.confirm(who, contact, contact.version)
        else:
            confirming.reject(who, contact, contact.version, "那天不在")
        extension.session.commit()
    except (Conflict, NotAllowed, BadInput):
        extension.session.rollback()


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """All that was counted, without what depends on the order in which it was written."""
    extension.session.rollback()
    found = {}
    for model in (Progress, Credit):
        columns = [column for column in table(model).columns if column.name != "id"]
        rows = extension.session.execute(extension.select(*columns).order_by(*columns[:3]))
        found[model.__tablename__] = sorted(map(repr, rows))
    return found


@contextmanager
def unless_busy() -> Iterator[None]:
    """SQLite hands its lock to anybody: on a loaded machine somebody waits five seconds in vain and has done nothing.
    On PostgreSQL nobody waits in a ring: there it is an error."""
    try:
        yield
    except OperationalError:
        if extension.engine.dialect.name != "sqlite":
            raise
        extension.session.rollback()


def write(app: Any, chance: Random) -> None:
    with app.app_context():
        read_only(False)
        for _n in range(DEEDS):
            with unless_busy():
                deed(chance)


def again_and_again(app: Any, is_over: threading.Event, work: Callable[[], Any], *, reads: bool) -> None:
    with app.app_context():
        read_only(reads)
        while not is_over.wait(PAUSE):
            with unless_busy():
                work()
            extension.session.remove()


@pytest.mark.parametrize("seed", rounds(2))
def test_whoever_counts_meanwhile_nothing_is_lost_and_nothing_stays(app: Any, november: Any, seed: int) -> None:
    is_over, ids = threading.Event(), [actor(login).id or 0 for login in LEADERS]
    with ThreadPoolExecutor(WRITERS + 3) as pool:
        others = [pool.submit(again_and_again, app, is_over, recomputing.count_new, reads=False) for _n in range(2)]
        others.append(pool.submit(again_and_again, app, is_over, lambda: present(ids, YEAR), reads=True))
        writers = [pool.submit(write, app, Random(f"{seed} {number}")) for number in range(WRITERS)]
        wait(writers)
        is_over.set()
        for one in (*writers, *others):
            one.result()
    recomputing.renew_stale()
    assert extension.session.query(ContactLeader).filter_by(is_counted=False).count() == 0
    counted = stored()
    assert counted["credit"]
    recomputing.recompute()
    assert stored() == counted


def test_a_record_that_moves_into_another_academic_year_leaves_the_old_one(file: Any, rules: None, frozen: Any) -> None:
    """From August into September: both months are open until the 5th."""
    spring = Term(name="第二学期", academic_year="2025-2026", term_no=2)
    spring.first_monday, spring.last_day = date(2026, 3, 2), date(2026, 7, 19)
    extension.session.add(spring)
    contact_id = file("li", "2026-08-28 19:00")
    time = frozen("2026-09-03 09:00")
    recomputing.renew_stale()
    assert stored()["credit"]
    contact = extension.session.get_one(Contact, contact_id)
    moved = Occasion(
        held_at=at("2026-09-02 19:00"),
        kind=contact.kind,
        leader_ids=(cast.person("li").id,),
        place_id=contact.place_id,
    )
    editing.edit(actor("li"), contact, contact.version, moved)
    extension.session.commit()
    time.on(minutes=5)
    recomputing.renew_stale()
    counted = stored()
    recomputing.recompute()
    assert stored() == counted
