"""学期报告 only: what came from many places alike, and how many prompts were concluded, of nobody."""

from datetime import date

import pytest

from liaison.core import clock
from liaison.oversight.prompts.models import Prompt, PromptConclusion, PromptTally
from liaison.oversight.prompts.words import Conclusion, PromptKind
from liaison.oversight.queries.reports import Unwritten
from liaison.oversight.reports import making, periods
from tests.cast import person
from tests.factories import make_ticket
from workflows.ticket_states import State

TERM = "2026-2027-1"


@pytest.fixture
def section(november):
    """section("共性问题"): that of the term's report, as it prints."""

    def of(heading):
        november["time"].to("2027-03-06 09:00")
        found = making.report(periods.of(TERM), Unwritten()).sections
        return next(one for one in found if one.heading.partition("、")[2] == heading)

    return of


def heard_at(*places, **more):
    for place in places:
        make_ticket(State.IN_PROGRESS, place=place, **more)


def test_what_came_from_three_places_alike_is_common(db, november, section):
    november["time"].to("2026-12-08 10:00")
    heard_at("dorm-3-301", "dorm-3-402", "canteen-1", category="06")  # two rooms are one building
    heard_at("dorm-3", "canteen-1", "mech-2301", category="14")
    heard_at("mech-2301", category="06", confidentiality="restricted", office="officer", limit_class="restricted")
    db.session.commit()
    (table,) = section("共性问题").tables
    assert [(row[0][:2], *row[1:3], row[3].words) for row in table.rows] == [("14", 3, 3, "0/3")]


def test_without_any_it_says_so(section):
    assert section("共性问题").paragraphs == ("本期没有来自三处以上地点的同类问题。",)


def test_prompts_are_numbers_by_kind_those_that_have_gone_included(db, november, section):
    put(db, "I1", Conclusion.NORMAL)
    put(db, "I9", Conclusion.IN_PERSON)
    put(db, "I9", None)  # nobody has concluded it
    put(db, "I9", Conclusion.NORMAL, term="2025-2026-2")
    db.session.add(PromptTally(term=TERM, kind=PromptKind("I9"), could=40, normal=3, corrected=1))
    db.session.commit()
    found = section("核实提示")
    assert found.paragraphs == ("本期作出结论的核实提示6条：正常4条，已更正1条，需当面了解1条。",)
    (table,) = found.tables
    assert table.rows == (("集中提交", 1), ("答复相近", 5))


def put(db, kind, result, term=TERM):
    """One question to 张处长, concluded or not."""
    asked = {"person_id": person("zhang").id, "period": "", "part": 1, "whole": 1, "asked_at": clock.now()}
    key = f"{kind} {result} {term}"
    row = Prompt(kind=PromptKind(kind), term=term, private_until=clock.now(), key=key, **asked)
    db.session.add(row)
    db.session.flush()
    if result:
        said = {"by_id": person("director").id, "at": clock.now()}
        db.session.add(PromptConclusion(prompt_id=row.id, result=result, **said))


def test_a_year_takes_the_terms_that_begin_in_it(november):
    assert periods.terms_in(periods.of("2026-2027")) == [TERM]
    assert periods.of("2026-2027").first == date(2026, 9, 1)


def test_of_the_year_before_only_what_was_raised_is_read(november, queries):
    """What it is set beside: the voices by category, nothing owed and no contact."""
    november["time"].to("2027-09-06 09:00")
    year = periods.of("2026-2027")
    making.report(year, Unwritten())  # calendar and settings are known from here on
    with queries() as asked:
        making.report(year, Unwritten())
    errands = [one for one in asked if "FROM handoff" in one]
    assert len(errands) == 1, "\n".join(errands)  # of the year itself
