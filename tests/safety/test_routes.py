"""Every address × method × role: never a fault, and what is not yours is as if it were not there (V-01, V-02, G-09)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liaison import access
from liaison.people.words import Role
from tests import cast
from tests.safety.direct import direct, rows
from tests.safety.places import STRANGERS, addresses, missing, things

ONE_OF_EACH = {role: next(row[0] for row in cast.PEOPLE if role in row[4]) for role in Role}
METHODS = {"GET", "POST"}
OTHERS = {"POST", "PUT", "PATCH", "DELETE", "TRACE"}
OF_ONE_S_OWN = {  # names no thing of anybody: who may open it sees his own tickets behind it
    "oversight.figure",
    "oversight.own_figure",
    "contacts.brief",
}
CHANGING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+|[0-9a-f]{16}|name=\"csrf_token\" value=\"[^\"]*\"|data-drawn=\"\d+\"")


@pytest.fixture
def here(app: Any, db: Any) -> Any:
    there = things(app)
    db.session.commit()
    return there


def test_every_address_answers_everybody_without_a_fault(app, here):
    """Nobody and one of each role ask for everything: with what exists, and with what does not."""
    there, nothing = addresses(app, METHODS, here.of), _of_nothing(app, here)
    people = [*dict.fromkeys(ONE_OF_EACH.values()), None]
    asked, wrong = 0, []
    for login in people:
        browser = direct(app, login)
        everything = [*there, *nothing] if login in {"wang", None} else there  # strangers: see below
        for rule, method, address in everything:
            if rule.endpoint == "people.sign_out":
                continue  # or the rest would be asked by nobody
            answer = browser.get(address) if method == "GET" else browser.send(address)
            asked += 1
            if answer.status_code >= 500 or _is_open_to_nobody(app, rule, login, answer):
                wrong.append((login, method, address, answer.status_code))
    assert wrong == []
    assert asked == len(people) * (len(there) - 1) + 2 * len(nothing)


def _of_nothing(app: Any, here: Any) -> list[Any]:
    return [one for one in addresses(app, METHODS, missing(here)) if one[0].arguments]


def _is_open_to_nobody(app: Any, rule: Any, login: str | None, answer: Any) -> bool:
    """A visitor gets to the sign-in page and no further."""
    is_public = access.declared(app, rule.endpoint) == access.PUBLIC
    return login is None and not is_public and not (answer.status_code == 303 and "/sign-in" in answer.location)


def test_other_methods_are_not_known_and_change_nothing(app, here):
    browser, router = direct(app, "wang"), app.url_map.bind("localhost")
    before = rows()
    for turn, address in enumerate(sorted({address for _rule, _method, address in addresses(app, METHODS, here.of)})):
        unknown = sorted(OTHERS - set(router.allowed_methods(address)))
        method = unknown[turn % len(unknown)]  # the router refuses all of them; each is asked in its turn
        assert browser.open(address, method=method).status_code == 405, (method, address)
    assert rows() == before


@pytest.mark.parametrize("capability", STRANGERS)
def test_what_is_there_and_not_yours_is_answered_like_what_is_not_there(app, db, here, capability):
    compared = 0
    for login in STRANGERS[capability]:
        browser = direct(app, login)
        pairs = zip(addresses(app, METHODS, here.of), addresses(app, METHODS, missing(here)), strict=True)
        for (rule, method, there), (_rule, _method, nowhere) in pairs:
            if rule.arguments and rule.endpoint.startswith(f"{capability}.") and rule.endpoint not in OF_ONE_S_OWN:
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
