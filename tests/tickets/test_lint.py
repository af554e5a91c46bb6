"""What should not be in a voice is refused or hinted at; what is only about a matter passes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from liaison.tickets.lint import lint, rules_for_device

ID_NUMBER = "11010519491231002X"  # the sample number of the national standard
CARD = "6222 0212 3456 7894"  # invented; its check sum is right


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    app = Flask("only-words")
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize("text", [f"我的证件是{ID_NUMBER}", "证件11010519491231002X号", f"{ID_NUMBER}补办学生证"])
def test_it_refuses_an_identity_number(text: str) -> None:
    assert lint(text).refusals


def test_it_refuses_an_identity_number_in_full_width_digits() -> None:
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in "110105194912310021")
    assert lint(f"证件{full_width}").refusals


@pytest.mark.parametrize("text", [f"卡号{CARD}没到账", f"卡号{CARD.replace(' ', '')}", "6222-0212-3456-7894"])
def test_it_refuses_a_bank_card(text: str) -> None:
    assert lint(text).refusals


def test_a_long_number_without_the_check_sum_of_a_card_passes() -> None:
    assert not lint("设备编号6222021234567893坏了").refusals


@pytest.mark.parametrize(
    "text", ["打13812345678找我", "联系138 1234 5678", "2023010345 没收到", "学号:A20231", "有位同学叫小明,没领到"]
)
def test_it_hints_at_what_tells_who_spoke(text: str) -> None:
    found = lint(text)
    assert not found.refusals
    assert len(found.hints) == 1


@pytest.mark.parametrize("text", ["少数民族窗口", "他信教", "思想动态要关注"])
def test_it_hints_that_such_things_are_not_recorded(text: str) -> None:
    assert any("不记录" in words for words in lint(text).hints)


@pytest.mark.parametrize(
    "text",
    [
        "晚上十点以后没有热水",
        "清真窗口排队要40分钟",
        "3号楼402的灯坏了,11月18日20:40看到的",
        "同学叫外卖进不来",
        "事项 LX2026-000123-7 还没有答复",
        "水费2026-11-18扣了两次,共128.50元",
        "",
    ],
)
def test_an_ordinary_matter_passes_without_a_word(text: str) -> None:
    found = lint(text)
    assert (found.refusals, found.hints) == ([], [])


def test_every_sentence_is_said_once() -> None:
    assert len(lint("13812345678 13912345678 学号20231234").hints) == 1


def test_the_device_gets_the_same_rules_as_plain_data() -> None:
    rules = rules_for_device()
    assert [rule["refuses"] for rule in rules].count(True) == 2
    assert not any("(?<" in rule["pattern"] for rule in rules), "old phones cannot look behind"
