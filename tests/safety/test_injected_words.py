"""A tag, an attribute, a script address in every stored text: every page of every role shows it as text (V-06, R24)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from liaison.calendars.models import Term
from liaison.contacts.models import Contact
from liaison.core import clock
from liaison.core.db import db as extension
from liaison.people.actor import HOLDER
from liaison.people.models import Person, Post, Unit
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import Category, Ticket, Voice
from tests import html
from tests.factories import actor, category_id, make_ticket, move, raised, unit_id, voice_of
from tests.safety.direct import direct
from tests.safety.places import Things, addresses, things
from workflows.ticket_states import State

NAME = "\"'><probe on=1>"  # short enough for every name
WORDS = "\"'></textarea></title><probe onclick=x><a href=javascript:x>{{7*7}}<script>x()</script>&lt;probe&gt;"
TEXTS = {
    "text": WORDS + "没有热水",
    "answer": WORDS + "已经修好，十点到十二点供应热水。",
    "reason": WORDS,
    "note": WORDS,
}
MARKED = re.compile(r"<probe|<script>x|<a href=javascript|<[a-z][^<>]*[\s\"'/]on\w*\s*=", re.IGNORECASE)
QUOTED = re.compile(r"=\"[^\"]*\"")
ROLES = ["li", "liaison", "wang", "director", "zhang", "sun", "auditor", "admin", "security"]


@pytest.fixture
def poisoned(app: Any, db: Any) -> Things:
    """The words of an attacker wherever words are kept."""
    there = things(app)
    for model, column in ((Person, "name"), (Unit, "name"), (Unit, "aliases"), (Post, "title")):
        for row in db.session.scalars(db.select(model)):
            setattr(row, column, NAME)
    category_id("03")
    for row in db.session.scalars(db.select(Category)):
        row.name = row.name_en = NAME
    contact = db.session.scalars(db.select(Contact)).one()
    contact.summary = NAME
    contact.place_id, contact.place_text = None, NAME
    term = {"first_monday": clock.today(), "last_day": clock.today().replace(year=clock.today().year + 1)}
    db.session.add(Term(name=NAME, academic_year="2026-2027", **term))
    there.ticket = _ticket().number
    db.session.commit()
    return there


def _ticket() -> Ticket:
    """Through every move that keeps words, up to a reopened one."""
    made = raised(text=TEXTS["text"])
    ticket = extension.session.get_one(Ticket, made.ticket_id)
    move(ticket, "accept", "wang", urgency="ordinary", category=str(category_id("03")))
    move(ticket, "ask_info", "wang", question=WORDS)
    move(ticket, "supplement", "li", text=WORDS)
    move(ticket, "dispatch", "wang", lead=str(unit_id("logistics")), limit_class="general", instruction=WORDS)
    move(ticket, "sign", "sun", handler=str(actor("sun").id))
    move(ticket, "progress", "sun", note=WORDS)
    grounds = {"reason_class": "facts", "basis": WORDS, "alternative": WORDS, "internal_note": WORDS}
    move(ticket, "submit_answer", "sun", outcome="D", answer=TEXTS["answer"], **grounds)
    move(ticket, "head_return", "zhang", reason=WORDS)
    move(ticket, "submit_answer", "sun", outcome="D", answer=TEXTS["answer"], **grounds)
    move(ticket, "head_approve", "zhang")
    move(ticket, "office_approve", "wang")
    move(ticket, "tell", "wang", voice_of(ticket), channel="phone", note=WORDS)
    rate = {"solved": "no", "satisfied": 1, "text": WORDS}
    make_move(ticket, "rate", actor=HOLDER, as_holder=True, voice_id=voice_of(ticket), **rate)
    return ticket


def injected(text: str) -> list[str]:
    """What the page holds that only an attacker would have put there."""
    if not MARKED.search(QUOTED.sub('=""', text)):  # then there is nothing a browser could take for markup of his
        return []
    tree, _guesses = html.parse(text)
    found = []
    for node in tree.iter():
        if isinstance(node.tag, str):
            found += [f"<{node.tag}>"] if node.tag == "probe" or _is_foreign_script(node) else []
            found += [f"{key}={value}" for key, value in node.attrib.items() if _is_live(key, value)]
    return found


def _is_foreign_script(node: Any) -> bool:
    return node.tag == "script" and "x()" in "".join(node.itertext())


def _is_live(key: str, value: str) -> bool:
    is_address = key in {"href", "src", "action", "formaction"}
    return (key.startswith("on") and key != "on") or (is_address and value.strip().lower().startswith("javascript:"))


@pytest.mark.parametrize("login", ROLES)
def test_every_page_shows_the_words_as_words(app, poisoned, login):
    browser, seen = direct(app, login), 0
    pages = [address for _rule, _method, address in addresses(app, {"GET"}, poisoned.of)]
    number = poisoned.ticket
    pages += [f"/tickets/?open={number}", f"/queue?open={number}", "/tickets/?narrow=1", f"/tickets/{number}?history=1"]
    for page in pages:
        answer = browser.get(page)
        if answer.mimetype not in html.CHECKED:
            continue  # a file: what it holds is no markup to a browser
        assert injected(answer.text) == [], page
        seen += "probe" in answer.text
    assert seen >= 2, "the words were hardly shown: does the test still poison what is shown?"


def test_the_page_of_a_code_shows_them_as_words(app, db, poisoned):
    code = raised(text=TEXTS["text"]).code
    ticket = db.session.scalars(db.select(Ticket).order_by(Ticket.id.desc())).first()
    move(ticket, "withdraw", "li", reason=WORDS)
    page = direct(app, None).send("/code", {"code": code})
    assert injected(page.text) == []
    assert db.session.scalars(db.select(Voice.text).filter_by(ticket_id=ticket.id)).one() == TEXTS["text"]


@pytest.mark.parametrize(
    "address",
    [
        "/tickets/?text={}",
        "/tickets/?stage={}&unit={}&progress={}",
        "/queue?tab={}&after={}",
        "/tickets/{}",
        "/sign-in?next=/{}",
        "/contacts/{}",
        "/contacts/places?q={}",
        "/code/{}",
        "/nothing/{}",
    ],
)
def test_words_in_an_address_come_back_as_words(app, db, address):
    page = direct(app, "li").get(address.replace("{}", quote(WORDS, safe="")))
    assert page.status_code < 500
    assert injected(page.text) == []


def test_what_was_typed_comes_back_as_words(app, db):
    ticket = make_ticket(State.IN_PROGRESS)
    browser = direct(app, "sun")
    for data in (
        {"outcome": "D", "answer": WORDS, "basis": WORDS},
        {"outcome": WORDS, "answer": "x", "version": WORDS},
    ):
        page = browser.send(f"/tickets/{ticket.number}/submit_answer", data)
        assert page.status_code in {409, 422}
        assert injected(page.text) == []
        assert "probe" in page.text


def test_the_alarm_would_sound(app):
    assert injected(f"<p>{WORDS}</p>")
    assert injected(f'<input value="{NAME}">')
    assert not injected("<p>&lt;probe onclick=x&gt;</p>")
