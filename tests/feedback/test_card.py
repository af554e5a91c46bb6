"""The pages before the code is known to be right: they ask the database nothing and tell nobody (rulings §13)."""

import pytest

from tests.client import forms

CODE = "ABCDE12345"


def test_the_first_page_asks_for_the_code(client, queries):
    with queries() as asked:
        page = client.get("/code")
    assert (page.status_code, "查询码" in page.text) == (200, True)
    assert not asked


def test_the_link_of_a_card_shows_one_button_and_asks_nothing(client, queries):
    with queries() as asked:
        page = client.get(f"/code/{CODE}")
    [form] = [form for form in forms(page) if form.get("action") == "/code"]
    assert len(list(form.iter("button"))) == 1
    assert "ABCDE-12345" in page.text
    assert not asked


def test_a_right_and_a_wrong_link_look_alike(voice, client):
    held = voice()
    right, wrong = client.get(f"/code/{held.code}").text, client.get(f"/code/{CODE}").text
    assert len(right.splitlines()) == len(wrong.splitlines())
    assert held.number not in right


def test_the_button_opens_the_page(voice, client):
    held = voice()
    page = client.submit(f"/code/{held.code}", to="/code")
    assert (page.status_code, held.number in page.text) == (200, True)


@pytest.mark.parametrize("code", ["ABC", "A" * 60, "ABCDE1234é", "查询码"])
def test_a_torn_link_asks_for_the_code_again(client, code):
    page = client.get(f"/code/{code}")
    assert page.status_code == 404
    assert "查询码" in page.text


@pytest.mark.parametrize("address", ["/code", f"/code/{CODE}"])
def test_the_address_travels_to_nobody_and_is_kept_nowhere(client, address):
    page = client.get(address)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert 'content="no-referrer"' in page.text


def test_the_answer_page_travels_to_nobody_either(voice, holder):
    page = holder.open(voice().code)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/code", "/code/rate", "/code/remark", "/code/supplement", "/code/reopen"])
def test_without_the_form_token_nothing_happens(voice, client, address):
    held = voice("accept")
    page = client.post(address, data={"code": held.code, "number": held.number, "text": "四楼也没有"})
    assert (page.status_code, held.voice.text in page.text) == (400, False)
    assert (held.voice.opened_at, held.ticket.event_count) == (None, 2)


def test_over_https_the_page_opens_although_the_browser_sends_no_referer(voice, client):
    """Referrer-Policy no-referrer and a strict check of the Referer together would shut everybody out."""
    held = voice()
    secure = {"base_url": "https://localhost"}
    page = client.post("/code", data={"code": held.code, "csrf_token": client.token()}, **secure)
    assert (page.status_code, held.number in page.text) == (200, True)
