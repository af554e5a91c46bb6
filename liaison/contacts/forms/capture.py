"""记一次联系: the occasion and the problems heard, in one form."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from liaison.contacts.forms.occasion import AHEAD, OLDEST, OccasionForm
from liaison.contacts.forms.reading import SHORT, NoPersonalData, key, one_of, typed, words
from liaison.contacts.models import locks_at
from liaison.core import clock
from liaison.core.drawing import Drawn
from liaison.core.forms import Once
from liaison.slips import forms as slip_fields
from liaison.tickets.lint import lint, speaks_of_danger
from liaison.tickets.models.voices import TEXT_LENGTH
from workflows.ticket_words import Kind

SHORTEST, SHORTEST_ANSWER, LONGEST_ANSWER = 5, 10, 500
MOST_PROBLEMS = 10
FORM_ID = re.compile(r"[0-9a-f]{32}")


class ProblemForm(Drawn, Form):
    """One problem heard. A block without text is no problem and is passed over."""

    text = TextAreaField(_l("学生说了什么"), [NoPersonalData()], filters=[typed])
    kind = RadioField(_l("类型"), choices=words(Kind), default=Kind.HELP, coerce=one_of(Kind), validate_choice=False)
    category_id = SelectField(_l("分类"), choices=[], coerce=key, validate_choice=False)
    is_urgent = BooleanField(_l("紧急：等到明天会有损失"))
    is_on_spot = BooleanField(_l("当场已答复"))
    answer = TextAreaField(_l("怎么答复的"), [NoPersonalData()], filters=[typed])
    is_sensitive = BooleanField(_l("敏感事项：只交给保密专办员"))
    complained_of_id = SelectField(_l("涉及哪个单位"), choices=[], coerce=key, validate_choice=False)
    about = StringField(
        _l("被反映的教职工"), [SHORT], filters=[typed], description=_l("写姓名或账号；只填教职工，不填学生。")
    )
    slip_channel = slip_fields.channel_field()
    slip = slip_fields.value_field()
    slip_consent = slip_fields.consent_field(_l("学生本人读过，同意留下"))

    def validate_text(self, field: TextAreaField) -> None:
        if not field.data and self.answer.data:
            raise ValidationError(_("请写下学生说了什么。"))
        if field.data and len(field.data) < SHORTEST:
            raise ValidationError(_("再多写几个字，说清哪里、什么问题（至少 5 个字）。"))
        if len(field.data) > TEXT_LENGTH:
            raise ValidationError(_("写得太长了，请缩到 1000 字以内；另一个问题可以另加一条。"))

    def validate_answer(self, field: TextAreaField) -> None:
        if not self.is_on_spot.data:
            return
        if len(field.data) < SHORTEST_ANSWER:
            raise ValidationError(_("请写下当场是怎么答复的（至少 10 个字）。"))
        if len(field.data) > LONGEST_ANSWER:
            raise ValidationError(_("答复写得太长了，请缩到 500 字以内。"))

    def validate_slip(self, field: StringField) -> None:
        if not field.data:
            return
        of_value, _words = slip_fields.faults(slip_fields.channel_of(self.slip_channel.data), field.data, True)
        if of_value:
            raise ValidationError(of_value)

    def validate_slip_consent(self, field: BooleanField) -> None:
        if self.slip.data and not field.data:
            raise ValidationError(_("本人同意才能留，请先读上面的说明。"))

    @property
    def is_danger(self) -> bool:
        """Words of somebody in danger: numbers before anything else (domain.md §4.5 «Emergency»)."""
        return speaks_of_danger(self.text.data or "")

    @property
    def hints(self) -> list[str]:
        return lint(f"{self.text.data}\n{self.answer.data}").hints


class PlanForm(Once, OccasionForm):
    """列入计划: which kind, where, when. Everything else is said when it has taken place."""

    def validate_held_at(self, field: DateTimeLocalField) -> None:
        moment = self.moment
        if moment is None or not clock.now() - AHEAD <= moment <= clock.now() + OLDEST:
            raise ValidationError(_("计划的时间要在今后一年之内。"))

    def validate_consent(self, field: RadioField) -> None:
        """A family is asked before the visit, not before the plan."""

    @property
    def planned(self) -> dict[str, Any]:
        """The plain values of an Occasion to come."""
        return {"held_at": self.moment, "kind": self.kind.data}


class CaptureForm(Once, OccasionForm):
    """记一次联系: the occasion and the problems heard, in one form."""

    acknowledged = HiddenField()
    planned = HiddenField(filters=[typed])  # the number of the plan that is recorded now, if any
    version = HiddenField(filters=[typed])  # of that plan
    late_reason = StringField(_l("补录原因"), [SHORT], filters=[typed])
    problems = FieldList(FormField(ProblemForm), min_entries=1, max_entries=MOST_PROBLEMS)

    def validate_form_id(self, field: HiddenField) -> None:
        if not FORM_ID.fullmatch(field.data or ""):
            raise ValidationError(_("这一页不完整，请刷新后再发一次。"))

    def validate_late_reason(self, field: StringField) -> None:
        moment = self.moment
        if moment and clock.now() >= locks_at(moment) and not field.data:
            raise ValidationError(_("那个月已经锁定。要补录，请写一句原因。"))

    @property
    def heard(self) -> list[ProblemForm]:
        """The blocks in which something was written."""
        return [block.form for block in self.problems if block.form.text.data]

    def must_show_hints(self) -> bool:
        """Hints are shown once; the second press passes (domain.md §4.9)."""
        if self.acknowledged.data or not any(block.hints for block in self.heard):
            return False
        self.acknowledged.data = "yes"
        return True
