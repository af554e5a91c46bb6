"""No prompt feeds a figure, a report, a statement or an export; no word of it accuses (domain.md §6.3, 3 and 5)."""

import json
import re
from datetime import date

import pytest

from liaison.oversight.figures import computing
from liaison.oversight.figures.scope import month
from liaison.oversight.prompts import actions, queries
from liaison.oversight.prompts.catalogue import CATALOGUE
from liaison.oversight.prompts.models import Prompt
from liaison.oversight.prompts.words import Conclusion, PromptKind
from tests.architecture.source import ROOT, files
from tests.factories import actor, make_ticket
from workflows.ticket_states import State

NEVER = re.compile("造假|异常|违规|可疑|作弊|虚假|排名|得分|请勿|禁止")
MAY_KNOW = {  # the pages, the menu's row, the nightly job, the notice; of a term's report numbers only
    "liaison/__init__.py",
    "liaison/tick.py",
    "liaison/oversight/forms/prompts.py",
    "liaison/oversight/reports/asked.py",
    "liaison/oversight/views/prompts.py",
}


def figures():
    known = computing.world(month(date(2026, 11, 1), date(2026, 11, 30)))
    return json.dumps([computing.as_plain(*one) for one in computing.computed(known)], ensure_ascii=False)


def test_every_figure_is_the_same_to_the_byte_with_and_without_prompts(db, batch, asked, frozen):
    time = frozen("2026-11-26 09:00")
    for _one in range(3):
        make_ticket(State.CLOSED)
    batch("zhang", time)
    time.to("2026-12-01 01:00")
    db.session.commit()
    before = figures()
    assert asked("I10")
    time.to("2026-12-09 01:00")
    director = actor("director")
    for key in db.session.scalars(db.select(Prompt.id).where(Prompt.private_until <= time.moment)).all():
        actions.conclude(queries.load(director, key), Conclusion.IN_PERSON, actor=director)
    assert figures() == before
    assert '"numerator": 3' in before


def test_nothing_else_of_the_program_imports_them():
    known = re.compile(r"oversight\.prompts|oversight import .*prompts")
    knowing = {path for path in files("liaison") if known.search((ROOT / path).read_text("utf-8"))}
    assert {path for path in knowing if not path.startswith("liaison/oversight/prompts/")} == MAY_KNOW


def test_nothing_else_names_their_tables():
    named = re.compile(r"""["'](?:prompt|prompt_record|prompt_note|prompt_conclusion|prompt_tally)["']""")
    paths = [path for path in files("liaison") if named.search((ROOT / path).read_text("utf-8"))]
    assert [path for path in paths if not path.startswith("liaison/oversight/prompts/")] == []


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.kind.value)
def test_it_is_worded_as_a_question_and_prints_its_own_limits(app, rule):
    with app.test_request_context():
        words = [str(rule.question), rule.when_words, rule.found_words(3, 7)]
    assert words[0].endswith("？")
    assert not [one for one in words if NEVER.search(one)]
    assert not [one for one in words if "%(" in one]
    assert all(str(limit) in words[1] for limit in rule.limits.values())


def test_there_are_nineteen_and_no_page_of_them_accuses():
    assert [rule.kind for rule in CATALOGUE] == list(PromptKind)
    assert [kind.value for kind in PromptKind] == [f"I{n}" for n in range(1, 20)]
    pages = sorted((ROOT / "templates" / "oversight").glob("prompt*.html"))
    assert len(pages) == 3
    assert not [page.name for page in pages if NEVER.search(page.read_text("utf-8"))]
