"""编号: readable over the telephone, unique, without hidden gaps (domain.md §4.15)."""

import re

import pytest

from liaison.tickets.actions.numbers import check_digit, next_number, restricted_number

# the twelve of the worked draw, domain.md §4.8
PUBLISHED = """LX2026-000101-0 LX2026-000102-8 LX2026-000103-6 LX2026-000104-4 LX2026-000105-2 LX2026-000106-9
LX2026-000107-7 LX2026-000108-5 LX2026-000109-3 LX2026-000110-8 LX2026-000111-6 LX2026-000112-4""".split()


@pytest.mark.parametrize("number", PUBLISHED)
def test_the_check_digit_is_that_of_the_published_draw(number):
    year, serial, digit = re.fullmatch(r"LX(\d{4})-(\d{6})-(\d)", number).groups()
    assert check_digit(year + serial) == int(digit)


def test_any_single_wrong_digit_is_noticed():
    right = "2026000123"
    for place in range(10):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            assert (check_digit(wrong) == check_digit(right)) is (wrong == right)


def test_each_series_and_year_counts_for_itself(db):
    assert [next_number("LX", 2026) for _ in range(2)] == ["LX2026-000001-7", "LX2026-000002-5"]
    assert next_number("LX", 2027).startswith("LX2027-000001-")
    assert next_number("LJ", 2026).startswith("LJ2026-000001-")


def test_a_roll_back_gives_its_number_to_the_next(db):
    first = next_number("LX", 2026)
    db.session.rollback()
    assert next_number("LX", 2026) == first


def test_restricted_numbers_tell_neither_order_nor_amount():
    numbers = {restricted_number() for _ in range(50)}
    assert len(numbers) == 50
    for number in numbers:
        first, second, digit = re.fullmatch(r"R-(\d{4})-(\d{4})-(\d)", number).groups()
        assert check_digit(first + second) == int(digit)
