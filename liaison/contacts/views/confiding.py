"""敏感事项 at capture: the text goes straight to the confidential officer (domain.md §4.5, scenario A19)."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import SelectChoice

from liaison.access import Action, Scope, scopes
from liaison.people.actor import Actor
from liaison.tickets.queries import choices


def may_confide(actor: Actor) -> bool:
    """Whether he may write a restricted matter: a liaison sees the telephone numbers only."""
    return Scope.OWN in scopes(actor, Action.USE_CONFIDENTIAL)


def units() -> list[SelectChoice]:
    """The units it may be about; the one that is picked takes no part."""
    offered = [SelectChoice(value=key, label=name) for key, name in choices.receiving_units()]
    return [SelectChoice(value="", label=_("不涉及哪个单位")), *offered]
