"""What may be typed about a contact, and what is wrong with it. Three inputs are asked for at most:
kind (form_a1, MOE19-F2F), place (form_a1) and, where there is a problem, its words (the ticket itself).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput

from liaison.contacts.models import SUMMARY_LENGTH, locks_at
from liaison.contacts.words import ContactKind, Headcount, MeetingChannel
from liaison.core import clock
from liaison.core.forms import Once, tidy
from liaison.tickets.lint import lint
from liaison.tickets.models.voices import TEXT_LENGTH
from workflows.engine import Labelled
from workflows.ticket_words import Kind

SHORTEST, SHORTEST_ANSWER, LONGEST_ANSWER = 5, 10, 500
MOST_PROBLEMS = 10
FORM_ID = re.compile(r"[0-9a-f]{32}")
AHEAD = timedelta(minutes=10)  # a phone's clock may be a little fast
OLDEST = timedelta(days=366)
TOO_LONG_FOR_THE_FORM = Length(max=SUMMARY_LENGTH, message=_l("简况印在记录表的一格里，请缩到 60 字以内。"))
SHORT = Length(max=200, message=_l("请缩到 200 字以内。"))
YEARS = range(2000, 2100)  # beyond them a moment does not fit into every calendar


def typed(text: str | None) -> str:
    """Tidied text; a field that was not sent is an empty one."""
    return tidy(text) or ""


def words(kind: type[Labelled], none: Any = None) -> list[SelectChoice]:
    """The words of a list as choices; `none` is the words for choosing nothing."""
    empty = [SelectChoice(value="", label=none)] if none else []
    return [*empty, *(SelectChoice(value=one.value, label=_l(one.label)) for one in kind)]


def one_of(kind: type[Labelled]) -> Callable[[Any], Any]:
    """What a choice field holds: a word of the list, or None where nothing was chosen."""
    return lambda value: kind(value) if value else None


def key(value: Any) -> int | None:
    """What a choice by key holds; nothing chosen is None, and no key is larger than the database's."""
    text = str(value or "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        if text:
            raise ValueError(text)
        return None
    return int(text)


def several(label: Any) -> SelectMultipleField:
    """Check boxes by key; the page fills in which."""
    box = CheckboxInput()
    return SelectMultipleField(label, option_widget=box, choices=[], coerce=key, validate_choice=False)


class NoPersonalData:
    """What tells who spoke is refused here; what might is hinted at by the form as a whole."""

    def __call__(self, form: Any, field: Any) -> None:
        refusals = lint(field.data or "").refusals
        if refusals:
            raise StopValidation(" ".join(refusals))


class ProblemForm(Form):
    """One problem heard. A block without text is no problem and is passed over."""

    text = TextAreaField(_l("学生说了什么"), [NoPersonalData()], filters=[typed])
    kind = RadioField(_l("类型"), choices=words(Kind), default=Kind.HELP, coerce=one_of(Kind), validate_choice=False)
    category_id = SelectField(_l("分类"), choices=[], coerce=key, validate_choice=False)
    is_urgent = BooleanField(_l("紧急：等到明天会有损失"))
    is_on_spot = BooleanField(_l("当场已答复"))
    answer = TextAreaField(_l("怎么答复的"), [NoPersonalData()], filters=[typed])

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

    @property
    def hints(self) -> list[str]:
        return lint(f"{self.text.data}\n{self.answer.data}").hints


class OccasionForm(FlaskForm):
    """When, where, what, with whom: the part that capture and edit share."""

    kind = RadioField(
        _l("这是一次"),
        [InputRequired(_l("请点选是哪一种联系。"))],
        choices=words(ContactKind),
        coerce=one_of(ContactKind),
    )
    second_kind = SelectField(_l("同时也算"), choices=words(ContactKind, _l("不用")), coerce=one_of(ContactKind))
    place_id = RadioField(_l("地点"), choices=[], coerce=key, validate_choice=False)
    place_text = StringField(_l("找别的地点"), filters=[typed])
    held_at = DateTimeLocalField(
        _l("时间"), [InputRequired(_l("请填写时间。"))], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    channel = RadioField(
        _l("方式"),
        choices=words(MeetingChannel),
        default=MeetingChannel.FACE_TO_FACE,
        coerce=one_of(MeetingChannel),
        validate_choice=False,
    )
    leaders = several(_l("参加的领导"))
    targets = several(_l("还联系了"))
    target_text = StringField(_l("找班级、支部、社团"), filters=[typed])
    summary = StringField(_l("一句话简况"), [NoPersonalData(), TOO_LONG_FOR_THE_FORM], filters=[typed])
    headcount = RadioField(
        _l("学生人数"), [Optional()], choices=words(Headcount), coerce=one_of(Headcount), validate_choice=False
    )
    minutes = IntegerField(_l("用时（分钟）"), [Optional(), NumberRange(1, 600, _l("请填 1 到 600 之间的数。"))])

    def validate_second_kind(self, field: SelectField) -> None:
        if field.data and field.data == self.kind.data:
            raise ValidationError(_("两种联系请选不同的。"))

    def validate_held_at(self, field: DateTimeLocalField) -> None:
        moment = self.moment
        if moment is None or moment > clock.now() + AHEAD:
            raise ValidationError(_("这个时间还没到。日期请再看一眼。"))
        if moment < clock.now() - OLDEST:
            raise ValidationError(_("这是一年多以前的联系，请找党政办公室。"))

    @property
    def moment(self) -> datetime | None:
        """When it was, as an aware moment; what is typed is a Chinese wall time. None for what is no time."""
        wall = self.held_at.data
        return clock.moment(wall.date(), wall.time()) if wall and wall.year in YEARS else None

    @property
    def facts(self) -> dict[str, Any]:
        """The plain values of an Occasion, without the place and the leaders, which the view resolves."""
        return {
            "held_at": min(self.moment or clock.now(), clock.now()),
            "kind": self.kind.data,
            "second_kind": self.second_kind.data,
            "channel": self._channel(),
            "summary": self.summary.data,
            "headcount": self.headcount.data,
            "minutes": self.minutes.data,
            "target_ids": tuple(dict.fromkeys(one for one in self.targets.data or [] if one)),
        }

    def _channel(self) -> MeetingChannel:
        """进网络 is online whatever else is preset."""
        is_online = self.kind.data is ContactKind.ENTER_ONLINE
        return MeetingChannel.ONLINE if is_online else self.channel.data or MeetingChannel.FACE_TO_FACE


class CaptureForm(Once, OccasionForm):
    """记一次联系: the occasion and the problems heard, in one form."""

    acknowledged = HiddenField()
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


class EditForm(OccasionForm):
    """修改: the same occasion, with the version it was drawn from."""

    version = HiddenField(filters=[typed])


class RejectForm(FlaskForm):
    """退回: why the leader does not stand by the record."""

    reason = StringField(_l("哪里不对"), [InputRequired(_l("请写一句哪里不对。")), SHORT], filters=[typed])


class FilterForm(Form):
    """What narrows the list; a GET form, so it carries no token."""

    kind = SelectField(_l("哪一种"), choices=words(ContactKind, _l("全部")), validate_choice=False)
    month = StringField(_l("月份"), filters=[typed])
