"""The texts of 示例大学, read from the three files beside this one; their heads say what each field means."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]

HERE = Path(__file__).parent
MOVABLE = {"dorm_building", "canteen"}  # one building stands for another of its kind


@cache
def university() -> Row:
    """Units, people, ties, categories, classes."""
    return tomllib.loads((HERE / "university.toml").read_text("utf-8"))


@cache
def occasions() -> Row:
    """Contact kind → where it happens and what may be said of it in one line."""
    return tomllib.loads((HERE / "contacts.toml").read_text("utf-8"))


@cache
def problems() -> dict[str, Row]:
    """Every problem by code; one that is the same as another has taken what it does not say itself."""
    written = {row["code"]: row for row in tomllib.loads((HERE / "problems.toml").read_text("utf-8"))["problem"]}
    return {code: {**written.get(row.get("same_as", ""), {}), **row} for code, row in written.items()}


@cache
def units() -> dict[str, Row]:
    """Every unit the files name, classes among them, by code."""
    named = {row["code"]: row for row in university()["unit"]}
    classes = {
        code: {"code": code, "name": name, "type": "class", "parent": college}
        for college, names in university()["classes"].items()
        for code, name in names.items()
    }
    return named | classes


@cache
def of_type(kind: str) -> list[str]:
    """The codes of all units of a type, in the order of the file."""
    return [code for code, row in units().items() if row["type"] == kind]


def siblings(place: str) -> list[str]:
    """Buildings of which the same could be said: of its kind, as tall, with a name for every name."""
    here = units()[place]
    if here["type"] not in MOVABLE:
        return []
    fits = [code for code in of_type(here["type"]) if _alike(units()[code], here)]
    return [code for code in fits if code != place]


def _alike(one: Row, other: Row) -> bool:
    return (
        one.get("floors") == other.get("floors")
        and len(one["aliases"]) == len(other["aliases"])
        and "东" not in (one["name"] + other["name"])
    )


def moved(problem: Row, place: str) -> Row:
    """The same problem at another building: its names are exchanged in every text."""
    here, there = units()[problem["place"]], units()[place]
    pairs = list(zip([here["name"], *here["aliases"]], [there["name"], *there["aliases"]], strict=True))
    return {**_exchanged(problem, pairs), "place": place}


def _exchanged(value: Any, pairs: list[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        return re.sub("|".join(_whole(old) for old, _new in pairs), lambda found: dict(pairs)[found.group()], value)
    if isinstance(value, list):
        return [_exchanged(item, pairs) for item in value]
    if isinstance(value, dict):
        return {key: _exchanged(item, pairs) if key not in KEYS else item for key, item in value.items()}
    return value


KEYS = {"code", "same_as", "theme", "place", "lead", "unit", "by", "suggested", "category"}


def _whole(name: str) -> str:
    """The name where it is not the end of a longer one: 1号楼 is no part of 11号楼."""
    return rf"(?<![\d至十]){re.escape(name)}"


def at_other_places(problem: Row) -> list[Row]:
    """The same problem as it is heard at every other building where nothing else in it gives it away."""
    place = problem.get("place")
    if place is None or "same_as" in problem or not _names(problem, place):
        return []
    return [moved(problem, other) for other in siblings(place)]


def _names(problem: Row, place: str) -> bool:
    """It speaks of its own building and of no other of the kind."""
    others = [name for code in of_type(units()[place]["type"]) if code != place for name in _called(code)]
    said = problem["text"] + problem.get("answer", "")
    return any(re.search(_whole(name), problem["text"]) for name in _called(place)) and not any(
        re.search(_whole(name), said) for name in others
    )


def _called(code: str) -> list[str]:
    return [units()[code]["name"], *units()[code]["aliases"]]
