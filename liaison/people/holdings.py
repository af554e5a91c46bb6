"""What a unit still has to work on, asked of the rows above without importing them (liaison/__init__.py puts them in).

A unit closes only when all it holds passes to a successor in the same act (rulings §13).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from liaison.people.actor import Actor

KEY = "liaison.holdings"  # in app.extensions


@dataclass(frozen=True)
class Holding:
    """`open_matters`: how many a unit works on · `barred`: how many of them a successor may not take, because they
    are about it · `pass_on`: give all of them, and what belongs to them, from one unit to the other."""

    open_matters: Callable[[int], int]
    barred: Callable[[int, int], int]
    pass_on: Callable[[int, int, Actor], None]


def init_app(app: Flask, *found: Holding) -> None:
    app.extensions[KEY] = found


def open_matters(unit_id: int) -> int:
    return sum(one.open_matters(unit_id) for one in _all())


def barred(unit_id: int, successor_id: int) -> int:
    return sum(one.barred(unit_id, successor_id) for one in _all())


def pass_on(unit_id: int, successor_id: int, actor: Actor) -> None:
    for one in _all():
        one.pass_on(unit_id, successor_id, actor)


def _all() -> tuple[Holding, ...]:
    found: tuple[Holding, ...] = current_app.extensions[KEY]
    return found
