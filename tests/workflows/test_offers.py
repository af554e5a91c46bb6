"""What the engine says before anything is pressed: offers, the diagram, the words."""

import pytest

from tests.workflows.toy_light import DRIVER, LIGHTS, Facts, Light, Who
from workflows.engine import Labelled, Start, offers


def test_offers_name_what_this_part_may_press_here_in_table_order() -> None:
    found = offers(LIGHTS, state=Light.RED, parts=DRIVER, facts=Facts(night=True))
    assert [(offer.move.name, offer.reasons) for offer in found] == [
        ("go", ()),
        ("dim", ()),
        ("ask_fact", ()),
        ("be_silent", ("现在还不能办这一步。",)),
    ]


def test_offers_give_the_reasons_and_ask_neither_needs_nor_checks() -> None:
    found = {
        offer.move.name: offer.reasons
        for offer in offers(LIGHTS, state=Light.RED, parts=DRIVER, facts=Facts(clear=False))
    }
    assert found["go"] == ("路还没有空。",)
    assert found["dim"] == ("还没有到夜里。", "路还没有空。")


def test_one_open_route_is_enough_for_an_offer() -> None:
    (offer,) = offers(LIGHTS, state=Light.GREEN, parts=DRIVER, facts=Facts(night=True))
    assert (offer.move.name, offer.reasons) == ("halt", ())


def test_offers_begin_with_nothing() -> None:
    (offer,) = offers(LIGHTS, state=None, parts=[*Who], facts=Facts())
    assert offer.move.name == "switch_on"


def test_the_diagram_shows_words_arrows_and_ends() -> None:
    lines = LIGHTS.diagram().splitlines()
    assert lines[:3] == ["stateDiagram-v2", "  direction TB", "  red : 红灯"]
    assert {"  [*] --> red : switch_on", "  red --> off : dim / nobody", "  off --> [*]"} <= set(lines)
    assert not [line for line in lines if "note" in line]


def test_a_labelled_word_is_its_code_and_carries_its_label() -> None:
    assert Light.RED == "red"
    assert f"{Light.RED}" == "red"
    assert Light("red").label == "红灯"
    assert Start.NEW.label == "新建"


def test_a_word_without_a_label_is_no_word() -> None:
    with pytest.raises(TypeError, match="no Chinese word"):
        Labelled("Half", {"DONE": ("done",)})
