"""编号: LX2026-000123-7 – year, serial, check digit, readable over the phone (domain.md §4.15)."""

from __future__ import annotations

import secrets

from sqlalchemy.dialects import postgresql, sqlite

from liaison.core.db import db
from liaison.tickets.models import NumberSeries


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
    serial = _next_serial(series, year)
    return f"{series}{year}-{serial:06d}-{check_digit(f'{year}{serial:06d}')}"


def restricted_number() -> str:
    """A number of the separate random series: it tells neither order nor amount (domain.md §4.15)."""
    digits = f"{secrets.randbelow(10**8):08d}"
    return f"R-{digits[:4]}-{digits[4:]}-{check_digit(digits)}"


def _next_serial(series: str, year: int) -> int:
    insert = (postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite).insert
    row = insert(NumberSeries).values(series=series, year=year, last=1)
    upsert = row.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    return int(db.session.execute(upsert).scalar_one())
