"""What notices are about, asked of the rows above without importing them (put together in liaison/__init__.py)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from liaison.people.actor import Actor
from workflows.ticket_states import Stage

KEY = "liaison.matters"  # in app.extensions


@dataclass(frozen=True)
class Line:
    """One line of a digest: a text of texts.py, a number, a stage."""

    text_key: str
    about: str
    stage: Stage | None = None


@dataclass(frozen=True)
class Matter:
    """One kind of matter; texts about it begin with its name.

    `seen`: which of these numbers the actor may see now · `may_be_named`: may this number be told in a group ·
    `waiting`: what the digest of today says to whom, by person.
    """

    seen: Callable[[Actor, Collection[str]], Collection[str]]
    may_be_named: Callable[[str], bool]
    waiting: Callable[[], Mapping[int, list[Line]]]


def init_app(app: Flask, **matters: Matter) -> None:
    """`ticket=…, contact=…`: the first part of the keys of texts.py."""
    app.extensions[KEY] = matters


def all_matters() -> Mapping[str, Matter]:
    found: Mapping[str, Matter] = current_app.extensions[KEY]
    return found


def of(text_key: str) -> Matter | None:
    """The kind of matter a text is about; none for the digest, which is about its reader's own day."""
    return all_matters().get(text_key.partition(".")[0])
