"""Guessing finds nothing: wrong codes are counted per address, right ones always open (rulings §13 «Codes»)."""

import random

import pytest
from sqlalchemy import select

from liaison.feedback import queries
from liaison.people.models import FailedTry
from liaison.tickets.actions import codes
from liaison.tickets.actions.codes import ALPHABET, LENGTH
from tests.feedback.conftest import TO_ANSWER

WRONG = "ABCDE12345"


def guesses(count):
    lots = random.Random(7)
    return ["".join(lots.choices(ALPHABET, k=LENGTH)) for _ in range(count)]


def test_a_thousand_guesses_find_nothing(app, voice):
    voice(TO_ANSWER)
    assert not [code for code in guesses(1000) if queries.find(codes.hashed(code))]


def test_after_ten_wrong_ones_an_address_has_to_wait(db, voice, holder):
    held = voice(TO_ANSWER)
    answers = [holder.open(code) for code in guesses(30)]
    assert [page.status_code for page in answers] == [404] * 10 + [429] * 20
    assert not [page for page in answers if held.number in page.text]
    assert held.ticket.told_count == 0


def test_a_right_code_opens_even_for_an_address_that_guessed(voice, holder):
    held = voice()
    for code in guesses(12):
        holder.open(code)
    assert holder.open(held.code).status_code == 200
    assert holder.open(WRONG).status_code == 429


def test_whoever_waits_reads_for_how_long_and_that_the_right_code_opens(holder):
    for code in guesses(10):
        holder.open(code)
    page = holder.open(WRONG).text
    assert "60 分钟后再试" in page
    assert "正确的查询码随时可以打开" in page


def test_after_an_hour_one_may_try_again(holder, frozen):
    stopped = frozen("2026-11-18 20:40")
    for code in guesses(11):
        holder.open(code)
    stopped.on(minutes=61)
    assert holder.open(WRONG).status_code == 404


def test_another_address_is_not_made_to_wait(app, holder):
    for code in guesses(11):
        holder.open(code)
    other = app.test_client()
    assert other.send("/code", {"code": WRONG}, environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 404


@pytest.mark.parametrize("deed", ["rate", "remark", "supplement", "reopen"])
def test_deeds_are_no_way_round_the_counting(db, voice, holder, deed):
    held = voice(TO_ANSWER)
    for code in guesses(11):
        page = holder.browser.send(f"/code/{deed}", {"code": code, "number": held.number, "text": "x", "reason": "x"})
    assert page.status_code == 429
    assert holder.browser.send(f"/code/{deed}", {"number": held.number}).status_code == 429


def test_what_cannot_be_a_code_is_said_beside_the_field_and_not_counted(db, holder):
    for typed, words in [("", "请写卡片上的查询码"), ("ABCDE", "这里写了 5 个"), ("A" * 70, "这里写了 64 个")]:
        page = holder.open(typed)
        assert (page.status_code, words in page.text) == (422, True)
    db.session.commit()
    assert not db.session.scalars(select(FailedTry)).all()


def test_the_address_is_not_stored_in_clear(db, holder):
    holder.open(WRONG)
    db.session.commit()
    [row] = db.session.scalars(select(FailedTry)).all()
    assert "127.0.0.1" not in row.key


@pytest.mark.parametrize("typed", ["{0}-{1}", " {0} {1} ", "{2}", "{3}"])
def test_the_code_may_be_typed_as_people_type(voice, holder, typed):
    held = voice()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in held.code)
    page = holder.open(typed.format(held.code[:5], held.code[5:], held.code.lower(), wide))
    assert (page.status_code, held.number in page.text) == (200, True)


def test_letters_that_look_like_digits_are_read_as_those(app):
    assert codes.tidy("oIl-u0") == "011V0"
