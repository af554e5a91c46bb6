"""负担台账: what the system asks of whom; and no field that must be filled without a paper or figure that uses it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from flask_wtf import FlaskForm

import liaison
from liaison.oversight import burden
from liaison.oversight.forms.settings import CatalogueForm, SectionForm
from liaison.people.actor import SYSTEM
from liaison.programmes.words import ContactKind
from liaison.tickets.actions import events
from tests import html
from tests.factories import make_ticket
from workflows.parts import Part
from workflows.ticket_states import State

MADE_WHEN_ASKED = (CatalogueForm, SectionForm)  # a box for each setting, which says itself what it is for


def forms_of(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        if one not in MADE_WHEN_ASKED:
            yield from forms_of(one)


@pytest.mark.usefixtures("app")
def test_every_field_that_must_be_filled_says_what_it_is_for() -> None:
    for module in pkgutil.walk_packages(liaison.__path__, "liaison."):
        if "forms" in module.name.split("."):
            importlib.import_module(module.name)
    asked = {
        label
        for form in forms_of(FlaskForm)
        if form.__module__.startswith("liaison.")
        for label in burden.required(form)
    }
    told = [label for _use, labels in burden.uses() for label in labels]
    assert set(told) == {*asked, *burden.OF_A_CONTACT, *burden.OF_A_VOICE}
    assert len(told) == len(set(told))


def test_what_a_month_asked_is_its_deeds_times_their_fields() -> None:
    staff = {"accept": 3, "head_approve": 2, burden.CONTACT_WITH_VOICE: 4, "submit": 9, "reopen": 1}
    found = burden.shares(staff, {"rate": 5, "sample": 5, "close": 7})  # the last two are the system's
    by_part = {one.part: one for one in found}
    assert list(by_part) == [Part.LEADER, Part.HOLDER, Part.HEAD, Part.CLERK]
    assert [deed.filled for deed in by_part[Part.CLERK].deeds] == [3 * 2, 1]  # 类别, 紧急程度 (domain.md §6.4); 理由
    assert by_part[Part.CLERK].deeds[0].minutes == 3 * 90 / 60
    assert [deed.words for deed in by_part[Part.HOLDER].deeds] == ["评价"]
    assert by_part[Part.HOLDER].filled == 5 * 2
    assert (by_part[Part.HEAD].filled, by_part[Part.LEADER].filled) == (0, 4 * 4)


def rows(page: Any) -> dict[str, list[str]]:
    found = {}
    for row in html.tree_of(page.text).iter("tr"):
        name, *cells = ("".join(one.itertext()).strip() for one in row)
        found[name] = cells
    return found


@pytest.fixture
def november(db: Any, frozen: Any, held: Any) -> None:
    time = frozen("2026-10-30 10:00")
    make_ticket(State.TRIAGE)
    time.to("2026-11-10 10:00")
    make_ticket(State.IN_PROGRESS)
    held("li", "2026-11-10 09:00", ContactKind.ENTER_DORM)
    held("li", "2026-11-10 09:20", ContactKind.ENTER_DORM, heard=2)
    db.session.commit()
    time.to("2026-11-18 20:40")


def test_the_office_sees_what_was_asked_in_a_month(november: None, sign_in_as: Any) -> None:
    page = sign_in_as("wang").get("/burden?month=2026-11")
    found = rows(page)
    assert found["受理（每次至多 90 秒）"][:3] == ["1", "2", "2"]
    assert found["签收"][:3] == ["1", "1", "1"]
    assert found["记一次联系，带回问题（每次至多 60 秒）"] == ["1", "4", "4", "1 分钟"]
    assert found["记一次联系（没有带回问题）（每次至多 20 秒）"] == ["1", "3", "3", "0 分钟"]
    assert rows(sign_in_as("director").get("/burden?month=2026-10"))["受理（每次至多 90 秒）"][0] == "1"


def test_what_the_system_did_was_asked_of_nobody(db: Any, frozen: Any, sign_in_as: Any) -> None:
    frozen("2026-11-10 10:00")
    closed = make_ticket(State.FEEDBACK_GIVEN)
    events.write(closed.id, "close", SYSTEM, seq=closed.event_count + 1, from_state=closed.state, to_state=State.CLOSED)
    db.session.commit()
    assert "办结" not in rows(sign_in_as("wang").get("/burden?month=2026-11"))


def test_it_is_about_roles_never_about_people(november: None, sign_in_as: Any) -> None:
    page = sign_in_as("wang").get("/burden?month=2026-11").text.split("<main")[1]
    assert not any(name in page for name in ("李书记", "张处长", "孙师傅"))


def test_a_month_without_anything_says_so(sign_in_as: Any) -> None:
    assert "没有向谁要过什么" in sign_in_as("wang").get("/burden?month=2020-01").text


def test_the_page_costs_the_same_however_much_was_asked(november: None, db: Any, sign_in_as: Any, queries: Any) -> None:
    browser = sign_in_as("wang")
    browser.get("/burden")
    with queries() as few:
        browser.get("/burden")
    for _n in range(3):
        make_ticket(State.IN_PROGRESS)
    db.session.commit()
    with queries() as more:
        browser.get("/burden")
    assert len(few) == len(more) <= 9, "\n".join(more)


@pytest.mark.parametrize("login", ["li", "zhang", "liaison", "auditor"])
def test_nobody_else_sees_it(sign_in_as: Any, login: str) -> None:
    assert sign_in_as(login).get("/burden").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client: Any) -> None:
    assert "/sign-in" in client.get("/burden").location
