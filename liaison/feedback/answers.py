"""What was answered, in the words of a page: what was done, or why not and what else is possible (looks.md)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.core.formats import day_words
from liaison.feedback.matters import Matter
from workflows.ticket_words import ExplanationReason, Kind, Outcome

WORDS: dict[Outcome, Any] = {
    Outcome.A: _l("已解决"),
    Outcome.B: _l("正在解决"),
    Outcome.C: _l("已列入计划"),
    Outcome.D: _l("暂时办不了"),
}
SETTLED = {ExplanationReason.FACTS, ExplanationReason.NOT_NEEDED}  # explained, but nothing was refused


def of(matter: Matter) -> tuple[list[Any], list[Any]]:
    """What is said now – the final answer, before it the interim ones of this episode – and what was said before."""
    if matter.is_sealed:
        return [], []
    final = matter.final_answer
    if final is not None:
        now = [final]
    else:
        now = [a for a in matter.answers if a.episode == matter.row.episode and not a.is_final]
    return now, [answer for answer in matter.answers if answer not in now]


def drawn(matter: Matter, answer: Any) -> SimpleNamespace:
    unit = (answer.unit if matter.is_ordinary else "") or _("学校")
    return SimpleNamespace(
        head=_("%(unit)s答复：%(word)s", unit=unit, word=_outcome(matter, answer)),
        day=day_words(answer.offered_at, weekday=True),
        text=answer.text,
        more=[pair for pair in _reasons(answer) if pair[1]],
    )


def _outcome(matter: Matter, answer: Any) -> str:
    if matter.row.kind is Kind.PRAISE:
        return _("已转达")
    return _("情况说明") if answer.reason_class in SETTLED else str(WORDS[answer.outcome])


def _reasons(answer: Any) -> list[tuple[str, str]]:
    """Why it cannot be done, and what else is possible (looks.md «To the student»)."""
    why = f"{_(answer.reason_class.label)}。{answer.basis}" if answer.reason_class else ""
    expected = day_words(answer.expected_on) if answer.expected_on and not answer.is_final else ""
    return [
        (_("为什么"), why),
        (_("还可以怎么办"), answer.alternative),
        (_("什么时候再看"), day_words(answer.review_on)),
        (_("预计完成"), expected),
    ]
