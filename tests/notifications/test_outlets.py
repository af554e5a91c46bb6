"""The ways out, against servers on this machine: signed, pinned to one host, the same key at every try."""

import base64
import hmac
import socket
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from standardwebhooks import Webhook

from liaison.config import load
from liaison.notifications.composing import Message, plain
from liaison.notifications.outlets import Refused, Unreachable, hand_over, posting, ready
from liaison.notifications.words import Outlet
from tests.notifications import sinks

SECRET = "whsec_" + base64.b64encode(b"only for this test").decode()
TEXT = "LX2026-000123-7 交办到您的部门，等您签收。（研究落实）"
MESSAGE = Message("webhook-7", "连心 LX2026-000123-7", TEXT, to="sun@example.edu", data={"type": "notice", "to": "sun"})


@pytest.fixture
def settings(tmp_path):
    app = Flask("outlets")
    app.config.update(load(tmp_path, {"HOOK_HOSTS": "127.0.0.1", "WEBHOOK_SECRET": SECRET}))
    with app.app_context():
        yield app.config


@pytest.fixture
def web(settings):
    with sinks.web() as sink:
        for outlet in ("WEBHOOK", "WECOM", "DINGTALK", "FEISHU"):
            settings[f"{outlet}_URL"] = f"{sink.address}/{outlet}?key=1"
        yield sink


def sign(key, words):
    return base64.b64encode(hmac.digest(key.encode(), words.encode(), "sha256")).decode()


def test_only_what_is_set_is_open(settings):
    assert ready() == frozenset()
    settings["MAIL_SERVER"] = "mail.example"
    assert ready() == frozenset()  # from whom?
    settings["MAIL_FROM"] = "liaison@example.edu"
    assert ready() == {Outlet.MAIL}


def test_the_hook_is_signed_and_keeps_its_key(web):
    hand_over(Outlet.WEBHOOK, MESSAGE)
    hand_over(Outlet.WEBHOOK, MESSAGE)
    first, second = web.arrived
    assert Webhook(SECRET).verify(first.text, first.headers)["to"] == "sun"
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == "webhook-7"


def test_the_three_robots_get_their_forms(web, settings, frozen):
    settings["DINGTALK_SECRET"], settings["FEISHU_SECRET"] = "SEC-a", "b"
    seconds = int(frozen("2026-11-19 09:00").moment.timestamp())
    for outlet in (Outlet.WECOM, Outlet.DINGTALK, Outlet.FEISHU):
        hand_over(outlet, MESSAGE)
    wecom, dingtalk, feishu = web.arrived
    words = f"{MESSAGE.subject}\n{TEXT}"
    assert wecom.path == "/WECOM?key=1"
    assert wecom.body == dingtalk.body == {"msgtype": "text", "text": {"content": words}}
    query = parse_qs(urlsplit(dingtalk.path).query)
    stamp = f"{seconds}000"
    assert query == {"key": ["1"], "timestamp": [stamp], "sign": [sign("SEC-a", f"{stamp}\nSEC-a")]}
    signed = {"timestamp": str(seconds), "sign": sign(f"{seconds}\nb", "")}
    assert feishu.body == {"msg_type": "text", "content": {"text": words}, **signed}


def test_a_robot_that_says_no_with_status_200_has_refused(web):
    web.reply = {"errcode": 45009, "errmsg": "api freq out of limit"}
    with pytest.raises(Refused, match="45009"):
        hand_over(Outlet.WECOM, MESSAGE)


def test_a_redirect_is_not_followed(web):
    web.status, web.headers = 302, {"Location": f"{web.address}/elsewhere"}
    with pytest.raises(Refused, match="302"):
        hand_over(Outlet.WEBHOOK, MESSAGE)
    assert len(web.arrived) == 1


def test_nobody_there_is_unreachable_and_its_words_keep_the_key(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings["WECOM_URL"] = f"http://127.0.0.1:{closed.getsockname()[1]}/send?key=secret"
        with pytest.raises(Unreachable) as told:
            hand_over(Outlet.WECOM, MESSAGE)
    assert "secret" not in str(told.value)


INSIDE = """http://127.0.0.1/ http://localhost/ http://[::1]/ http://[::ffff:127.0.0.1]/ http://127.1/ http://0/
http://2130706433/ http://0x7f000001/ http://0177.0.0.1/ http://169.254.169.254/ http://10.0.0.1/
https://qyapi.weixin.qq.com@127.0.0.1/ https://qyapi.weixin.qq.com.example/ http://qyapi.weixin.qq.com/
file:///etc/passwd https://①②⑦.⓪.⓪.①/ http://[127.0.0.1/""".split()


@pytest.mark.parametrize("url", INSIDE)
def test_a_host_nobody_named_is_refused_however_it_is_written(settings, url):
    settings["HOOK_HOSTS"] = ""
    with pytest.raises(Refused):
        posting.checked(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
def test_a_public_name_that_leads_inside_is_refused(settings, monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (address, 443))])
    with pytest.raises(Refused, match="inside"):
        posting.checked("https://oapi.dingtalk.com/robot/send")


def test_a_public_host_is_pinned_to_the_address_that_was_checked(settings, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", ("93.184.216.34", 443))])
    pinned = ("https", "oapi.dingtalk.com", "93.184.216.34")
    assert posting.checked("https://oapi.dingtalk.com/robot/send") == pinned


def test_a_letter_is_plain_has_one_recipient_and_keeps_its_id(settings):
    with sinks.mailbox() as sink:
        settings.update(MAIL_SERVER=sink.address, MAIL_SECURITY="none", MAIL_FROM="连心 <liaison@example.edu>")
        hand_over(Outlet.MAIL, MESSAGE)
        hand_over(Outlet.MAIL, MESSAGE)
    letter, again = sink.arrived
    assert (letter["To"], letter["Subject"]) == ("sun@example.edu", MESSAGE.subject)
    assert letter["Message-ID"] == again["Message-ID"] == "<webhook-7@example.edu>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == TEXT
    assert letter.get_content_type() == "text/plain"


def test_a_mail_server_that_says_no_has_refused(settings):
    with sinks.mailbox() as sink:
        sink.status = 554
        settings.update(MAIL_SERVER=sink.address, MAIL_SECURITY="none", MAIL_FROM="liaison@example.edu")
        with pytest.raises(Refused, match="554"):
            hand_over(Outlet.MAIL, MESSAGE)


def test_no_line_break_reaches_a_header():
    assert plain("a@b.cn\r\nBcc: c@d.cn\x85\u2028x") == "a@b.cn Bcc: c@d.cn x"
