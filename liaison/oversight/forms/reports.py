"""What the director writes into a report."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from liaison.core.forms import tidy
from liaison.oversight.reports.words import Sort

MOST = Length(max=1000, message=_l("最多 1000 个字。"))  # three of them and the figures: under 4 000


class FinaliseForm(FlaskForm):
    version = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])

    def look_at(self, version: int) -> None:
        """What the form is sent with next: it was refused, and the reader sees the present version now."""
        self.version.data, self.version.raw_data = version, None


class WordsForm(FinaliseForm):
    """Two paragraphs of a month, three of a term or a year (domain.md §5.2, §5.3)."""

    account = TextAreaField(
        _l("主要做法"), [Optional(), MOST], filters=[tidy], description=_l("接在总体情况的数字后面。")
    )
    problems = TextAreaField(_l("存在问题"), [Optional(), MOST], filters=[tidy])
    next_steps = TextAreaField(_l("下一步安排"), [Optional(), MOST], filters=[tidy])

    def given(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("account", "problems", "next_steps") if name in self}


def words_form(sort: Sort, row: object = None) -> WordsForm:
    """With what stands in the report, whatever else was sent; without one, as it was sent."""
    form = WordsForm(formdata=None, obj=row) if row else WordsForm()
    if sort is Sort.MONTH:
        del form.problems
    return form
