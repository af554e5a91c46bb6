"""What bad input gets: a sentence beside the field, text kept, nothing stored by halves."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.contacts.conftest import NEW, wall_time


@pytest.fixture
def refused(sign_in_as: Any, file_one: Any, contacts: Any, voices: Any) -> Any:
    def ask(*texts: str, login: str = "li", **typed: Any) -> str:
        answer = file_one(sign_in_as(login), *texts, **typed)
        assert answer.status_code == 422, answer.location
        assert (contacts(), voices()) == ([], [])
        return answer.text

    return ask


def test_a_missing_place(refused: Any) -> None:
    page = refused("晚上十点以后没有热水", place=None)
    assert "请点选地点" in page
    assert "晚上十点以后没有热水" in page


def test_too_few_words(refused: Any) -> None:
    assert "再多写几个字" in refused("没水")


def test_too_many_words(refused: Any) -> None:
    assert "1000 字以内" in refused("水" * 1001)


def test_an_identity_number_is_refused_and_stays_to_be_mended(refused: Any) -> None:
    page = refused("我的证件是11010519491231002X，补办不了")
    assert "身份证号" in page
    assert "补办不了" in page


def test_an_answer_on_the_spot_needs_words(refused: Any) -> None:
    assert "当场是怎么答复的" in refused("晚上十点以后没有热水", **{"problems-0-is_on_spot": "y"})


def test_a_time_to_come(refused: Any) -> None:
    assert "这个时间还没到" in refused(held_at=wall_time("2026-11-19 08:00"))


@pytest.mark.parametrize("held_at", ["", "gestern", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_that_is_none(refused: Any, held_at: str) -> None:
    assert "还差一点" in refused(held_at=held_at)


def test_a_month_that_is_locked_asks_why_it_comes_late(
    refused: Any, file_one: Any, sign_in_as: Any, contacts: Any
) -> None:
    assert "那个月已经锁定" in refused(held_at=wall_time("2026-10-30 16:00"))
    file_one(sign_in_as("li"), held_at=wall_time("2026-10-30 16:00"), late_reason="外出实习带队，集中补录")
    assert contacts()[0].is_late


def test_a_liaison_does_not_file_into_a_locked_month(refused: Any) -> None:
    page = refused(login="liaison", held_at=wall_time("2026-10-30 16:00"), late_reason="忘记了")
    assert "补录由领导本人来记" in page


@pytest.mark.parametrize(
    "typed", [{"kind": "nonsense"}, {"place_id": "x"}, {"leaders": "999999999999999999999"}, {"minutes": "-1"}]
)
def test_choices_nobody_offered(refused: Any, typed: dict[str, str]) -> None:
    assert "还差一点" in refused("晚上十点以后没有热水", **typed)


@pytest.mark.parametrize("field", ["place_id", "problems-0-category_id", "targets"])
def test_things_that_are_not_there(refused: Any, field: str) -> None:
    page = refused("晚上十点以后没有热水", **{field: "987654"})
    assert "请重新选一次" in page
    assert "晚上十点以后没有热水" in page


def test_a_leader_who_delegated_to_nobody_here(refused: Any) -> None:
    assert "请点选是哪位领导" in refused(login="liaison", leaders=str(cast.person("chen").id))


def test_a_person_who_is_no_leader(refused: Any) -> None:
    both = [str(cast.person("li").id), str(cast.person("wang").id)]
    assert "名单刚有变动" in refused(leaders=both)


def test_a_form_without_its_key(refused: Any) -> None:
    assert "请刷新后再发一次" in refused(form_id="no-key")


def test_signs_that_no_database_keeps_are_taken_out(sign_in_as: Any, file_one: Any, voices: Any) -> None:
    file_one(sign_in_as("li"), "没有\x00热水\x07，三天了")
    assert voices()[0].text == "没有热水，三天了"


def test_a_hint_is_shown_once_and_then_passes(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    browser = sign_in_as("li")
    first = file_one(browser, "打13812345678没人接，没有热水")
    assert (first.status_code, contacts()) == (422, [])
    assert "没有问题就再按一次" in first.text
    again = file_one(browser, "打13812345678没人接，没有热水", acknowledged="yes")
    assert (again.status_code, len(contacts())) == (303, 1)


@pytest.mark.parametrize("button", ["find", "find_target", "add_problem"])
def test_a_button_beside_the_form_stores_nothing_and_loses_nothing(
    sign_in_as: Any, file_one: Any, contacts: Any, button: str
) -> None:
    answer = file_one(sign_in_as("li"), "晚上十点以后没有热水", **{button: "1", "place_text": "食堂"})
    assert (answer.status_code, contacts()) == (200, [])
    assert "晚上十点以后没有热水" in answer.text
    assert NEW in answer.text
