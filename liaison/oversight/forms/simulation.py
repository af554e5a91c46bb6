"""Which term is replayed, and what is different then. Read from the address, so that a result can be kept as a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, IntegerField, SelectField
from wtforms.validators import Optional

from liaison.calendars.calendar import CalendarKind
from liaison.core.forms import Between
from liaison.oversight.replaying import Scenario
from workflows.ticket_words import LimitClass

CLASSES = (LimitClass.SIMPLE, LimitClass.GENERAL, LimitClass.COMPLEX, LimitClass.RESTRICTED)


def other(label: Any, least: int, most: int) -> IntegerField:
    """A number of days; empty = as it was."""
    words = _l("写 %(least)s 到 %(most)s 的整数，或者空着。", least=least, most=most)
    return IntegerField(label, [Optional(), Between(least, most, words)])


class SimulationForm(Form):
    term = SelectField(_l("哪个学期"))
    simple = other(_l("简易：办理（天）"), 1, 250)
    general = other(_l("一般：办理（天）"), 1, 250)
    complex = other(_l("复杂：办理（天）"), 1, 250)
    restricted = other(_l("受限：办理（天）"), 1, 250)
    sign = other(_l("签收（天）"), 0, 60)
    accept = other(_l("受理（天）"), 0, 60)
    triage = other(_l("研判（天）"), 0, 60)
    days = SelectField(_l("按哪种日子计算"), [Optional()])
    from_signing = BooleanField(_l("从签收算起，不从交办算起"))

    def __init__(self, formdata: Any, terms: Sequence[Any]) -> None:
        super().__init__(formdata)
        self.term.choices = [(str(term.id), term.label) for term in terms]
        self.days.choices = [("", _("和原来一样")), *((kind.value, _(kind.label)) for kind in CalendarKind)]

    def scenario(self) -> Scenario:
        """What is different; with everything empty, nothing is."""
        days = {one: self[one.value].data for one in CLASSES}
        return Scenario(
            handle={one: n for one, n in days.items() if n is not None},
            sign=self.sign.data,
            accept=self.accept.data,
            triage=self.triage.data,
            by=CalendarKind(self.days.data) if self.days.data else None,
            is_from_signing=self.from_signing.data,
        )
