"""The board in the words of its readers: one line per matter, one paragraph per text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from liaison.core import clock
from liaison.core.formats import day_words
from liaison.core.language import gettext as _
from liaison.core.language import is_english
from liaison.feedback.board.cells import shown
from liaison.feedback.board.models import Fate
from workflows.ticket_words import Outcome


def lines(cells: Sequence[Any]) -> list[SimpleNamespace]:
    """One line per matter: its name, and for each fate how many and what belongs to it. No sums: see `cells`."""
    groups = [list(rows) for _name, rows in groupby(cells, key=lambda one: one.matter)]
    rest = _("其他方面") if len(groups) > 1 else _("各方面合起来")
    return [_line(rows, rest) for rows in groups]


def _line(rows: list[Any], rest: str) -> SimpleNamespace:
    name = (rows[0].matter_en if is_english() else rows[0].matter) or rest
    return SimpleNamespace(matter=name, fates=[(fate, *_came_to(rows, fate)) for fate in Fate])


def _came_to(rows: Iterable[Any], fate: Fate) -> tuple[str, str]:
    """How many, in print; and the reasons of refusals, or until when."""
    here = [one for one in rows if one.fate is fate]
    count = shown(sum(one.voices for one in here))
    if count == 0:
        return "", ""
    return (_("几件") if count is None else str(count)), _beside(here, fate)


def _beside(here: Sequence[Any], fate: Fate) -> str:
    if fate is Fate.REFUSED:
        return _("、").join(_(one.reason.label) for one in here if one.reason)
    until = max((one.until_on for one in here if one.until_on), default=None)
    if until is None:
        return ""
    if until < clock.today():
        return _("原答应%(day)s前，已经过了", day=day_words(until))
    return _("最晚%(day)s前", day=day_words(until))


def text(row: Any) -> SimpleNamespace:
    """A released text: what it is called, what was said, what came of it."""
    why = _(row.reason_class.label) if row.reason_class else ""
    head = _("暂不能办：%(why)s", why=why) if row.outcome is Outcome.D else _("已办好")
    return SimpleNamespace(
        id=row.id,
        head=head,
        is_done=row.outcome is not Outcome.D,
        said=row.said,
        done=row.done,
        place=row.place or _("全校"),
        day=day_words(row.handled_on) if row.handled_on else "",
        at=row.at,
    )


def counted_at(cells: Sequence[Any]) -> str:
    return day_words(cells[0].made_at) if cells else ""
