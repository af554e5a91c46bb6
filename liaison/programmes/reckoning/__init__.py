"""算进度: what the rules ask of one person and how far he has come (domain.md §3.9). No database, no Flask, no clock.

    judge(facts, school, book, year, today) → list[Line]

`Facts` is one person: posts, absences, links, contacts as plain facts. `School` is the calendar: terms, working
days, special periods. `Rulebook` holds the editions of the rules. `year` is an academic year, 2026-2027; `today`
says which links are valid, nothing else depends on it. All of them are values that never change.

A `Line` is one requirement in one period. What is owed weekly or monthly has a line for each month (a week belongs
to the month of its Thursday) and one for each term, with a `Piece` for every single week or month; everything
else has a line for its own period. `line.required is None` prints 免计; `line.status(today)` gives the word;
`line.open` names the weeks still missing. `line.credited` are the ids of the contacts that count, `waiting` those
that would once they are confirmed, `voluntary` those of weeks in which nothing was owed (自愿), `short` stays that
were too short (listed, not added). `times_credited(lines)` tells which contact counted more than once (同次).

Stored lines, kept up to date, come from `programmes/queries/progress.py`; they are the same `Line`.
"""

from liaison.programmes.reckoning.facts import Away, Facts, Held, Meeting, Tie
from liaison.programmes.reckoning.judging import BY_HAND, judge
from liaison.programmes.reckoning.lines import Credit, Line, Piece, times_credited
from liaison.programmes.reckoning.rules import Edition, Rule, Rulebook
from liaison.programmes.reckoning.school import School, Term
from liaison.programmes.reckoning.spans import Span

__all__ = [
    "BY_HAND",
    "Away",
    "Credit",
    "Edition",
    "Facts",
    "Held",
    "Line",
    "Meeting",
    "Piece",
    "Rule",
    "Rulebook",
    "School",
    "Span",
    "Term",
    "Tie",
    "judge",
    "times_credited",
]
