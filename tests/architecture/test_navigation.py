"""Every page is in a menu, or in the list below with the way that leads to it."""

import re

import pytest

from liaison import access
from liaison.navigation import GROUPS, PLACES, SHORT
from tests import cast
from tests.architecture.routes import rules
from tests.architecture.test_access import grants

REACHED_OTHERWISE = {  # endpoint: from where
    "home": "the name of the system; leads on to the first place",
    "contacts.plan": "contacts.index",
    "contacts.briefs": "contacts.index",
    "contacts.briefs_kept": "the telephone, where there is no network; errors/offline",
    "contacts.new": "the large ＋ of every page",
    "contacts.amendments_waiting": "contacts.index, where something waits for the director",
    "contacts.late": "contacts.index, where something waits for the director",
    "contacts.find_places": "contacts.new, a fragment while typing",
    "confidential.call": "contacts.emergency, and the notice of the capture page",
    "confidential.filed": "contacts.show, where something was filed in confidence",
    "people.me": "the name at the head of every page",
    "people.password": "people.me",
    "people.own_sessions": "people.me",
    "people.second_step": "sign-in, where a telephone is known",
    "people.new_second_step": "people.me",
    "people.confirm": "deeds that ask for the password again",
    "people.delegations": "people.units",
    "people.new_unit": "people.units",
    "people.new_account": "people.accounts",
    "tickets.legacy": "oversight.ledger; tickets.index, where words are found there",
    "oversight.party_tables": "oversight.statements, for the director and the head of a college",
    "oversight.simulation": "oversight.limits",
    "oversight.set_up": "oversight.settings; home, while the system is not in use yet",
    "oversight.catalogue": "oversight.settings",
    "oversight.special_periods": "oversight.programmes, for the director",
    "oversight.declarations": "oversight.record_forms, for the office",
    "oversight.prompts": "oversight.duties, and the notice of each",
    "oversight.prompt_rules": "oversight.prompts",
}


def test_every_page_is_in_the_menu_or_has_a_named_way(app):
    pages = {r.endpoint for r in rules(app, "GET") if not r.arguments and access.declared(app, r.endpoint) != "public"}
    in_menu = {place.endpoint for place in PLACES}
    assert pages - in_menu == set(REACHED_OTHERWISE)


def test_every_place_of_the_menu_exists_and_needs_what_its_page_needs(app):
    for place in PLACES:
        needed = access.declared(app, place.endpoint)
        assert needed == (place.action or access.SIGNED_IN), place.endpoint


@pytest.mark.parametrize("login", [row[0] for row in cast.PEOPLE])
def test_the_menu_offers_what_opens_and_nothing_else(app, sign_in_as, login):
    browser = sign_in_as(login)
    for place in PLACES:
        with app.test_request_context():
            url = app.url_for(place.endpoint)
        is_granted = place.action is None or place.action in grants(login)
        page = browser.get(url)
        assert (page.status_code == 200) is is_granted, url
        assert not is_granted or f'href="{url}"' in page.text, url


@pytest.mark.parametrize(("login", "last"), [("li", "我的任务"), ("wang", "提醒")])
def test_the_phone_bar_has_four_places_and_begins_with_what_waits(sign_in_as, login, last):
    rail = sign_in_as(login).get("/notifications/").text.split("</nav>")[0]
    bar = re.findall(r"<li><a[^>]*>.*?<span>(.*?)</span>", rail)
    assert (bar[0], bar[-1], len(bar)) == ("待办", last, 4)


def test_every_place_is_in_sight_or_behind_a_heading():
    assert {place.group for place in PLACES} <= {"", *GROUPS}
    assert not [place.endpoint for place in PLACES if place.is_on_phone_bar and place.group]


@pytest.mark.parametrize(("login", "folds"), [("director", True), ("sun", False), ("admin", False)])
def test_a_long_menu_folds_and_a_short_one_is_whole(sign_in_as, login, folds):
    page = sign_in_as(login).get("/notifications/").text
    shown, _, folded = page.partition('<details class="other-places">')
    assert bool(folded) is folds
    if folds:
        assert 'href="/settings"' not in shown.split("<main")[0]
    assert (sum(1 for place in PLACES if place.action in grants(login)) + 1 > SHORT) is folds
