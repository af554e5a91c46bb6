"""The few facts that only some kinds of contact have: title, report, course, colleague, a family's consent."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from liaison.contacts import evidence
from liaison.contacts.forms.reading import NoPersonalData, key, one_of, typed, words
from liaison.contacts.models import DOCUMENT_NO_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from liaison.core import clock
from liaison.programmes.words import ConsentForm, ContactKind, VisitMode

YEARS = range(2000, 2100)  # beyond them a moment does not fit into every calendar


def _short(most: int) -> Length:
    return Length(max=most, message=_l("请缩到 %(n)s 字以内。", n=most))


class FactsOfKind(Form):
    """Mixin. A fact that does not belong to the chosen kinds is not asked for, and not kept if it was sent."""

    title = StringField(_l("题目"), [NoPersonalData(), _short(TITLE_LENGTH)], filters=[typed])
    document_no = StringField(_l("报告文号"), [_short(DOCUMENT_NO_LENGTH)], filters=[typed])
    reported_on = DateField(_l("哪天上报"), [Optional()])
    course_id = SelectField(_l("听的课"), choices=[], coerce=key, validate_choice=False)
    colleague_id = SelectField(_l("青年教师"), choices=[], coerce=key, validate_choice=False)
    visit_mode = RadioField(
        _l("怎样走访"),
        choices=words(VisitMode),
        default=VisitMode.ON_SITE,
        coerce=one_of(VisitMode),
        validate_choice=False,
    )
    consent = RadioField(
        _l("怎样同意的"), choices=words(ConsentForm), coerce=one_of(ConsentForm), validate_choice=False
    )
    consented_on = DateField(_l("哪天同意的"), [Optional()])
    help_agreed = StringField(_l("商定的实际帮助"), [NoPersonalData(), _short(SUMMARY_LENGTH)], filters=[typed])

    def validate_consent(self, field: RadioField) -> None:
        if self.has("home_visit") and field.data is None:
            raise ValidationError(_("走访家庭要先得到同意，请点选是怎样同意的。"))

    def validate_consented_on(self, field: DateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_("这一天还没到。"))

    def validate_reported_on(self, field: DateField) -> None:
        if field.data and field.data.year not in YEARS:
            raise ValidationError(_("请再看一眼年份。"))

    @property
    def kinds(self) -> set[ContactKind | None]:
        """The kinds that are chosen."""
        return {self["kind"].data, self["second_kind"].data}

    def has(self, fact: str) -> bool:
        return evidence.belongs(fact, self.kinds)

    @property
    def facts_of_kind(self) -> dict[str, Any]:
        """The plain values of an Occasion that only some kinds have."""
        one_by_one = {
            "title": self.title.data,
            "document_no": self.document_no.data,
            "reported_on": self.reported_on.data,
            "course_id": self.course_id.data,
            "colleague_id": self.colleague_id.data,
            "home_visit": self._home_visit(),
        }
        return {name: value for name, value in one_by_one.items() if value and self.has(name)}

    def _home_visit(self) -> dict[str, Any]:
        """Without a day of its own, the consent was given on the day of the visit."""
        held = self["held_at"].data
        return {
            "mode": self.visit_mode.data or VisitMode.ON_SITE,
            "consent": self.consent.data,
            "consented_on": self.consented_on.data or (held.date() if held else clock.today()),
            "help_agreed": self.help_agreed.data,
        }
