"""Every address of the program with something that exists in the place of its parameters – made by 李书记, for 李书记.

A new route with a parameter needs its line here: the test that fails says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.core.db import add_one, db
from liaison.oversight.prompts.models import Prompt
from liaison.oversight.prompts.words import PromptKind
from liaison.people.models import Delegation, Post, RoleGrant, SignIn
from tests import cast
from tests.conftest import start_session
from tests.factories import make_ticket
from tests.safety.direct import direct
from workflows.ticket_states import State

STRANGERS = {  # who may open such a page at all, but not this thing
    "tickets": ("noise-leader", "noise-handler", "sun", "desk", "liu"),
    "contacts": ("noise-leader", "noise-liaison", "noise-head"),
    "people": ("wang", "zhang", "auditor"),
    "oversight": ("desk", "li", "zhang"),
    "exchange": ("li", "zhang", "auditor"),
    "feedback": (),
    "board": (),
    "confidential": ("officer",),  # hers are the restricted ones
    "slips": ("officer", "sun"),
}
Values = Callable[[Rule], dict[str, Any]]
NOTHING = {
    "number": "LX2026-999999-9",
    "login": "nobody-of-this-name",
    "code": "nothing-there",
    "name": "nothing-there",
    "month": "2019-01",
    "token": "nothing-there-at-all-x",
    "sheet": "nothing-there",
    "register": "nothing-there",
    "sort": "nothing-there",
}


@dataclass
class Things:
    """Values for the parameters of addresses; `of` picks them for one rule."""

    ticket: str
    contact: str
    ids: dict[str, Any]

    def of(self, rule: Rule) -> dict[str, Any]:
        return {name: self._value(rule, name) for name in rule.arguments}

    def _value(self, rule: Rule, name: str) -> Any:
        if name == "number":
            return self.contact if rule.endpoint.startswith("contacts.") else self.ticket
        if rule.endpoint.endswith("party_table"):
            return {"code": "mechanical", "period": "2026-2027"}[name]
        if name == "code":
            return "dorm-3" if rule.endpoint.startswith("people.") else "7K3M9QX2RT"
        if rule.endpoint.startswith("oversight.") and "setting" in rule.endpoint:
            return "sampling"
        if name in {"person", "kind"} and rule.endpoint.startswith("oversight."):
            return {"person": self.ids["vice_id"], "kind": "a1"}[name]  # 陈副校长's own: not for 李书记
        if name == "deed":
            deeds = {
                "confidential.add": "recuse",
                "confidential.remove": "admit",
                "confidential.settle_dossier": "confirm",
                "tickets.recur": "recurrence",
                "tickets.settle": "agree",
                "tickets.decide_line": "adopt",
                "oversight.order_deed": "answer",
            }
            return deeds.get(rule.endpoint, "waive_co")
        known: dict[str, Any] = {
            "order": 1,
            "prompt": self.ids["prompt_id"],
            "programme": "MOE19",
            "line": "MOE19-DEP",
            "slip": 1,
            "ticket": self.ticket,
            "key": 1,
            "person": 1,
            "month": "2026-11",
            "period": "2026-11",
            "row": 1,
            "login": "li",
            "move": "withdraw",
            "name": "general",
            "sheet": "person",
            "register": "links",
            "sort": "people",
            "place": cast.unit("dorm-3").id,
            "voice": 1,
            "token": "a-file-that-is-not-there",
            **self.ids,
        }
        if rule.endpoint in {"oversight.figure", "oversight.own_figure"}:
            return "closed_rate.cohort"
        assert name in known, f"{rule.rule}: say in tests/safety/places.py what stands for <{name}>"
        return known[name]


def things(app: Flask) -> Things:
    """One of everything, belonging to 李书记."""
    browser = direct(app, "li")
    page = browser.get("/contacts/new").text
    form_id = page.split('name="form_id"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    said = {
        "form_id": form_id,
        "kind": "enter_dorm",
        "held_at": _drawn(page, "held_at"),
        "leaders": cast.person("li").id,
    }
    said |= {"csrf_token": browser.token(), "place_id": cast.unit("dorm-3").id, "acknowledged": "yes"}
    answer = browser.post(
        "/contacts/new", data={**said, "problems-0-text": "三楼的热水器坏了", "problems-0-kind": "help"}
    )
    assert answer.status_code == 303, answer.text
    start_session(cast.person("li"))
    return Things(
        ticket=make_ticket(State.SUBMITTED).number,
        contact=db.session.scalars(db.select(Contact.number)).one(),
        ids={
            "vice_id": cast.person("chen").id,
            "post_id": _first(Post, person_id=cast.person("li").id),
            "grant_id": _first(RoleGrant, person_id=cast.person("li").id),
            "delegation_id": _first(Delegation, leader_id=cast.person("li").id),
            "prompt_id": _prompt(),
            "sign_in_id": _first(SignIn, person_id=cast.person("li").id),
        },
    )


def _prompt() -> int:
    """A question to 陈副校长, still his alone: 李书记 does not know of it."""
    row = {
        "kind": PromptKind.DELAY,
        "person_id": cast.person("chen").id,
        "period": "2026-2027-1",
        "term": "2026-2027-1",
    }
    alone = {"asked_at": clock.now(), "private_until": clock.now() + timedelta(days=7)}
    return add_one(Prompt, row | alone | {"part": 3, "whole": 5, "key": "a question"})


def _drawn(page: str, name: str) -> str:
    return page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def _first(model: Any, **where: Any) -> int:
    found = db.session.scalars(db.select(model.id).filter_by(**where).order_by(model.id)).first()
    assert found is not None
    return int(found)


def addresses(app: Flask, methods: set[str], values: Values) -> list[tuple[Rule, str, str]]:
    """Rule, method and address of every route but static/."""
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    with app.test_request_context():
        return [
            (rule, method, url_for(rule.endpoint, **values(rule)))
            for rule in routes
            for method in sorted(methods & (rule.methods or set()))
        ]


def missing(things_there: Things) -> Values:
    """The same addresses with a value that nothing has."""

    def values(rule: Rule) -> dict[str, Any]:
        there = things_there.of(rule)
        return {name: 987_654 if isinstance(value, int) else NOTHING.get(name, value) for name, value in there.items()}

    return values
