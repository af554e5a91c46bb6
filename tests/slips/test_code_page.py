"""联系方式 on the page of a code: left with consent, seen, replaced, deleted at once by whom it belongs to."""

import pytest

from liaison.slips.words import CONSENT
from tests.factories import raised
from tests.slips.conftest import NUMBER, slips


def send(client, deed, voice, **typed):
    return client.send(f"/code/{deed}", {"code": voice.code, "number": voice.ticket_number, **typed})


def leave(client, voice, **more):
    return send(client, "leave", voice, channel="phone", value=NUMBER, consent="y", **more)


def test_a29_the_holder_deletes_it_with_the_code(client, db):
    voice = raised()
    page = leave(client, voice)
    assert (page.status_code, NUMBER in page.text) == (200, True)
    [slip] = slips()
    assert (slip.voice_id, slip.consent_version, slip.left_by_id) == (voice.voice_id, CONSENT, None)
    assert NUMBER not in slip.value
    gone = send(client, "forget", voice)
    assert (gone.status_code, NUMBER in gone.text) == (200, False)
    [slip] = slips()
    assert (slip.value, slip.deleted_at is None) == ("", False)
    assert send(client, "forget", voice).status_code == 200  # pressing twice is harmless


def test_the_last_one_counts_and_the_one_before_is_gone(client):
    voice = raised()
    leave(client, voice)
    send(client, "leave", voice, channel="email", value="a@example.edu", consent="y")
    assert [bool(slip.value) for slip in slips()] == [False, True]


@pytest.mark.parametrize("typed", [{"consent": ""}, {"value": ""}, {"value": "王同学 男"}])
def test_without_consent_or_with_something_else_nothing_is_kept(client, typed):
    page = send(client, "leave", raised(), **{"channel": "phone", "value": NUMBER, "consent": "y", **typed})
    assert (page.status_code, 'class="error"' in page.text) == (422, True)
    assert slips() == []


def test_without_a_key_nothing_is_offered(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "SLIP_KEY", "")
    voice = raised()
    assert 'data-move="leave"' not in client.send("/code", {"code": voice.code}).text
    assert leave(client, voice).status_code == 409
    assert slips() == []


def test_a_member_of_staff_at_the_code_page_sees_none(client, sign_in_as):
    voice = raised()
    leave(client, voice)
    assert NUMBER not in sign_in_as("wang").send("/code", {"code": voice.code}).text
