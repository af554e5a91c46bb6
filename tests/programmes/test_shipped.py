"""The rule sets that come with the program, row by row as domain.md §3.2–3.6 lists them."""

import pytest

from liaison.programmes import shipped
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.models import Programme, ProgrammeEdition, Requirement
from liaison.programmes.queries import rules
from liaison.programmes.words import ContactKind as K

SPECIFIED = {  # code: (strength, who, period, minimum, unit) by hand from §3.2, §3.3, §3.4
    "MOE19-F2F": "mandatory leader week 1 weeks",
    "MOE19-LEC": "mandatory leader term 1 lectures",
    "MOE19-LINK": "advocated leader none 1 link",
    "MOE19-7IN": "advocated leader academic_year 7 kinds",
    "MOE19-NET": "advocated leader term 0 times",
    "MOE19-DEP": "mandatory cadre month 2 times",
    "MOE19-HALF": "share party_dept_head term 50 share",
    "FJ21-L1-LINK": "mandatory leader none 1 link",
    "FJ21-L1-M": "mandatory leader month 1 times",
    "FJ21-L1-INSP": "mandatory leader half_year 1 reports",
    "FJ21-L2-LINK": "mandatory leader none 1 link",
    "FJ21-L2-DAY": "mandatory leader month 1 half_days",
    "FJ21-L2-STUDY": "mandatory leader academic_year 1 reports",
    "FJ21-L2-MTG": "mandatory leader none 0 times",
    "FJ21-L3-LINK": "mandatory leader none 1 link",
    "FJ21-L3-M": "mandatory leader month 1 times",
    "FJ21-L3-CLASS": "mandatory leader calendar_year 1 lectures",
    "FJ21-L3-LIFE": "mandatory leader none 0 times",
    "FJ21-L4-LINK": "mandatory leader none 1 link",
    "FJ21-L4-M": "mandatory leader month 1 times",
    "FJ21-L4-ETH": "mandatory leader academic_year 1 sessions",
    "FJ21-L5-LINK": "mandatory leader none 1 link",
    "FJ21-L5-M": "mandatory leader month 1 times",
    "FJ21-L5-FORUM": "mandatory leader term 1 sessions",
    "FJ21-7-F2F": "mandatory leader week 1 weeks",
    "FJ21-7-CLASS": "mandatory leader term 1 times",
    "FJ21-7-GROUP": "advocated leader none 1 link",
    "FJ21-7-DORM": "advocated leader none 1 link",
    "FJ21-7-CLUB": "advocated leader none 1 link",
    "FJ21-7-CANT": "advocated leader none 0 times",
    "FJ21-7-LEC-P": "mandatory principal_leader term 2 lectures",
    "FJ21-7-LEC-O": "mandatory other_leader term 1 lectures",
    "FJ21-7-NET": "advocated leader none 0 times",
    "FJ21-3T-PLAN": "mandatory cadre academic_year 1 plan",
    "FJ21-3T-M": "mandatory cadre month 1 form",
    "FJ21-3T-HALF": "share party_dept_head term 50 share",
    "LN16-VISIT": "in_principle staff_obliged calendar_year 1 families",
    "LN16-LINK-T": "mandatory cadre none 1 link",
    "LN16-LINK-S": "mandatory staff_obliged none 1 link",
    "LN16-TALK-1": "mandatory principal_leader calendar_year 1 times",
    "LN16-TALK-2": "mandatory leader calendar_year 1 times",
    "LN16-TALK-3": "mandatory branch_secretary calendar_year 1 times",
}
LINES = {line.code: line for programme in shipped.programmes() for line in programme.rules}
DORMANT = {"MOE19-DEP", "LN16-LINK-S", "LN16-TALK-1", "LN16-TALK-2", "LN16-TALK-3"}


@pytest.mark.parametrize("code", SPECIFIED)
def test_a_row_says_what_the_specification_says(code):
    line = LINES[code]
    said = (line.strength.value, line.subject_role.value, line.period.value, str(line.minimum), line.unit.value)
    assert " ".join(said) == SPECIFIED[code]


def test_no_other_row_is_shipped():
    assert LINES.keys() == SPECIFIED.keys()


def test_five_lines_share_one_group_and_the_two_lecture_lines_print_as_one():
    assert {code for code, line in LINES.items() if line.exclusive_group == "five_links"} == {
        "FJ21-L1-M",
        "FJ21-L2-DAY",
        "FJ21-L3-M",
        "FJ21-L4-M",
        "FJ21-L5-M",
    }
    assert {code for code, line in LINES.items() if line.combine_group} == {"FJ21-7-LEC-P", "FJ21-7-LEC-O"}


def test_what_waits_for_the_school_or_is_not_built_is_not_in_force():
    assert {code for code, line in LINES.items() if not line.is_in_force} == DORMANT


def test_the_words_of_xinjiang_lead_to_kinds_of_contact_and_thought_to_none():
    words = next(one for one in shipped.programmes() if one.code == "XJ17").kinds
    assert words["进班级"] is K.ENTER_GROUP
    assert words["联家长"] is K.HOME_VISIT
    assert not any("思想" in word for word in words)


def test_a_supervision_rule_obliges_nobody():
    assert next(one for one in shipped.programmes() if one.code == "YX20").rules == ()


def test_settling_twice_adds_once(db):
    assert settle_programmes() == 5
    assert settle_programmes() == 0
    assert db.session.query(Programme).count() == db.session.query(ProgrammeEdition).count() == 5
    assert db.session.query(Requirement).count() == len(SPECIFIED)


def test_the_ministry_is_in_force_and_the_others_wait_to_be_switched_on(db):
    settle_programmes()
    owed = {code for _programme, codes in rules.rulebook().groups for code in codes}
    assert owed == {code for code in SPECIFIED if code.startswith("MOE19")} - DORMANT


def test_a_demo_shows_every_programme(db):
    settle_programmes(all_in_force=True)
    assert {code for _programme, codes in rules.rulebook().groups for code in codes} == SPECIFIED.keys() - DORMANT
