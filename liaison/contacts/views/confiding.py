"""敏感事项 at capture: the text goes straight to the confidential officer (domain.md §4.5, scenario A19)."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import SelectChoice

from liaison.access import Action, Scope, scopes
from liaison.contacts.forms import ProblemForm
from liaison.people.actor import Actor
from liaison.tickets.queries import choices
from liaison.tickets.queries.readers import people_called


def may_confide(actor: Actor) -> bool:
    """Whether he may write a restricted matter: a liaison sees the telephone numbers only."""
    return Scope.OWN in scopes(actor, Action.USE_CONFIDENTIAL)


def units() -> list[SelectChoice]:
    """The units it may be about; the one that is picked takes no part."""
    offered = [SelectChoice(value=key, label=name) for key, name in choices.receiving_units()]
    return [SelectChoice(value="", label=_("不涉及哪个单位")), *offered]


def whom(blocks: list[ProblemForm], actor: Actor) -> list[int | None] | None:
    """Of each problem the member of staff it is about; None, with a sentence beside a name that is not one person's."""
    named = [_person(block) if block.about.data and may_confide(actor) else None for block in blocks]
    return None if any(block.about.errors for block in blocks) else named


def _person(block: ProblemForm) -> int | None:
    found = people_called(block.about.data)
    if len(found) == 1:
        return int(found[0].id)
    unclear = _("同名的有几位，请写账号。") if found else _("没有找到这位教职工，请写全名或账号；不清楚的可以空着。")
    block.about.errors = [unclear]
    return None
