"""工号 without the zeros before them: a spreadsheet took them for numbers. The office is asked (imports.md §1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from liaison.exchange.rosters.reading import Taken, Workbook
from liaison.exchange.rosters.shelves import Stock

OF_STAFF = frozenset({"staff_no", "supervising_leader", "head", "handlers", "liaison"})


def lost(book: Workbook, stock: Stock) -> int:
    """How long the numbers ought to be; 0 where there is nothing to ask.

    That is: no number of the file begins with a zero, numbers that are there do, and some of the file's would be
    known if they did.
    """
    there = {str(key[0]) for key in stock.rows("person")}
    lengths = Counter(len(number) for number in there if number.startswith("0") and number.isdigit())
    given = {cell for taken in book.taken for cell in _numbers(taken)}
    if not lengths or not given or any(cell.startswith("0") for cell in given):
        return 0
    length = lengths.most_common(1)[0][0]
    return length if any(cell not in there and cell.zfill(length) in there for cell in given) else 0


def pad(taken: Taken, length: int) -> Taken:
    """The sheet with its staff numbers filled up to this length; 0 leaves them as they are."""
    if not length:
        return taken
    rows = [(number, {name: _padded(taken, name, cells, length) for name in cells}) for number, cells in taken.rows]
    return Taken(taken.kind, taken.sheet, rows, taken.unused, taken.dropped)


def _padded(taken: Taken, name: str, cells: dict[str, str], length: int) -> str:
    cell = cells[name]
    is_staff = name in OF_STAFF or (name == "target" and cells.get("type") == "青年教师")
    return cell.zfill(length) if is_staff and cell.isascii() and cell.isdigit() else cell


def _numbers(taken: Taken) -> Iterator[str]:
    return (cells["staff_no"] for _number, cells in taken.rows if "staff_no" in cells)
