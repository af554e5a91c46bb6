"""编号: LX2026-000123-7 – year, serial, check digit, readable over the phone (domain.md §4.15)."""

from __future__ import annotations

import secrets
from collections import Counter

from liaison.core.db import insert_or, run
from liaison.tickets.models import NumberSeries
from liaison.tickets.models.tickets import RESTRICTED_SERIES


def check_digit(digits: str) -> int:
    """ISO 7064 MOD 11,10 (GB/T 17710) over decimal digits."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10


def next_number(series: str, year: int) -> str:
    """The next number of a series: «LX», 2026 → «LX2026-000101-0».

    The row stays locked until the transaction ends, so numbers are unique and gaps mean roll-backs.
    """
    return next_numbers((series, year))[0]


def next_serial(series: str, year: int) -> int:
    """The bare serial, for numbers of another shape (督〔2026〕3号)."""
    return _raised(Counter([(series, year)]))[series, year]


def next_numbers(*wanted: tuple[str, int]) -> list[str]:
    """One number for each series and year asked for, in that order: one statement for a whole form."""
    counts = Counter(wanted)
    given = {key: iter(range(last - counts[key] + 1, last + 1)) for key, last in _raised(counts).items()}
    return [_number(series, year, next(given[series, year])) for series, year in wanted]


def _number(series: str, year: int, serial: int) -> str:
    return f"{series}{year}-{serial:06d}-{check_digit(f'{year}{serial:06d}')}"


def restricted_number() -> str:
    """A number of the separate random series: it tells neither order nor amount (domain.md §4.15)."""
    digits = f"{secrets.randbelow(10**8):08d}"
    return f"{RESTRICTED_SERIES}{digits[:4]}-{digits[4:]}-{check_digit(digits)}"


def _raised(counts: Counter[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Raise each series by its count; the last serials. In one order always, so that two forms never wait in a ring."""
    rows = [{"series": series, "year": year, "last": counts[series, year]} for series, year in sorted(counts)]
    new = insert_or(NumberSeries).values(rows)
    raised = new.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": NumberSeries.last + new.excluded.last}
    )
    found = run(raised.returning(NumberSeries.series, NumberSeries.year, NumberSeries.last))
    return {(row.series, row.year): row.last for row in found}
