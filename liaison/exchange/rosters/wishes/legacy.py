"""Sheet 17: the ledger kept before this system, taken in once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from flask_babel import gettext as _

from liaison.core import clock
from liaison.exchange.rosters.lines import Line, Wish, words_of
from liaison.tickets.lint import lint
from liaison.tickets.models.voices import TEXT_LENGTH
from workflows.ticket_words import Outcome

OUTCOMES = words_of(Outcome) | {f"{one.value} {one.label}": one for one in Outcome}
OUTCOMES |= {f"{one.value}类": one for one in Outcome}


def of_ticket(line: Line) -> Iterator[Wish]:
    """17 历史台账: what was raised, when, and how it ended; what must not stand in a voice is refused here too."""
    number, text = line.code("number", 40), line.text("text", TEXT_LENGTH)
    received, ended = _past(line, "received_on"), _past(line, "ended_on")
    if received and ended and ended < received:
        line.wrong("ended_on", _("不能早于收到日期。"))
    for words in lint(text).refusals:
        line.wrong("text", words)
    values = {
        "number": number,
        "received_on": received,
        "text": text,
        "category": line.text("category", 40),
        "unit": line.text("unit", 60),
        "ended_on": ended,
        "outcome": line.word("outcome", OUTCOMES),
        "source": line.text("source", 40),
    }
    known_by = number or f"{received} {sha256(text.encode()).hexdigest()[:40]}"
    yield line.wish("legacy_ticket", number or f"{received}", {"known_by": known_by}, values, said=SAID)


SAID = {"known_by": "number", "unit_id": "unit"}


def _past(line: Line, name: str) -> date | None:
    found = line.day(name)
    if found and found > clock.today():
        line.wrong(name, _("日期在今天之后，请核对。"))
    return found
