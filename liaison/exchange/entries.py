"""One row of a table → a voice that can be filed, or sentences that say what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.sheets import Sheet
from liaison.tickets.lint import lint
from liaison.tickets.models.voices import TEXT_LENGTH

SHORTEST = 5
NOON = time(12, 0)  # of a day without a clock time
OLDEST = date(2000, 1, 1)
SERIALS = range(36526, 73051)  # days since 1899-12-30, from 2000 to 2099: how spreadsheets keep a date
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
Find = Callable[[str], int | None]


@dataclass(frozen=True)
class Entry:
    """A row that was looked at. `errors` keep it out, `warnings` do not."""

    row: int
    text: str
    raised_at: datetime
    place_id: int | None = None
    category_id: int | None = None
    hint: str = ""  # who would act, in the words of the table
    suggested: str = ""  # the same, where it names a unit of ours
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def entries(sheet: Sheet, place: Find, category: Find) -> list[Entry]:
    """Every row judged; `place` and `category` turn a name into a key, None where it is not known."""
    return [_entry(number, cells, place, category) for number, cells in sheet.rows]


def _entry(row: int, cells: dict[str, str], place: Find, category: Find) -> Entry:
    warnings: list[str] = []
    raised_at, wrong_date = _moment(cells.get("date", ""))
    text = _text(cells)
    return Entry(
        row=row,
        text=text,
        raised_at=raised_at,
        place_id=_found(place, cells.get("place", ""), warnings, _("地点“%(name)s”不在名录里，先不填。")),
        category_id=_found(category, cells.get("category", ""), warnings, _("类别“%(name)s”不在分类里，留待研判。")),
        hint=cells.get("hint", ""),
        suggested=_unit_of(cells.get("hint", ""), place),
        errors=[words for words in (*_wrong(text, cells), wrong_date) if words],
        warnings=warnings + lint(text).hints,
    )


def _unit_of(hint: str, place: Find) -> str:
    """Only a name that is known here is kept for the clerk."""
    return hint if hint and place(hint) is not None else ""


def _text(cells: dict[str, str]) -> str:
    """Title and text in one, unless the text begins with the title."""
    title, text = cells.get("title", ""), cells.get("text", "")
    return text if not title or text.startswith(title) else f"{title}\n{text}".strip()


def _wrong(text: str, cells: dict[str, str]) -> list[str]:
    found = list(lint(cells["all"]).refusals)
    if len(text) < SHORTEST:
        found.append(_("内容不到 5 个字，说不清是什么事。"))
    if len(text) > TEXT_LENGTH:
        found.append(_("内容有 %(n)s 个字，请缩到 1000 字以内。", n=len(text)))
    if cells["overflow"]:
        found.append(_("这一行的格数比表头多，可能有逗号没有加引号。"))
    return found


def _found(find: Find, name: str, warnings: list[str], words: str) -> int | None:
    key = find(name) if name else None
    if name and key is None:
        warnings.append(words % {"name": name[:20]})
    return key


def _moment(cell: str) -> tuple[datetime, str]:
    """When it was said; without a date, now. The second is what is wrong with it."""
    now = clock.now()
    if not cell:
        return now, ""
    said = _read(unicodedata.normalize("NFKC", cell))
    if said is None:
        return now, _("日期“%(cell)s”读不出来，请写成 2026-11-18。", cell=cell[:20])
    day, hour = said
    if day > clock.today() or (hour and clock.moment(day, hour) > now):
        return now, _("日期在今天之后，请核对。")
    if day < OLDEST:
        return now, _("日期太早，请核对。")
    return min(clock.moment(day, hour or NOON), now), ""


def _read(cell: str) -> tuple[date, time | None] | None:
    if cell.isascii() and cell.isdigit() and int(cell[:9]) in SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(cell)), None
    found = DAY.fullmatch(cell)
    if not found:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 0, month or 0, day or 0), None if hour is None else time(hour, minute or 0)
    except ValueError:
        return None
