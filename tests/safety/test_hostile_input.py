"""Whatever is sent, the answer is a sentence or a refusal, never a fault, and never slow (V-13, V-17, V-20, G-12)."""

from __future__ import annotations

import random
import time
import uuid
from typing import Any
from urllib.parse import quote

import pytest

from liaison.tickets.models import Ticket
from tests import html
from tests.client import find_form
from tests.factories import make_ticket, unit_id
from tests.safety.direct import direct
from tests.safety.places import addresses, things
from tests.safety.rounds import rounds
from tests.tickets.deeds import DEEDS
from workflows.ticket_states import State

HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[2J",
    "\r\nSet-Cookie: x=1",
    "'",
    "' OR 1=1 --",
    '"; DROP TABLE ticket; --',
    "%' ESCAPE '!",
    "\\",
    "{{7*7}}${7*7}<%= 7 %>",
    "../../../../etc/passwd",
    "-1",
    "0",
    str(2**31),
    str(2**63),
    str(-(2**63) - 1),
    "9" * 400,
    "1e309",
    "NaN",
    "０１２",
    "٣",
    "²",
    "true",
    "None",
    "null",
    "[]",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2026-02-30",
    "2026-11-18T25:61",
    "\u202egnp.exe",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a\u0301" * 600,
    "长" * 20_000,
    "=1+1",
    "(" * 5_000,
    "1" * 16 + " " * 5_000 + "x",
]
QUERIES = """text stage state unit category place term mine progress tab after before open narrow history next q kind
month code""".split()
PUBLIC = ["/sign-in", "/code", "/code/rate", "/code/remark", "/code/reopen", "/code/supplement", "/language"]
PUBLIC_FIELDS = "login password next code number solved satisfied text reason language form_id".split()
FINE = {200, 201, 302, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429}
HALF = len(HOSTILE) // 2  # of each run; LIAISON_ROUNDS asks for more
SLOW = 20.0  # seconds of work in one answer: a pattern that goes back and forth takes minutes


@pytest.fixture
def chance() -> random.Random:
    seed = random.randrange(10**9) if len(rounds(1)) > 1 else 2026  # the night looks further; a build repeats itself
    print(f"seed {seed}")  # noqa: T201 – shown when the test fails
    return random.Random(seed)


def ask(browser: Any, method: str, address: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    """One request; a fault or a slow answer fails the test with what was sent."""
    began = time.thread_time()
    answer = browser.get(address, **more) if method == "GET" else browser.send(address, data, **more)
    what = f"{method} {address[:200]} {str(data)[:300]}"
    assert answer.status_code in FINE, f"{answer.status_code}: {what}"
    assert time.thread_time() - began < SLOW, what
    return answer


@pytest.mark.parametrize("login", ["wang", "li", "admin", None])
def test_addresses_with_nonsense_in_them(app, db, chance, login):
    browser, there = direct(app, login), things(app)
    plain = [address for _rule, _method, address in addresses(app, {"GET"}, there.of)]
    for _ in rounds(1):
        for value in chance.sample(HOSTILE, HALF):
            asked = "&".join(f"{name}={quote(value)}" for name in chance.sample(QUERIES, 2))
            address = f"{chance.choice(plain)}?{asked}"
            ask(browser, "GET", address)
        for value in chance.sample(HOSTILE, HALF):
            path = chance.choice(
                ["/tickets/{}", "/contacts/{}", "/contacts/{}/card", "/accounts/{}", "/units/{}", "/code/{}"]
            )
            ask(browser, "GET", path.format(quote(value, safe="") or "x"))


@pytest.mark.parametrize("name", DEEDS)
def test_moves_with_nonsense_in_their_fields(app, db, frozen, chance, name):
    time_, deed = frozen("2026-11-02 09:00"), DEEDS[name]
    ticket = deed.ticket()
    time_.on(days=deed.days_later)
    browser, typed = direct(app, deed.right), {"version": ticket.version, **deed.typed(ticket)}
    address = f"/tickets/{ticket.number}/{name}"
    for _ in rounds(1):
        for field in [*typed, "back", "review_on", "handler"]:
            for value in chance.sample(HOSTILE, 1):
                answer = ask(browser, "POST", address, {**typed, field: value})
                assert answer.status_code != 303 or field not in {"voice", "lead", "handler", "category", "answered_by"}


@pytest.mark.parametrize("name", ["accept", "dispatch", "sign", "withdraw"])
def test_what_no_field_asks_for_is_not_taken(app, db, name):
    deed = DEEDS[name]
    ticket = deed.ticket()
    more = {"state": "closed", "id": "1", "confidentiality": "sealed", "due_at": "2030-01-01", "due_on": "2030-01-01"}
    more |= {"actor": "1", "as_system": "1", "at": "2030-01-01", "extra": "clerk", "voice_id": "1", "move": "close"}
    more |= {"co": str(unit_id("it-centre")), "told_count": "9", "number": "LX2026-000001-7", "given": "x"}
    before = ticket.confidentiality, ticket.number, ticket.told_count, ticket.filed_by_id
    answer = direct(app, deed.right).send(
        f"/tickets/{ticket.number}/{name}", {**more, "version": ticket.version, **deed.typed(ticket)}
    )
    assert answer.status_code == 303
    db.session.expire_all()
    assert ticket.state is deed.state
    assert (ticket.confidentiality, ticket.number, ticket.told_count, ticket.filed_by_id) == before
    assert ticket.due_at is None or ticket.due_at.year < 2030


def test_the_capture_page_with_nonsense_in_its_fields(app, db, chance):
    browser = direct(app, "li")
    page = browser.get("/contacts/new")
    drawn = html.form_fields(find_form(page, "/contacts/new", to="/contacts/new", move=None))
    fields = {**drawn, "place_id": unit_id("dorm-3"), "acknowledged": "yes", "problems-0-text": "三楼的热水器坏了"}
    more = ["problems-0-answer", "problems-0-category_id", "problems-9999999999-text", "problems-x-text", "targets"]
    for _ in rounds(1):
        for field in [*fields, *more, "late_reason", "find", "add_problem", "place_text", "headcount", "minutes"]:
            for value in chance.sample(HOSTILE, 2):
                ask(browser, "POST", "/contacts/new", {**fields, "form_id": uuid.uuid4().hex, field: value})


def test_what_a_visitor_may_send_with_nonsense_in_it(app, db, chance):
    browser = direct(app, None)
    for _ in rounds(2):
        for value in HOSTILE:
            ask(browser, "POST", chance.choice(PUBLIC), dict.fromkeys(chance.sample(PUBLIC_FIELDS, 4), value))


@pytest.mark.parametrize(
    "more",
    [
        {"data": b"\xff\xfe\x00", "content_type": "application/x-www-form-urlencoded"},
        {"data": b"{", "content_type": "application/json"},
        {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
        {"data": b"--x", "content_type": "multipart/form-data"},
        {"data": b"a=" + b"x" * (3 * 1024 * 1024), "content_type": "application/x-www-form-urlencoded"},
        {"data": b"&".join(b"a%d=1" % n for n in range(5_000)), "content_type": "application/x-www-form-urlencoded"},
        {
            "headers": {
                "X-Forwarded-For": "'; --",
                "X-Forwarded-Host": "elsewhere.example",
                "Accept-Language": "\u00ff" * 40,
            }
        },
        {"headers": {"Accept": "*/*;q=x", "Content-Length": "-1"}},
        {"headers": {"Cookie": "sign-in=%00; form=x.y.z; language='"}},
        {"headers": {"Cookie": "sign-in=" + "x" * 7_000}},
    ],
    ids=lambda more: next(iter(more.values()))[:20] if "data" in more else str(more)[:40],
)
@pytest.mark.parametrize("address", ["/contacts/new", "/tickets/LX2026-000001-7/withdraw", "/sign-in", "/code"])
def test_bodies_and_headers_that_no_browser_sends(app, db, address, more):
    for login in ("li", None):
        answer = direct(app, login).post(address, **more)
        assert answer.status_code in FINE


def test_the_way_back_leads_nowhere_else(app, db):
    """V-11: only our own lists, never another site or a header of its own."""
    browser = direct(app, "wang")
    targets = [
        "//evil.example",
        "https://evil.example/queue?",
        "/\\evil.example",
        "/queue@evil.example",
        "/queuex",
        "javascript:x",
    ]
    targets += ["/queue?\r\nSet-Cookie: x=1", "\t/queue", "/tickets/../sign-out", "", "/queue?tab=a&open=zzz"]
    for target in targets:
        ticket = make_ticket(State.SUBMITTED)
        data = {"version": ticket.version, **DEEDS["accept"].typed(ticket), "back": target}
        answer = ask(browser, "POST", f"/tickets/{ticket.number}/accept", data)
        assert answer.location.startswith((f"/tickets/{ticket.number}", "/queue?")), target
        assert "evil" not in answer.location.split("?", maxsplit=1)[0]
        assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))
    assert db.session.scalar(db.select(db.func.count()).select_from(Ticket)) == len(targets)


def test_a_number_of_four_hundred_digits_is_too_large_and_no_fault(app, db):
    browser = direct(app, "li")
    assert "请填 1 到 600 之间的数。" in browser.send("/contacts/new", {"minutes": "9" * 400}).text
