"""What people do with a prompt: one line by whoever is asked, one conclusion by the director. Commits nothing."""

from __future__ import annotations

from typing import Any

from liaison.audit import actions as audit
from liaison.core.clock import now
from liaison.core.db import Base, insert_or, run, table
from liaison.core.errors import BadInput, Conflict, NotAllowed
from liaison.core.language import gettext as _
from liaison.oversight.prompts import queries
from liaison.oversight.prompts.models import PromptConclusion, PromptNote
from liaison.oversight.prompts.words import Conclusion
from liaison.people.actor import Actor


def explain(prompt: Any, text: str, *, actor: Actor) -> None:
    """情况说明: one line, once, while there is no conclusion. `prompt`: as loaded for this actor.

    No audit row: who reads the log would learn who was asked (scenario A25).
    """
    if not queries.is_asked(actor, prompt):
        raise NotAllowed(_("情况由被问到的人说明。"))
    if prompt.result is not None:
        raise Conflict(_("这个问题已经有了结论。"))
    if not text.strip():
        raise BadInput(text=_("请写一句。"))
    if not _put(PromptNote, prompt, {"text": text.strip(), "by_id": actor.id, "at": now()}):
        raise Conflict(_("已经说明过了，说明只写一次。"))


def conclude(prompt: Any, result: Conclusion, *, actor: Actor) -> None:
    """结论, when the days alone are over. Nobody concludes what he himself is asked; the office's he does."""
    is_own = prompt.person_id is not None or prompt.unit_id is not None
    if is_own and queries.is_asked(actor, prompt):
        raise NotAllowed(_("问您本人的问题，由另一位主任作结论。"))
    if prompt.private_until > now():
        raise Conflict(_("这几天先请被问到的人看。"))
    if not _put(PromptConclusion, prompt, {"result": result, "by_id": actor.id, "at": now()}):
        raise Conflict(_("这个问题已经有了结论。"))
    audit.append(actor.id, "prompt.concluded", object=str(prompt.id))


def _put(model: type[Base], prompt: Any, row: dict[str, Any]) -> bool:
    """Add the one row there can be; False where it is there already."""
    wanted = insert_or(model).on_conflict_do_nothing()
    done = wanted.returning(table(model).c.prompt_id)
    return run(done, {"prompt_id": prompt.id, **row}).first() is not None
