"""The texts of the demo university: complete, consistent, and free of what the product never holds."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from liaison.contacts.words import Headcount
from liaison.people.words import INCOMPATIBLE, Role, UnitFunction, UnitType
from liaison.programmes.words import ContactKind
from liaison.tickets.lint import lint
from workflows.ticket_words import ExplanationReason, HandoffType, Kind, LimitClass, RedirectReason, ReturnReason

SUMMARY_LENGTH = 60  # 工作简况 on the monthly form (domain.md §3.3)
DEMO = Path(__file__).parents[2] / "liaison" / "exchange" / "demo"
Row = dict[str, Any]


def read(name: str) -> Row:
    return tomllib.loads((DEMO / name).read_text("utf-8"))


UNIVERSITY, CONTACTS = read("university.toml"), read("contacts.toml")
WRITTEN = {row["code"]: row for row in read("problems.toml")["problem"]}
PROBLEMS = [{**WRITTEN.get(row.get("same_as", ""), {}), **row} for row in WRITTEN.values()]
HEARD = [row for row in PROBLEMS if row.get("road") != "hand_off"]
ANSWERED = [row for row in HEARD if row.get("road") not in ("praise", "redirect")]
CLASSES = {code: college for college, classes in UNIVERSITY["classes"].items() for code in classes}
UNITS = {row["code"]: row for row in UNIVERSITY["unit"]}
PLACES = UNITS.keys() | CLASSES.keys()
TYPES = Counter(row["type"] for row in UNITS.values())
PEOPLE = {row["login"]: row for row in UNIVERSITY["person"]}
RECEIVING = {code for code, row in UNITS.items() if row.get("can_receive_tickets")}
SUMMARIES = [line for kind in CONTACTS.values() for line in kind["summaries"]]

CAST = {
    "li": "leader", "chen": "leader", "wang": "clerk", "zhao-clerk": "clerk", "zhang": "head", "sun": "handler",
    "liu": "head", "director": "director", "liaison": "liaison", "officer": "confidential", "auditor": "auditor",
    "admin": "admin", "security": "security", "desk": "desk",
}  # fmt: skip
NEVER = re.compile(
    "民族|宗教|信教|信仰|政治面貌|籍贯|思想状况|思想动态|家庭成分|重点人|重点学生|情绪"  # rulings §8, domain §4.9
    "|请勿|禁止|异常|违规|成功!|成功！"  # looks.md
    r"|https?:|@|\d{7,}|[\U0001F300-\U0001FAFF]"
)


def every_text(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in every_text(item)]


def with_role(role: str, unit: str | None = None) -> list[Row]:
    return [row for row in PEOPLE.values() if role in row["roles"] and unit in (None, row["unit"])]


def named(row: Row) -> list[str]:
    """Every unit a problem names, under whatever word."""
    keys = ("place", "lead", "praised_unit", "receiver", "complained_of")
    returns = [step[key] for step in row.get("returned", []) for key in ("by", "suggested")]
    return [row[key] for key in keys if key in row] + [co["unit"] for co in row.get("co", [])] + returns


# the university


def test_it_has_the_size_that_was_asked_for() -> None:
    departments = [row for row in UNITS.values() if row["type"] in ("admin_dept", "party_dept", "service_unit")]
    assert len([row for row in departments if row["parent"] == "university"]) == 15
    wanted = {"college": 12, "teaching_office": 12, "dorm_building": 12, "canteen": 4, "decision_body": 2}
    assert {kind: TYPES[kind] for kind in wanted} == wanted
    assert all(6 <= len(classes) <= 8 for classes in UNIVERSITY["classes"].values())
    assert TYPES["place"] >= 10 and TYPES["club"] >= 8 and TYPES["party_office"] == 1  # noqa: PT018
    assert len(with_role("leader")) == 8
    assert len(with_role("clerk", "party-office")) == 3


def test_codes_are_english_and_every_unit_hangs_somewhere() -> None:
    assert len(UNITS) == len(UNIVERSITY["unit"])
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", code) for code in [*PLACES, *PEOPLE, *WRITTEN])
    assert not UNITS.keys() & CLASSES.keys()
    assert {row["parent"] for row in UNITS.values() if "parent" in row} <= UNITS.keys()
    assert [code for code, row in UNITS.items() if "parent" not in row] == ["university"]
    assert {code for code, row in UNITS.items() if row["type"] == "college"} == UNIVERSITY["classes"].keys()
    assert set(TYPES) <= set(UnitType)
    assert {row["function"] for row in UNITS.values() if "function" in row} == set(UnitFunction)
    assert all(row["floors"] and row["rooms_per_floor"] for row in UNITS.values() if row["type"] == "dorm_building")


def test_no_word_means_two_places() -> None:
    words = [word for row in UNITS.values() for word in (row["name"], *row.get("aliases", []))]
    words += [name for classes in UNIVERSITY["classes"].values() for name in classes.values()]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert all(" " not in word for word in words)  # the product keeps them blank-separated


def test_the_standing_cast_is_there_and_nobody_shares_a_name() -> None:
    assert all(role in PEOPLE[login]["roles"] for login, role in CAST.items())
    assert len(PEOPLE) == len(UNIVERSITY["person"]) == len({row["display_name"] for row in PEOPLE.values()})
    assert all(row["unit"] in UNITS and row["post"] for row in PEOPLE.values())
    assert all(set(row["roles"]) <= set(Role) for row in PEOPLE.values())
    assert not any(pair <= set(row["roles"]) for pair in INCOMPATIBLE for row in PEOPLE.values())


def test_who_receives_tickets_has_a_head_and_handlers() -> None:
    for code in RECEIVING:
        heads = with_role("head", code)
        assert len([row for row in heads if not row.get("is_deputy")]) == 1, code
        is_college = UNITS[code]["type"] == "college"
        assert len(with_role("desk" if is_college else "handler", code)) == (1 if is_college else 2), code
        assert with_role("handler", code), code
        assert is_college or len(heads) == 2, code


def test_liaisons_supervision_and_links_point_at_somebody() -> None:
    assert all(len(with_role("liaison", college)) == 1 for college in UNIVERSITY["classes"])
    delegations, supervision = UNIVERSITY["delegation"], UNIVERSITY["supervision"]
    leaders = {row["login"] for row in with_role("leader")}
    assert all("liaison" in PEOPLE[row["liaison"]]["roles"] for row in delegations)
    assert {row["leader"] for row in delegations} == leaders == {row["leader"] for row in supervision}
    assert {row["leader"] for row in delegations if row["liaison"] == "liaison"} == {"li", "chen"}
    assert RECEIVING - UNIVERSITY["classes"].keys() <= {row["unit"] for row in supervision} <= UNITS.keys()
    for leader in leaders:
        linked = {row["unit"] for row in UNIVERSITY["link"] if row["person"] == leader}
        assert linked & CLASSES.keys() and linked & UNITS.keys(), leader  # noqa: PT018
    assert all(row["person"] in PEOPLE and row["unit"] in PLACES for row in UNIVERSITY["link"])


def test_the_twenty_categories_have_a_unit_and_a_limit() -> None:
    rows = UNIVERSITY["category"]
    assert [row["code"] for row in rows] == [f"{n:02d}" for n in range(1, 21)]
    assert all(row["lead"] in UNITS and row["limit_class"] in set(LimitClass) for row in rows)
    assert all(row["lead"] in RECEIVING for row in rows if row.get("road") != "hand_off")
    assert {row["code"]: row["road"] for row in rows if "road" in row} == {"18": "hand_off", "19": "restricted"}


# the problems


def test_there_are_enough_problems_of_every_kind() -> None:
    assert len({row["text"] for row in HEARD}) == len(HEARD) >= 140
    assert {row["category"] for row in PROBLEMS} == {row["code"] for row in UNIVERSITY["category"]}
    assert {row.get("outcome") for row in ANSWERED} == set("ABCD")
    assert {row["kind"] for row in HEARD} == set(Kind)
    roads = Counter(row["road"] for row in PROBLEMS if "road" in row)
    assert roads == {"on_spot": 4, "praise": 3, "redirect": 3, "restricted": 2, "hand_off": 3}
    assert any(row.get("urgent") for row in HEARD)


def test_every_problem_names_units_that_exist() -> None:
    for row in PROBLEMS:
        assert ("place" in row) != ("place_type" in row), row["code"]
        assert row.get("place_type", "club") in {*TYPES, "class"}, row["code"]
        assert set(named(row)) <= PLACES, row["code"]
        assert row.get("same_as", row["code"]) in WRITTEN, row["code"]
        assert "same_as" not in WRITTEN.get(row.get("same_as", ""), {}), "a chain of same_as"
    assert all({row["lead"], *(co["unit"] for co in row.get("co", []))} <= RECEIVING for row in ANSWERED)


def test_an_answer_says_what_and_when() -> None:
    expected = {"A": {"{done}"}, "B": {"{by}"}, "C": {"{by}"}}
    for row in ANSWERED:
        marks = set(re.findall(r"\{\w*\}", row["answer"]))
        assert "road" in row or marks == expected.get(row["outcome"], marks), row["code"]
        assert marks <= ({"{by}"} if row["outcome"] in "BC" else {"{done}"}), row["code"]
        assert "road" in row or row["progress"], row["code"]
        assert len(row["answer"]) >= 20, row["code"]


def test_voices_and_questions_have_fitting_lengths_and_words() -> None:
    assert all(5 <= len(row["text"]) <= 200 and row["kind"] in set(Kind) for row in HEARD)
    assert all(row["limit_class"] in set(LimitClass) for row in ANSWERED)
    asked = [(row, co) for row in ANSWERED for co in row.get("co", [])]
    assert all(len(co["question"]) >= 8 and len(co["answer"]) >= 20 for _, co in asked)
    assert all(co["unit"] != row["lead"] for row, co in asked)


def test_each_outcome_brings_what_it_needs() -> None:
    for row in ANSWERED:
        assert ("refusal" in row) == (row["outcome"] == "D"), row["code"]
        assert ("plan" in row) == (row["outcome"] == "C"), row["code"]
        assert ("expected_days" in row) == (row["outcome"] == "B"), row["code"]
        assert row.get("expected_days", 0) <= 40, row["code"]
    refusals = [row["refusal"] for row in ANSWERED if "refusal" in row]
    assert {row["reason_class"] for row in refusals} == set(ExplanationReason)
    assert all(row["basis"] and row["alternative"] for row in refusals)
    assert all(("review_days" in row) == (row["reason_class"] not in ("facts", "not_needed")) for row in refusals)
    for plan in (row["plan"] for row in ANSWERED if "plan" in row):
        days = [0, *(step["days"] for step in plan["milestones"])]
        assert all(0 < later - earlier <= 180 for earlier, later in pairwise(days)), plan["name"]


def test_side_roads_bring_what_they_need() -> None:
    returns = [(row, step) for row in HEARD for step in row.get("returned", [])]
    assert all(step["reason"] in set(ReturnReason) and step["duty_clause"] for _, step in returns)
    assert all(step["upheld"] or step["by"] == row["lead"] for row, step in returns)
    assert {step["upheld"] for _, step in returns} == {True, False}
    for row in PROBLEMS:
        road = row.get("road")
        assert (road == "redirect") == ("route" in row) == (row.get("reason_code") in set(RedirectReason)), row["code"]
        assert (road == "hand_off") == (row.get("handoff_type") in set(HandoffType)), row["code"]
        assert (road == "praise") == ("praised_unit" in row) == (row.get("kind") == "praise"), row["code"]
        assert (road == "restricted") == ("complained_of" in row), row["code"]
        assert named(row).count(row.get("complained_of", "")) <= 1, "recusal"
        assert road != "hand_off" or not {"text", "answer", "kind", "progress"} & row.keys(), row["code"]


# the contacts


def test_there_is_a_line_for_every_kind_of_contact() -> None:
    assert len({line["text"] for line in SUMMARIES}) == len(SUMMARIES) >= 60
    assert CONTACTS.keys() <= set(ContactKind)
    assert len([kind for kind in CONTACTS if kind.startswith("enter_")]) == 7
    assert "reception_day" in CONTACTS
    for name, kind in CONTACTS.items():
        assert set(kind.get("places", [])) <= PLACES, name
        assert ("places" in kind) + ("place_type" in kind) == (name != "enter_online"), name
        assert kind.get("place_type", "class") in {*TYPES, "class"}, name
    assert {line.get("heard", False) for line in SUMMARIES} == {True, False}
    assert all(5 <= len(line["text"]) <= SUMMARY_LENGTH and 1 <= line["minutes"] <= 600 for line in SUMMARIES)
    assert all(line["students"] in set(Headcount) for line in SUMMARIES)


# all of it


def test_months_are_months() -> None:
    rows = [*PROBLEMS, *SUMMARIES]
    assert all(1 <= month <= 12 for row in rows for month in row.get("months", []))


def test_no_text_says_what_the_product_never_holds() -> None:
    texts = every_text([UNIVERSITY, CONTACTS, PROBLEMS])
    assert [text for text in texts if NEVER.search(text)] == []
    spoken = [row["text"] for row in HEARD]
    assert [text for text in spoken if lint(text).refusals or lint(text).hints] == []


def test_no_voice_answer_or_summary_names_a_person() -> None:
    names = re.compile("|".join(row["display_name"] for row in PEOPLE.values()) + "|某某|同学叫")
    assert [text for text in every_text([CONTACTS, PROBLEMS]) if names.search(text)] == []
