"""Which month, and as of which day."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, MonthField
from wtforms.validators import Optional

from liaison.core import clock
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.figures import scope
from liaison.oversight.figures.scope import Scope


class ScopeForm(FlaskForm):
    """Read from the address; what is not there, or lies ahead, is the present month and today."""

    class Meta:
        csrf = False

    month = MonthField(_l("月份"), [Optional()])
    as_of = DateField(_l("截至"), [Optional()])

    def scope(self) -> Scope:
        today = clock.today()
        as_of = min(self.as_of.data or today, today)
        first = min(self.month.data or as_of, as_of)
        self.month.data, self.as_of.data = date(first.year, first.month, 1), as_of
        return scope.month(first, as_of)
