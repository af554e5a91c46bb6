"""Every address × method × role: never a fault, and what is not yours is as if it were not there (V-01, V-02, G-09)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from liaison import access
from liaison.people.words import Role
from tests import cast
from tests.safety.direct import direct, rows
from tests.safety.places import STRANGERS, addresses, missing, things

ONE_OF_EACH = {role: next(row[0] for row in cast.PEOPLE if role in row[4]) for role in Role}
METHODS = {"GET", "POST"}
OTHERS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
CHANGING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+|[0-9a-f]{16}|name=\"csrf_token\" value=\"[^\"]*\"|data-drawn=\"\d+\"")


@pytest.fixture
def here(app: Any, db: Any) -> Any:
    there = things(app)
    db.session.commit()
    return there


@pytest.mark.parametrize("login", [*dict.fromkeys(ONE_OF_EACH.values()), None])
def test_every_address_answers_everybody_without_a_fault(app, here, login):
    """Nobody and one of each role ask for everything, with what exists and with what does not."""
    browser, asked, wrong = direct(app, login), Counter(), []
    for values in (missing(here), here.of):
        for rule, method, address in addresses(app, METHODS, values):
            if rule.endpoint == "people.sign_out":
                continue  # or the rest would be asked by nobody
            answer = browser.get(address) if method == "GET" else browser.send(address)
            asked[method] += 1
            if answer.status_code >= 500 or _is_open_to_nobody(app, rule, login, answer):
                wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert asked.total() == 2 * (sum(1 for _ in addresses(app, METHODS, here.of)) - 1)


def _is_open_to_nobody(app: Any, rule: Any, login: str | None, answer: Any) -> bool:
    """A visitor gets to the sign-in page and no further."""
    is_public = access.declared(app, rule.endpoint) == access.PUBLIC
    return login is None and not is_public and not (answer.status_code == 303 and "/sign-in" in answer.location)


def test_other_methods_are_not_known_and_change_nothing(app, here):
    browser, known = direct(app, "wang"), defaultdict(set)
    for _rule, method, address in addresses(app, METHODS, here.of):
        known[address].add(method)
    before = rows()
    for address, methods in known.items():
        answers = {method: browser.open(address, method=method).status_code for method in OTHERS - methods}
        assert set(answers.values()) <= {404, 405}, (address, answers)  # 404: read as the number of a thing
    assert rows() == before


@pytest.mark.parametrize("capability", STRANGERS)
def test_what_is_there_and_not_yours_is_answered_like_what_is_not_there(app, db, here, capability):
    compared = 0
    for login in STRANGERS[capability]:
        browser = direct(app, login)
        pairs = zip(addresses(app, METHODS, here.of), addresses(app, METHODS, missing(here)), strict=True)
        for (rule, method, there), (_rule, _method, nowhere) in pairs:
            if rule.arguments and rule.endpoint.startswith(f"{capability}."):
                answers = [browser.get(a) if method == "GET" else browser.send(a) for a in (there, nowhere)]
                compared += 1
                assert answers[0].status_code == answers[1].status_code == 404, (login, method, there)
                assert _said(answers[0], there) == _said(answers[1], nowhere), (login, method, there)
    assert compared or not STRANGERS[capability] or capability in {"exchange"}


def _said(answer: Any, address: str) -> str:
    """The page without what is different each time."""
    return CHANGING.sub("", answer.text.replace(answer.headers["X-Request-Id"], "").replace(address, ""))


def test_every_capability_has_its_strangers(app):
    assert {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules() if rule.arguments} - {"static"} <= set(
        STRANGERS
    )
