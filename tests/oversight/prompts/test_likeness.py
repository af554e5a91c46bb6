"""Which texts are alike: the quick way finds exactly what comparing each with each finds; I2 and I9 ask by it."""

import random
from datetime import date, datetime, timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest

from liaison.core.clock import CHINA
from liaison.oversight.prompts.finding import texts
from liaison.oversight.prompts.finding.contacts import Held
from liaison.oversight.prompts.finding.likeness import alike, grams
from liaison.oversight.prompts.finding.night import Night
from liaison.oversight.prompts.finding.texts import Written
from liaison.programmes.reckoning.spans import Span
from liaison.programmes.words import Period

SAID = "在3号楼看了水房和活动室，和十几位同学谈了热水、晾衣和晚归，带回三个问题，已交后勤。"
ANSWER = "您好，您反映的问题已转有关科室处理，请您耐心等待，如有疑问请随时与我们联系，感谢您的理解与支持。"
TERM = Span(Period.TERM, "2026-2027-1", date(2026, 9, 7), date(2027, 2, 28))
NIGHT = Night(date(2026, 12, 2), TERM, None, silent_since=date(2026, 11, 18))


def jaccard(one, other):
    return len(grams(one) & grams(other)) / len(grams(one) | grams(other))


@pytest.mark.parametrize("percent", [60, 90, 100])
def test_it_finds_what_comparing_each_with_each_finds(percent):
    chance = random.Random(percent)
    words = ["水房", "自习", "食堂", "宿舍", "热水", "灯", "路", "门", "网", "图书馆", "开放", "修好"]
    some = ["".join(chance.choices(words, k=12)) for _ in range(60)]
    some += ["".join(w if chance.random() > 0.03 else "新" for w in chance.choice(some)) for _ in range(60)]
    slow = {(m, n) for m, n in combinations(range(len(some)), 2) if jaccard(some[m], some[n]) * 100 >= percent}
    assert set(alike(some, percent)) == slow
    assert slow


def test_blanks_do_not_make_two_texts_differ_and_a_short_one_is_itself():
    assert list(alike(["已 修好了", "已修好了", "修", "好"], 90)) == [(0, 1)]


# --- I2 ----------------------------------------------------------------------------------------------


def written(number, days_ago, by=1, text=SAID, leaders=None):
    filed = datetime(2026, 12, 1, 20, tzinfo=CHINA) - timedelta(days=days_ago)
    held = Held(number, filed, filed, by, True, 60, "", True, leaders or {by: True})
    return Written(text, held)


@pytest.mark.parametrize(
    ("earlier", "is_asked"),
    [
        (written("one", 180), True),
        (written("one", 181), False),  # one's own, half a year ago
        (written("one", 30, by=2), True),
        (written("one", 31, by=2), False),
        (written("one", 5, text=SAID.replace("带回三个问题", "没有问题")), False),
    ],
)
def test_whoever_wrote_the_later_of_two_is_asked(earlier, is_asked):
    found = list(texts.sameness([written("two", 0), earlier], NIGHT))
    assert [one.whom.person_id for one in found] == [1] * is_asked


def test_what_both_wrote_long_ago_is_not_dug_out():
    assert not list(texts.sameness([written("one", 60), written("two", 40)], NIGHT))


# --- I9 ----------------------------------------------------------------------------------------------


def answers(*some, unit=7):
    at = datetime(2026, 12, 1, 9, tzinfo=CHINA)
    return [
        SimpleNamespace(number=f"{unit}-{n}", episode=1, unit_id=unit, text=text, handled_at=at)
        for n, text in enumerate(some)
    ]


def test_three_answers_that_read_alike_are_asked_of_their_unit():
    like = ANSWER.replace("您好，", "同学您好，")
    found = list(texts.template([*answers(ANSWER, ANSWER, like), *answers("12月1日已更换三楼的循环水泵。", unit=8)]))
    assert {(one.whom.unit_id, one.part) for one in found} == {(7, 3)}


def test_two_alike_or_one_each_of_three_units_are_not():
    assert not list(texts.template(answers(ANSWER, ANSWER, "12月1日已更换三楼的循环水泵，每晚十点供应热水。")))
    assert not list(texts.template([one for unit in (7, 8, 9) for one in answers(ANSWER, unit=unit)]))
