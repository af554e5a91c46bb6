"""What the tests of the record forms share: the rules that ask for them, and contacts held on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from liaison.contacts.actions.filing import Problem, file_contact
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.core import clock
from liaison.people.models import Post
from liaison.people.words import PostCategory
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.models import Programme
from liaison.programmes.words import ContactKind
from tests import cast
from tests.factories import actor, at, unit_id

NOVEMBER = date(2026, 11, 1)
LATER = {"title", "is_late"}  # facts no form has yet


@pytest.fixture
def fujian(db: Any) -> int:
    """The shipped rules are all in force, 五联七进 and 三特一体 among them; the key of their programme."""
    settle_programmes(all_in_force=True)
    return db.session.scalars(db.select(Programme.id).filter_by(code="FJ21")).one()


@pytest.fixture
def held(db: Any) -> Callable[..., Contact]:
    """held("li", "2026-11-05 15:00", ContactKind.ENTER_DORM, heard=2): a contact filed on the spot, with problems."""

    def make(login: str, when: str, kind: ContactKind, place: str = "dorm-3", heard: int = 0, **said: Any) -> Contact:
        with clock.at(at(when)):
            by, later = said.pop("by", login), {name: said.pop(name) for name in LATER & said.keys()}
            given = {"leader_ids": (actor(login).id,), "place_id": unit_id(place) if place else None} | said
            problems = [Problem(text=f"第 {n} 件事一直没有人管，请帮忙问问") for n in range(1, heard + 1)]
            filed = file_contact(actor(by), Occasion(held_at=at(when), kind=kind, **given), problems, "事后补记")
        contact = db.session.get_one(Contact, filed.contact_id)
        for name, value in later.items():
            setattr(contact, name, value)
        db.session.flush()
        return contact

    return make


@pytest.fixture
def post_of(db: Any) -> Callable[..., Post]:
    """post_of("sun", P.DIVISION_DEPUTY, from_on=…): another post of one of the cast."""

    def add(login: str, category: PostCategory, title: str = "副处长", unit: str = "logistics", **days: Any) -> Post:
        given = {"from_on": cast.LONG_AGO} | days
        row = Post(person_id=cast.person(login).id, unit_id=unit_id(unit), title=title, category=category, **given)
        db.session.add(row)
        db.session.flush()
        return row

    return add
