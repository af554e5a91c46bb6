"""Two administrators who end each other at once: one of them stays (safety.md R11)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from liaison.core.clock import today
from liaison.core.db import db, read_only
from liaison.core.errors import Conflict
from liaison.people import actions
from liaison.people.models import Person, RoleGrant
from liaison.people.queries.accounts import people_with
from liaison.people.words import Role
from tests.cast import person


@pytest.mark.parametrize("deed", ["end_role", "deactivate"])
def test_one_of_two_stays(app: Any, deed: str) -> None:
    one, two = person("admin").id, person("wang").id
    grants = {one: _grant_of(one), two: actions.grant_role(person("wang"), Role.ADMIN, None, today(), actor_id=one)}
    db.session.flush()
    numbers = {owner: grant.id for owner, grant in grants.items()}
    db.session.commit()
    db.session.remove()
    start = Barrier(2)

    def press(pair: tuple[int, int]) -> bool:
        actor, other = pair
        with app.app_context():
            read_only(False)
            start.wait()
            target = db.session.get_one(Person, other)
            try:
                if deed == "end_role":
                    actions.end_role(target, numbers[other], actor_id=actor)
                else:
                    actions.deactivate(target, actor_id=actor)
            except Conflict:
                db.session.rollback()
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, [(one, two), (two, one)])) == [False, True]
    assert len(people_with(Role.ADMIN)) == 1


def _grant_of(person_id: int) -> Any:
    return db.session.query(RoleGrant).filter_by(person_id=person_id, role=Role.ADMIN).one()
