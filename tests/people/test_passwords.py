"""What may be a password, in the two profiles (safety.md §3)."""

from __future__ import annotations

from typing import Any

import pytest

from liaison.people import passwords
from liaison.people.passwords import PROFILES, weaknesses

OWN = ("wang", "20210017", "王老师", "示例大学")
GOOD = ["银杏叶落满了操场的跑道东边", "correct horse battery staple", "Wq7-tundra-Lampe", "雨后 3 号楼 的猫 会唱歌"]


@pytest.mark.parametrize("word", GOOD)
def test_a_sentence_of_ones_own_will_do(app: Any, word: str) -> None:
    assert weaknesses(word, PROFILES["asvs"], OWN) == []


@pytest.mark.parametrize(
    "word",
    [
        "Password2026!!",
        "P@ssw0rd123456",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "123qweasdzxc",
        "202312345678",
        "13800138000000",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "zhangzhangzhang",
        "qwerty123456",
        "poiuytrewq09",
        "iloveyou20261",
        "abcdefghijklm",
        "!!!sunshine!!!",
        "121212121212",
    ],
)
def test_what_everybody_would_guess_is_refused(app: Any, word: str) -> None:
    assert any("太常见" in sentence for sentence in weaknesses(word, PROFILES["asvs"], OWN))


@pytest.mark.parametrize(
    "word", ["王老师的口令很好记", "liaisondaxue99", "x20210017-sonne", "示例大学2026mima", "示例大学学生处办公室"]
)
def test_names_and_numbers_of_ones_own_are_refused(app: Any, word: str) -> None:
    own = ("wang-laoshi", "20210017", "王老师的", "示例大学")
    assert any("拼口令" in sentence for sentence in weaknesses(word, PROFILES["dengbao"], own))


@pytest.mark.parametrize(("word", "right"), [("x" * 5 + "银杏叶落满了", False), ("x银杏叶落满了操场的跑道", True)])
def test_twelve_characters_count_as_people_see_them(app: Any, word: str, right: bool) -> None:
    assert (weaknesses(word, PROFILES["asvs"]) == []) is right


def test_the_first_profile_asks_for_no_kinds(app: Any) -> None:
    assert weaknesses("tundra lampe wiese", PROFILES["asvs"]) == []


def test_the_other_asks_for_three_kinds(app: Any) -> None:
    assert any("3 种" in sentence for sentence in weaknesses("tundralampewiese", PROFILES["dengbao"]))
    assert weaknesses("Tundra-lampe", PROFILES["dengbao"]) == []


def test_a_very_long_one_is_refused_at_once(app: Any) -> None:
    assert any("最多 128" in sentence for sentence in weaknesses("öl" * 65, PROFILES["asvs"]))


@pytest.mark.parametrize("word", ["a" * 128, "ab" * 64, "1" * 127 + "x", "qwerty" * 21, "王" * 128, "!?" * 64])
def test_hostile_ones_are_judged_all_the_same(app: Any, word: str) -> None:
    """A pattern that goes back and forth over them would not end."""
    assert weaknesses(word, PROFILES["asvs"], OWN)


def test_the_list_holds_the_commonest(app: Any) -> None:
    for word in ("password", "123456789", "dragon", "football", "monkey", "letmein"):
        assert passwords.is_common(word)


def test_the_same_word_composed_otherwise_is_right(app: Any) -> None:
    assert passwords.is_right(passwords.hashed("caf\u00e9 am platz"), "cafe\u0301 am platz")


def test_one_time_passwords_are_all_different(app: Any) -> None:
    words = {passwords.one_time() for _n in range(200)}
    assert len(words) == 200
    assert {len(word) for word in words} == {19}


def test_the_real_hash_is_argon2id_with_19_mib(app: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "ARGON2_CHEAP", False)
    stored = passwords.hashed("tundra lampe wiese")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right(stored, "tundra lampe wiese")
    assert not passwords.needs_rehash(stored)


def test_a_damaged_hash_opens_nothing(app: Any) -> None:
    assert not passwords.is_right("", "x")
    assert not passwords.is_right("plain", "plain")
