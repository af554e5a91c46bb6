"""Closed by default: every route says who may use it, and the door holds to it (safety.md V-01, V-02, V-16)."""

import re

import pytest
from flask import Flask

from liaison import access
from liaison.access import Action
from liaison.people.words import Role
from tests import cast
from tests.architecture.routes import address, rules
from tests.safety.direct import direct
from workflows.parts import Part

PUBLIC = {  # endpoint: why anybody may use it
    "people.sign_in": "one has to get in",
    "people.language": "a visitor chooses the language of the sign-in and code pages",
    "feedback.index": "students have no account: they type their code here",
    "feedback.show": "where the picture on the card leads; asks the database nothing",
    "feedback.read": "the code itself is the key",
    "feedback.privacy": "who reads what is kept about him must not need an account",
    "feedback.rate": "the code itself is the key",
    "feedback.remark": "the code itself is the key",
    "feedback.supplement": "the code itself is the key",
    "feedback.reopen": "the code itself is the key",
    "feedback.withdraw": "the code itself is the key",
    "feedback.object_to_route": "the code itself is the key",
    "feedback.leave": "the code itself is the key",
    "feedback.forget": "the code itself is the key: whoever left it deletes it",
    "contacts.emergency": "telephone numbers; must open when the session has ended, and without network",
    "contacts.offline": "what the phone shows without network",
    "contacts.worker": "the script that keeps the draft page on the phone",
    "board.index": "what came of what students said is for all of them; merged counts and released texts only",
    "board.show": "as the index, of one building or college",
    "board.sheet": "the same on paper, for the corridor",
    "board.feed": "the same for the website of the university",
    "board.feed_of_place": "the same for the website of the university",
    "healthz": "says only ok",
}

ONE_FOR_EACH_SET_OF_ROLES = sorted({frozenset(row[4]): row[0] for row in cast.PEOPLE}.values())


def declared(app, rule):
    return access.declared(app, rule.endpoint)


def test_the_public_routes_are_those_of_the_list(app):
    found = {r.endpoint for m in ("GET", "POST") for r in rules(app, m) if declared(app, r) == access.PUBLIC}
    assert found == set(PUBLIC), "a public route needs its reason in this list"


def test_the_program_refuses_to_start_with_an_undeclared_route():
    open_house = Flask("planted")
    open_house.add_url_rule("/open", "open", lambda: "everything")
    with pytest.raises(RuntimeError, match=r"without an access declaration.*open"):
        access.refuse_undeclared(open_house)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_visitor_is_sent_to_the_sign_in(app, client, method):
    open_to_visitors = []
    for rule in rules(app, method):
        if declared(app, rule) != access.PUBLIC:
            send = client.get if method == "GET" else client.send
            response = send(address(app, rule))
            if response.status_code != 303 or "/sign-in" not in response.location:
                open_to_visitors.append(f"{rule.rule}: {response.status_code}")
    assert not open_to_visitors


@pytest.mark.parametrize("login", ONE_FOR_EACH_SET_OF_ROLES)
def test_what_the_matrix_does_not_grant_is_not_there(app, login):
    browser, granted = direct(app, login), grants(login)
    wrong = []
    for rule in rules(app, "GET"):
        action = declared(app, rule)
        if isinstance(action, Action) and action not in granted:
            status = browser.get(address(app, rule)).status_code
            if status != 404:
                wrong.append(f"{rule.rule}: {status}")
    assert not wrong


@pytest.mark.parametrize("login", ONE_FOR_EACH_SET_OF_ROLES)
def test_what_the_matrix_grants_opens(app, login):
    browser, granted = direct(app, login), grants(login)
    wrong = []
    for rule in rules(app, "GET"):
        if not rule.arguments and declared(app, rule) in granted | {access.SIGNED_IN}:
            status = browser.get(address(app, rule)).status_code
            if status not in {200, 302, 303}:
                wrong.append(f"{rule.rule}: {status}")
    assert not wrong


@pytest.mark.parametrize("token", [None, "", "random", "another session's"])
def test_nothing_is_written_without_the_form_token(app, client, sign_in_as, token):
    browser = sign_in_as("wang")
    value = client.token() if token == "another session's" else token
    data = {} if value is None else {"csrf_token": value}
    wrong = []
    for rule in rules(app, "POST"):
        if declared(app, rule) == access.PUBLIC or may(declared(app, rule), "wang"):
            status = browser.post(address(app, rule), data=data).status_code
            if status != 400:
                wrong.append(f"{rule.rule}: {status}")
    assert not wrong


def test_every_action_is_used_by_some_route_or_query():
    """A row of the matrix that nothing asks for would look like a right that somebody has."""
    from tests.architecture.source import ROOT, files

    text = "".join((ROOT / p).read_text("utf-8") for p in files("liaison") if not p.endswith("access.py"))
    assert not [action.name for action in Action if not re.search(rf"\bAction\.{action.name}\b", text)]


def test_no_role_of_the_machine_room_sees_a_ticket():
    """admin and security never read what students said (domain.md §2.2)."""
    for action in (Action.VIEW_TICKETS, Action.VIEW_RESTRICTED, Action.WORK_TICKETS, Action.VIEW_CONTACTS):
        assert not {Role.ADMIN, Role.SECURITY} & set(access.MATRIX[action])


def test_liaisons_desks_and_clerks_have_no_part_in_restricted_matters():
    restricted = access.MATRIX[Action.VIEW_RESTRICTED]
    assert not {Role.LIAISON, Role.DESK, Role.CLERK, Role.LEADER} & set(restricted)
    everything = access.Relation(is_restricted=True, lead_unit_id=1, college_id=1)
    for role in (Role.CLERK, Role.DESK):
        actor = access.Actor(1, "x", roles=frozenset({role}), units={role: frozenset({1})})
        assert not access.parts_of(actor, everything) & {Part.CLERK, Part.DESK, Part.DIRECTOR}


def grants(login):
    roles = {role for row in cast.PEOPLE if row[0] == login for role in row[4]}
    return {action for action in Action if roles & set(access.MATRIX[action])}


def may(wanted, login):
    return wanted == access.SIGNED_IN or wanted in grants(login)
