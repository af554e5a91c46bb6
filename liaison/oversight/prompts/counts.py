"""Numbers of concluded prompts, those that have gone with their term included; of nobody (domain.md §6.3, 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import func, select

from liaison.core.db import run
from liaison.oversight.prompts.models import Prompt, PromptConclusion, PromptTally
from liaison.oversight.prompts.words import Conclusion, PromptKind

Concluded = Counter[tuple[PromptKind, Conclusion]]


def concluded(terms: Collection[str]) -> Concluded:
    """How many of each kind ended how: what still stands, and what was let go. Two statements."""
    kept = select(Prompt.kind, PromptConclusion.result, func.count().label("number"))
    kept = kept.join(PromptConclusion, PromptConclusion.prompt_id == Prompt.id).where(Prompt.term.in_(terms))
    found: Concluded = Counter()
    for row in run(kept.group_by(Prompt.kind, PromptConclusion.result)):
        found[row.kind, row.result] += row.number
    for row in run(select(PromptTally).where(PromptTally.term.in_(terms))):
        found.update({(row.kind, one): getattr(row, one.value) for one in Conclusion})
    return +found
