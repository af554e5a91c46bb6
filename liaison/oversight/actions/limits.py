"""时限: the director changes a class; a new edition, for what is dispatched from then on."""

from __future__ import annotations

from flask_babel import gettext as _

from liaison.audit.actions import append
from liaison.calendars import actions as calendars
from liaison.calendars import in_force
from liaison.calendars.limit_rules import Limits, Rules
from liaison.core.errors import BadInput, Conflict
from liaison.people.actor import Actor
from workflows.ticket_words import LimitClass


def change(limit_class: LimitClass, limits: Limits, actor: Actor, *, base: str, note: str) -> Rules:
    """A new edition in which one class has these limits. Running tickets keep theirs. Commits nothing.

    `base` is the edition the person looked at: Conflict when somebody saved another one since. BadInput when
    nothing was changed.
    """
    present = in_force.rules()
    if present.label != base:
        raise Conflict(_("刚才有人先改了时限（现在是第 %(label)s 版）。请看一眼再改。", label=present.label))
    if present.rows[limit_class] == limits:
        raise BadInput(handle=_("和现行的一样，没有要保存的。"))
    made = calendars.make_limits({**present.rows, limit_class: limits}, made_by_id=actor.id, note=note)
    append(actor.id, "limits.saved", object=made.label, limit_class=limit_class.value)
    return made
