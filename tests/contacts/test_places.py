"""Finding a place by typing: prefix first, other names too, eight at most."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.contacts.queries.places import search
from tests import cast


def found(browser: Any, typed: str) -> list[str]:
    return [place["name"] for place in browser.get("/contacts/places", query_string={"q": typed}).json]


def test_the_very_name_comes_first(sign_in_as: Any) -> None:
    assert found(sign_in_as("li"), "3号楼") == ["3号楼", "3号楼301", "3号楼402"]


@pytest.mark.parametrize("typed", ["三号楼", "3栋", "3号楼"])
def test_other_names_lead_there_too(sign_in_as: Any, typed: str) -> None:
    assert found(sign_in_as("li"), typed)[0] == "3号楼"


def test_several_words_narrow_it_down(sign_in_as: Any) -> None:
    assert found(sign_in_as("li"), "3号楼 402") == ["3号楼402"]
    assert found(sign_in_as("li"), "机械学院 2301") == ["机械2301班"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "没有这个地方", "' OR 1=1 --"])
def test_signs_are_letters_like_others(sign_in_as: Any, typed: str) -> None:
    assert found(sign_in_as("li"), typed) == []


def test_a_closed_place_is_not_offered(app: Any, db: Any) -> None:
    cast.unit("canteen-1").closed_on = date(2024, 6, 30)
    db.session.flush()
    assert search("一食堂") == []


def test_at_most_eight(app: Any) -> None:
    assert len(search("1")) <= 8
    assert len(search("号")) <= 8


def test_a_typed_name_is_the_place_of_that_name(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), place=None, place_text="图书馆")
    assert contacts()[0].place_id == cast.unit("library").id


def test_a_place_nobody_knows_is_kept_in_its_words(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), place=None, place_text="操场看台")
    assert (contacts()[0].place_id, contacts()[0].place_text) == (None, "操场看台")


def test_names_that_are_near_are_offered_as_chips(sign_in_as: Any, file_one: Any) -> None:
    answer = file_one(sign_in_as("li"), place=None, place_text="楼30")
    assert answer.status_code == 422
    assert "名字相近的有几个" in answer.text
    assert 'data-name="3号楼301"' in answer.text
    assert "照写：楼30" in answer.text


def test_the_chip_as_i_wrote_it_keeps_the_words(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    file_one(sign_in_as("li"), place=None, place_text="楼30", place_id="0")
    assert contacts()[0].place_text == "楼30"


def test_a_chip_and_another_name_contradict_each_other(sign_in_as: Any, file_one: Any, contacts: Any) -> None:
    answer = file_one(sign_in_as("li"), place="dorm-3", place_text="图书馆")
    assert "请留一个" in answer.text
    assert contacts() == []


def test_nobody_else_may_ask(sign_in_as: Any) -> None:
    assert sign_in_as("sun").get("/contacts/places?q=3").status_code == 404
