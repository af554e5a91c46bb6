"""A toy table for the tests of the engine: a traffic light, and how to ask it."""

from dataclasses import dataclass
from typing import Any

import pytest

from workflows.engine import (
    Labelled,
    Move,
    MoveRefused,
    Subject,
    Workflow,
    decide,
    stay,
    to,
)


class Light(Labelled):
    RED = "red", "红灯"
    GREEN = "green", "绿灯"
    OFF = "off", "熄灭"


class Who(Labelled):
    DRIVER = "driver", "司机"
    GUARD = "guard", "看守"


class Wish(Labelled):
    WHY = "why", "理由"
    WHEN = "when", "时间"


@dataclass(frozen=True)
class Facts:
    clear: bool = True
    night: bool = False
    answer: Any = True


DRIVER, GUARD = frozenset({Who.DRIVER}), frozenset({Who.GUARD})


def road_is_clear(s: Subject[Facts]) -> bool:
    return s.facts.clear or s.refuse("路还没有空。")


def is_night(s: Subject[Facts]) -> bool:
    return s.facts.night or s.refuse("还没有到夜里。")


def is_day(s: Subject[Facts]) -> bool:
    return not s.facts.night or s.refuse("已经是夜里。")


def says_what_the_fact_says(s: Subject[Facts]) -> bool:
    return s.facts.answer


def refuses_in_silence(s: Subject[Facts]) -> bool:
    return False


def reason_is_long(s: Subject[Facts]) -> bool:
    return len(s.given["why"]) > 3 or s.refuse("理由太短。")


LIGHTS = Workflow(
    "lights",
    "灯",
    Light,
    (
        Move("switch_on", "开灯", (to(Light.RED, None),), DRIVER),
        Move("go", "放行", (to(Light.GREEN, Light.RED),), DRIVER, (Wish.WHY,), (road_is_clear,), (reason_is_long,)),
        Move(
            "halt",
            "停",
            (to(Light.RED, Light.GREEN, when=(is_day,)), to(Light.OFF, Light.GREEN, when=(is_night,))),
            DRIVER | GUARD,
            checks=(reason_is_long,),
        ),
        Move("dim", "调暗", (to(Light.OFF, Light.RED, when=(is_night, road_is_clear)),), DRIVER),
        Move("note", "记录", (stay(Light.RED, Light.GREEN),), GUARD, ("why", Wish.WHEN)),
        Move("ask_fact", "问", (stay(Light.RED),), DRIVER, (), (says_what_the_fact_says,)),
        Move("be_silent", "默", (stay(Light.RED),), DRIVER, (), (refuses_in_silence,)),
        Move("nobody", "无人", (to(Light.OFF, Light.RED),), frozenset()),
    ),
    ends=(Light.OFF,),
)


def ask(move: str, state: Any = Light.RED, parts: Any = DRIVER, facts: Any = None, **given: Any) -> Any:
    return decide(LIGHTS, move, state=state, parts=parts, facts=facts or Facts(), given=given)


def refusal(move: str, **question: Any) -> MoveRefused:
    with pytest.raises(MoveRefused) as caught:
        ask(move, **question)
    return caught.value
