"""历史台账 beside what is there: which of our units an old name means, and what does not belong into the open."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from liaison.exchange.rosters.lines import Wish
from liaison.exchange.rosters.reading import Finding
from liaison.tickets.lint import lint
from workflows.ticket_words import LimitClass

if TYPE_CHECKING:
    from liaison.exchange.rosters.planning import Plan


def name_units(plan: Plan) -> None:
    """The unit that worked on it, by code or name, where it is one of ours: its head finds it then."""
    wishes = [wish for wish in _wishes(plan) if "unit" in wish.values]
    known = _units(plan) if wishes else {}
    for wish in wishes:
        wish.values["unit_id"] = known.get(_plain(wish.values["unit"]))


def refused(plan: Plan, _actor: Any) -> Iterator[Finding]:
    """A complaint about staff has named readers, and an old ledger names none: it stays where it is."""
    rows = plan.stock.rows("category").values() if plan.wanted.get("legacy_ticket") else ()
    kept = [row.values for row in rows if row.values["limit_class"] is LimitClass.RESTRICTED]
    words = {_plain(name) for one in kept for name in (one["code"], one["code"].lstrip("0"), one["name"])}
    for wish in _wishes(plan):
        if _plain(wish.values.get("category", "")) in words:
            yield _of(wish, "category", _("受限的事项不进历史台账，请从文件里删去这一行，另行存档。"))


def doubtful(plan: Plan) -> Iterator[Finding]:
    """Worth a look: a unit that is none of ours, a text that may name somebody."""
    strange: set[str] = set()  # each name is said once
    for wish in _wishes(plan):
        name = wish.values.get("unit", "")
        if name and wish.values["unit_id"] is None and name not in strange:
            strange.add(name)
            yield _of(wish, "unit_id", _("单位名录里没有“%(name)s”，只保留文字。", name=name))
        yield from (_of(wish, "text", words) for words in lint(wish.values.get("text", "")).hints)


def _wishes(plan: Plan) -> list[Wish]:
    return list(plan.wanted.get("legacy_ticket", {}).values())


def _units(plan: Plan) -> dict[str, str | None]:
    """Name, short name or code of a unit → its code; a name that means two is not known."""
    known: dict[str, str | None] = {}
    there = {code: row.values for (code,), row in plan.stock.rows("unit").items()}
    coming = {code: wish.values for (code,), wish in plan.wanted.get("unit", {}).items()}
    for code, values in (there | coming).items():
        for name in {_plain(values.get(column) or "") for column in ("name", "short_name")} - {""}:
            known[name] = code if known.get(name, code) == code else None
    return known | {_plain(code): code for code in there | coming}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def _of(wish: Wish, column: str, words: str) -> Finding:
    return Finding(wish.kind.tab, wish.row, wish.heading(column), words)
