"""When, where, what, with whom: the part that capture and edit share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from liaison.contacts import evidence
from liaison.contacts.forms.facts import YEARS, FactsOfKind
from liaison.contacts.forms.reading import NoPersonalData, key, one_of, several, typed, words
from liaison.contacts.models import SUMMARY_LENGTH
from liaison.contacts.words import Headcount
from liaison.core import clock
from liaison.core.drawing import Drawn
from liaison.core.forms import Between
from liaison.programmes.words import ContactKind, MeetingChannel

AHEAD = timedelta(minutes=10)  # a phone's clock may be a little fast
OLDEST = timedelta(days=366)
TOO_LONG_FOR_THE_FORM = Length(max=SUMMARY_LENGTH, message=_l("简况印在记录表的一格里，请缩到 60 字以内。"))


class OccasionForm(FactsOfKind, Drawn, FlaskForm):
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
    minutes = IntegerField(_l("用时（分钟）"), [Optional(), Between(1, 600, _l("请填 1 到 600 之间的数。"))])

    def validate_second_kind(self, field: SelectField) -> None:
        if field.data and field.data == self.kind.data:
            raise ValidationError(_("两种联系请选不同的。"))

    def validate_summary(self, field: StringField) -> None:
        if field.data and not evidence.has_content(self.kinds):
            raise ValidationError(_("这类联系只记日期，不写内容；请把这句话删去。"))

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
            **self.facts_of_kind,
        }

    def _channel(self) -> MeetingChannel:
        """进网络 is online whatever else is preset."""
        is_online = self.kind.data is ContactKind.ENTER_ONLINE
        return MeetingChannel.ONLINE if is_online else self.channel.data or MeetingChannel.FACE_TO_FACE
