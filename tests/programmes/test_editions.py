"""A new edition of a programme: what it governs, who was faster, what cannot be right."""

from dataclasses import replace
from datetime import date

import pytest

from liaison.audit.models import AuditRow
from liaison.core.errors import BadInput, Conflict
from liaison.programmes import shipped
from liaison.programmes.actions.editions import save_edition, settle_programmes
from liaison.programmes.queries import rules
from liaison.programmes.words import Period, QuantityUnit

SEPTEMBER = date(2026, 9, 1)
MOE19 = list(shipped.programmes()[0].rules)
DEP = next(line for line in MOE19 if line.code == "MOE19-DEP")


@pytest.fixture
def moe19(db):
    settle_programmes()
    return rules.programme("MOE19")


def with_number(number):
    """The school sets how often departments and colleges keep contact."""
    return [replace(line, minimum=number, is_in_force=True) if line is DEP else line for line in MOE19]


def test_a_school_sets_its_number_and_periods_from_that_day_ask_for_it(db, moe19, actor_of):
    assert save_edition(actor_of("director"), moe19, with_number(3), base=1, from_on=SEPTEMBER) == 2
    book, codes = rules.rulebook(), (DEP.code,)
    assert book.governing("MOE19", codes, date(2026, 8, 31)) == []
    assert [rule.minimum for rule in book.governing("MOE19", codes, SEPTEMBER)] == [3]
    assert [one.edition for one in rules.editions(moe19.id)] == [2, 1]
    assert db.session.query(AuditRow).filter_by(deed="programme.saved").one().object == "MOE19/2"


def test_an_edition_out_of_force_ends_the_programme(moe19, actor_of):
    save_edition(actor_of("director"), moe19, MOE19, base=1, from_on=SEPTEMBER, is_in_force=False)
    assert rules.rulebook().governing("MOE19", ("MOE19-F2F",), SEPTEMBER) == []
    assert rules.rulebook().governing("MOE19", ("MOE19-F2F",), date(2026, 8, 31)) != []


def test_of_two_who_save_the_second_reads_who_was_faster(moe19, actor_of):
    save_edition(actor_of("director"), moe19, with_number(3), base=1, from_on=SEPTEMBER)
    with pytest.raises(Conflict, match="第 2 版"):
        save_edition(actor_of("director"), moe19, with_number(2), base=1, from_on=SEPTEMBER)


def test_an_edition_cannot_begin_before_the_one_it_follows(moe19, actor_of):
    with pytest.raises(BadInput) as refused:
        save_edition(actor_of("director"), moe19, MOE19, base=1, from_on=date(2019, 3, 19))
    assert "from_on" in refused.value.errors


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", " "),
        ("title", "长" * 41),
        ("minimum", -1),
        ("minimum", 401),
        ("makeup_days", 8),
        ("kinds", ("enter_heart",)),
        ("note", "注" * 201),
    ],
)
def test_a_line_that_cannot_be_right_is_answered_by_a_sentence_at_its_field(moe19, actor_of, column, value):
    with pytest.raises(BadInput) as refused:
        save_edition(actor_of("director"), moe19, [replace(DEP, **{column: value})], base=1, from_on=SEPTEMBER)
    assert refused.value.errors.keys() == {f"MOE19-DEP-{column}"}


def test_weeks_are_counted_by_the_week_and_links_have_no_period(moe19, actor_of):
    lines = [replace(DEP, unit=QuantityUnit.WEEKS), replace(DEP, code="X", unit=QuantityUnit.LINK, period=Period.TERM)]
    with pytest.raises(BadInput) as refused:
        save_edition(actor_of("director"), moe19, lines, base=1, from_on=SEPTEMBER)
    assert refused.value.errors.keys() == {"MOE19-DEP-unit", "X-period"}


def test_two_lines_of_one_code_are_refused(moe19, actor_of):
    with pytest.raises(BadInput) as refused:
        save_edition(actor_of("director"), moe19, [DEP, DEP], base=1, from_on=SEPTEMBER)
    assert refused.value.errors.keys() == {"lines"}
