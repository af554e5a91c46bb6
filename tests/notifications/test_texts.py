"""The texts of notices: short, polite, with a number and nothing else."""

import pytest
from flask import Flask
from flask_babel import Babel

from liaison.notifications.texts import TEXTS, sentence
from workflows.tickets import TICKETS

NOT_SAID = ["请勿", "禁止", "异常", "违规", "!", "\uff01", "您好"]
# small lives, the digest, the calendar
NOT_MOVES = {
    "dossier_asked",
    "dossier_opened",
    "dossier_declined",
    "dossier_confirmed",
    "proposed",
    "agreed",
    "declined",
    "objected",
    "pass_on",
    "ask_extension",
    "refuse_extension",
    "ask_co",
    "send_back_co",
    "waive_co",
    "debt",
    "recount",
    "red",
    "amber",
    "co_late",
    "check_false",
    "order_proposed",
    "order_answered",
    "order_back",
    "order_comment",
    "order_lifted",
}


@pytest.fixture(autouse=True)
def _page():
    app = Flask("texts")
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_names_the_number_and_is_one_short_sentence(key: str):
    words = sentence(key, "LX2026-000123-7")
    assert "LX2026-000123-7" in words
    assert words.endswith("。")
    assert words.count("。") == 1
    assert len(words) <= 50
    assert not [word for word in NOT_SAID if word in words]


def test_every_ticket_text_belongs_to_a_move():
    named = {key.split(".")[1] for key in TEXTS if key.startswith("ticket.")}
    assert named - NOT_MOVES <= {move.name for move in TICKETS.moves}
