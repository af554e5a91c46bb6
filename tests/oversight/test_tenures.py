"""任职变动: /duties and /progress say from when to when a requirement counts, and for how much (WE3, WE4)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.oversight import tenures
from liaison.people.models import Post
from liaison.people.words import PostCategory
from liaison.programmes.reckoning import Edition, Held, Rulebook, judge
from tests import cast
from tests.programmes.school import LONG_AGO, PRINCIPAL, TERM, TODAY, VICE, YEAR, day, leader, school, week
from tests.programmes.test_worked_examples import F2F, LEC, LEC_O, LEC_P, MONTHLY

KEPT: Any = SimpleNamespace(
    school=school(), book=Rulebook([Edition("TEST", LONG_AGO, (F2F, LEC, LEC_P, LEC_O, MONTHLY))])
)


def said(*held, key=TERM):
    """Code of a line → its sentence."""
    facts = leader(held=held)
    lines = judge(facts, KEPT.school, KEPT.book, YEAR, TODAY)
    return {line.codes[-1]: tenures.words(line, facts, KEPT) for line in lines if line.span.key == key}


@pytest.fixture(autouse=True)
def _today(app, frozen):
    frozen("2026-11-19 10:00")
    with app.test_request_context():
        yield


def test_who_was_there_throughout_reads_nothing():
    assert set(said(Held(VICE, LONG_AGO, title="副校长")).values()) == {""}


def test_one_post_after_the_other_is_no_gap_for_what_both_owe():
    """WE3: every week counts, the lectures of each post for its half of the term."""
    words = said(Held(VICE, LONG_AGO, day(11, 15), "副书记"), Held(PRINCIPAL, day(11, 16), title="党委书记"))
    assert words["F2F"] == words["LEC"] == ""
    assert words["LEC-O"] == "到11月15日任副书记止，按10/20周折算；自11月16日任党委书记起，按10/20周折算"


def test_who_came_in_mid_term_reads_his_weeks_and_months():
    words = said(Held(VICE, day(10, 8), title="副校长"))
    assert words["F2F"] == "自10月8日任副校长起，20周中应计16周"
    assert words["LEC"] == "自10月8日任副校长起，按16/20周折算"
    assert words["L1-M"] == "自10月8日任副校长起，5个月中应计4个月"


def test_who_came_late_reads_why_he_owes_nothing():
    """WE4."""
    words = said(Held(VICE, week(17), title="副校长"))
    assert words["LEC"] == "自12月28日任副校长起，只有4/20周，免计"
    assert words["F2F"] == "自12月28日任副校长起，20周中应计4周"


def test_who_came_and_left_reads_both_days():
    assert said(Held(VICE, day(10, 8), day(11, 15), "副校长"))["F2F"].startswith("10月8日至11月15日任副校长，")


def test_each_post_has_its_own_days_where_they_follow_one_another():
    """WE3 of somebody who came in mid-term."""
    held = (Held(VICE, day(10, 8), day(11, 15), "副书记"), Held(PRINCIPAL, day(11, 16), title="党委书记"))
    assert said(*held)["F2F"] == "10月8日至11月15日任副书记，自11月16日任党委书记起，20周中应计16周"


def test_who_was_gone_for_a_while_reads_until_when_and_since_when():
    """The last day of an open post is never read out."""
    held = (Held(VICE, LONG_AGO, day(10, 1), "副校长"), Held(VICE, day(11, 1), title="副校长"))
    assert said(*held)["F2F"] == "到10月1日任副校长止；自11月1日任副校长起，20周中应计16周"
    twice = (Held(VICE, day(9, 14), day(10, 1), "副校长"), Held(VICE, day(11, 1), day(11, 30), "副书记"))
    assert said(*twice)["F2F"].startswith("9月14日至10月1日任副校长；11月1日至11月30日任副书记，")


def test_a_post_held_on_is_one_and_two_at_once_are_said_together():
    again = (Held(VICE, day(10, 8), day(11, 15), "副校长"), Held(VICE, day(11, 16), title="副校长"))
    assert said(*again)["F2F"].startswith("自10月8日任副校长起，20周")
    both = (Held(VICE, day(10, 8), title="副校长"), Held(VICE, day(10, 8), title="副书记"))
    assert said(*both)["F2F"].startswith("自10月8日任副校长、副书记起，20周")


def test_a_month_in_which_he_had_hardly_begun_says_so():
    assert (
        said(Held(VICE, day(11, 25), title="副校长"), key="2026-11")["L1-M"]
        == "自11月25日任副校长起，这个时段不足一半，免计"
    )


@pytest.fixture
def newcomer(fujian, db):
    """陈副校长 since 8 October, in the autumn term."""
    dates = {"first_monday": day(9, 7), "last_day": day(1, 24, 2027)}
    db.session.add(Term(name="第一学期", academic_year=YEAR, term_no=1, teaching_weeks=18, exam_weeks=2, **dates))
    db.session.query(Post).filter_by(person_id=cast.person("chen").id, category=PostCategory.VICE_LEADER).update(
        {"from_on": day(10, 8)}
    )
    db.session.commit()
    recomputing.recompute()
    db.session.commit()


def test_his_page_the_table_and_the_number_say_it(newcomer, sign_in_as):
    words, chen = "自10月8日任副校长起，20周中应计16周", cast.person("chen").id
    page = sign_in_as("chen").get("/duties").text
    assert page.count("自10月8日任副校长起") == 1  # once at the head, below it how much of each counts
    assert ">20周中应计16周<" in page
    assert "自10月8日" not in sign_in_as("li").get("/duties").text
    wang, asked = sign_in_as("wang"), {"programme": "MOE19", "period": TERM}
    assert words in wang.get("/progress", query_string=asked).text
    assert words in wang.get(f"/progress/{chen}/MOE19-F2F/{TERM}").text
