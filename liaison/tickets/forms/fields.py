"""How each need of the process is asked: one field for each name of `workflows/needs.py`.

A maker takes whether the process needs the field. SPECIAL holds what one move asks in other words than the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput

from liaison.core import clock
from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.models.publications import DONE_LENGTH, SAID_LENGTH, Released
from liaison.tickets.models.voices import TEXT_LENGTH
from liaison.tickets.models.work import ANSWER_LENGTH
from workflows.ticket_words import (
    Channel,
    ExplanationReason,
    HandoffType,
    LimitClass,
    MeetingBody,
    MilestoneState,
    Outcome,
    RedirectReason,
    ReturnReason,
    UnreachableReason,
    Urgency,
)

Maker = Callable[[bool], Field]
FILL = _l("请填写这一项。")
PICK = _l("请选一项。")
DAY = _l("请选日期。")
YEARS = range(2000, 2100)  # beyond them a moment does not fit into every calendar
STAFF_CHANNELS = [c for c in Channel if c is not Channel.CODE_PAGE]
ORDINARY_CLASSES = [c for c in LimitClass if c is not LimitClass.RESTRICTED]


def options(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    """Values with their words, as the library wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def words(label: Any, most: int, least: int = 1, rows: int = 3, hint: Any = "") -> Maker:
    def make(is_needed: bool) -> Field:
        rule = DataRequired(FILL) if is_needed else Optional()
        length = Length(min=least if is_needed else 0, max=most, message=_length_words(least, most))
        given = {"rows": rows, "maxlength": most}
        return TextAreaField(label, [rule, length], filters=[tidy], description=hint, render_kw=given)

    return make


def _length_words(least: int, most: int) -> Any:
    if least > 1:
        return _l("请写 %(least)s 到 %(most)s 个字。", least=least, most=most)
    return _l("最多 %(most)s 个字。", most=most)


def line(label: Any, most: int, hint: Any = "") -> Maker:
    def make(is_needed: bool) -> Field:
        rules = [DataRequired(FILL) if is_needed else Optional(), Length(max=most, message=_length_words(1, most))]
        return StringField(label, rules, filters=[tidy], description=hint, render_kw={"maxlength": most})

    return make


def choice(label: Any, listed: Any, only: Any = None, kind: type[Field] = RadioField) -> Maker:
    offered = [(word.value, _l(word.label)) for word in (only or listed)]

    def make(is_needed: bool) -> Field:
        rule = InputRequired(PICK) if is_needed else Optional()
        if is_needed:
            return kind(label, [rule], choices=options(*offered))
        return SelectField(label, [rule], choices=options(("", _l("不选")), *offered))

    return make


def picked(label: Any, hint: Any = "", kind: type[Field] = SelectField) -> Maker:
    """A choice whose options come from the database (see `moves.Offered`)."""

    def make(is_needed: bool) -> Field:
        return kind(label, [InputRequired(PICK) if is_needed else Optional()], choices=[], description=hint)

    return make


def ticked(label: Any, listed: Any) -> Maker:
    """A list of points, each of which has to be ticked."""
    offered = [(word.value, _l(word.label)) for word in listed]

    def all_of_them(_form: Any, field: Any) -> None:
        if len(field.data or ()) < len(offered):
            raise ValidationError(_("请逐项看过、勾上，再公开。"))

    def make(_is_needed: bool) -> Field:
        box = CheckboxInput()
        return SelectMultipleField(label, [all_of_them], choices=options(*offered), option_widget=box)

    return make


def day(label: Any, hint: Any = "") -> Maker:
    return lambda is_needed: DateField(label, [InputRequired(DAY) if is_needed else Optional()], description=hint)


def past_moment(label: Any, hint: Any = "") -> Maker:
    """A Chinese wall time that is over."""

    def make(is_needed: bool) -> Field:
        rules = [InputRequired(DAY) if is_needed else Optional(), _is_over]
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        return DateTimeLocalField(label, rules, format=formats, description=hint)

    return make


def _is_over(_form: Any, field: Any) -> None:
    wall = field.data
    if wall is None or wall.year not in YEARS or clock.moment(wall.date(), wall.time()) > clock.now():
        raise ValidationError(_("这个时间还没到，请再看一眼。"))


def several(name: str, most: int, least: int, make: Callable[[int], Maker]) -> dict[str, tuple[Maker, bool]]:
    """`name`_1, `name`_2 …: so many boxes, the first `least` of them needed."""
    return {f"{name}_{n}": (make(n), n <= least) for n in range(1, most + 1)}


REASON = words(_l("理由"), 500, hint=_l("对方会看到，请说清楚还差什么。"))
RULING = words(_l("裁定理由"), 500, hint=_l("写明依据的职责；两个单位都会看到。"))
TO_ANSWER = _l("写清做了什么、什么时候、在哪里看得到；不写姓名。")

FIELDS: dict[str, Maker] = {
    "urgency": choice(_l("紧急程度"), Urgency),
    "category": picked(_l("类别")),
    "question": words(_l("要补充的问题"), 300, hint=_l("只问一个具体的问题，比如：是几楼的热水器？")),
    "text": words(_l("补充的情况"), TEXT_LENGTH),
    "lead": picked(_l("主办单位")),
    "limit_class": choice(_l("时限类别"), LimitClass, ORDINARY_CLASSES),
    "instruction": words(_l("交办说明"), 500, rows=2),
    "handler": picked(_l("经办人")),
    "note": words(_l("进展"), 500, hint=_l("内部可见，反映人看不到。")),
    "outcome": choice(_l("办理结果"), Outcome, [Outcome.A, Outcome.D]),
    "answer": words(_l("给反映人的答复"), ANSWER_LENGTH, least=20, rows=6, hint=TO_ANSWER),
    "internal_note": words(_l("内部说明"), 500, rows=2),
    "reason_class": choice(_l("不能办的原因"), ExplanationReason),
    "basis": words(_l("依据"), 300, rows=2),
    "alternative": words(_l("还可以怎么办"), 300, rows=2),
    "review_on": day(_l("下次复核日期")),
    "reason": REASON,
    "voice": lambda _needed: IntegerField(widget=HiddenInput()),
    "channel": choice(_l("告知方式"), Channel, STAFF_CHANNELS),
    "telling_note": words(_l("备注"), 200, rows=2, hint=_l("张贴的写地点和日期。")),
    "answered_by": picked(_l("当场答复人")),
    "praised_unit": picked(_l("表扬的单位")),
    # 并案
    "lead_ticket": line(_l("主件编号"), 20, hint=_l("LX 开头的编号；下面有同类的，点选即可。")),
    "same": picked(_l("同类事项"), kind=RadioField),
    "told_channel": choice(_l("主件已办结的，怎样把它的答复告知了本件的反映人"), Channel, STAFF_CHANNELS),
    # 转办、退回
    "route": words(_l("告诉反映人的办理途径"), 300, hint=_l("写清找谁、在哪里、怎么联系，反映人凭查询码看得到。")),
    "duty_clause": line(_l("职责依据"), 200, hint=_l("哪份文件、哪一条，比如：信息化中心职责第三条。")),
    "suggested_unit": picked(_l("应由哪个单位承办")),
    # 移交
    "handoff_type": choice(_l("哪一类"), HandoffType),
    "receiver": line(_l("由谁接手"), 60, hint=_l("只写单位和岗位，例如：心理咨询中心值班。")),
    "called_at": past_moment(_l("通话时间"), hint=_l("先打电话，再记在这里；正文随即清除。")),
    "receipt": line(_l("回执"), 40, hint=_l("对方给的编号或“已到场”；还没有就空着，24 小时内补上。")),
    # 会议、计划
    "expected_on": day(_l("预计办好的日期")),
    "due_on": day(_l("期限")),
    "meeting_on": day(_l("会议日期")),
    "invited": line(_l("参会单位"), 200),
    "decision": words(_l("决定"), 500, hint=_l("只写决定，不写讨论过程。")),
    "body": choice(_l("提请的会议"), MeetingBody),
    "options": words(_l("备选方案"), 300),
    "plan_name": line(_l("计划名称"), 60, hint=_l("列在哪份计划里，比如：2027年维修计划。")),
    "owner": line(_l("责任人"), 40, hint=_l("写岗位或姓氏加职务。")),
    "milestone_state": choice(_l("节点进展"), MilestoneState),
}

SPECIAL: dict[str, dict[str, Maker]] = {
    "confirm_onspot": {"answer": words(_l("当场的答复"), ANSWER_LENGTH, least=10)},
    "mark_unreachable": {"reason_code": choice(_l("无法告知的原因"), UnreachableReason)},
    "redirect": {"reason_code": choice(_l("为什么转其他渠道"), RedirectReason)},
    "request_return": {"reason_code": choice(_l("为什么退回"), ReturnReason)},
    "uphold_return": {"reason": RULING},
    "reject_return": {"reason": RULING},
    "designate": {"basis": words(_l("裁定依据"), 300, rows=2, hint=_l("两次退回后由主任指定；裁定后不再退回。"))},
    "interim_answer": {"expected_on": day(_l("预计办好的日期"), hint=_l("从提交算起 60 天以内；更久的请列入计划。"))},
    "co_answer": {"answer": words(_l("协办答复"), ANSWER_LENGTH, least=20, hint=_l("只答问到本单位的事。"))},
    "extend": {
        "due_on": day(_l("延到哪一天")),
        "reason": words(_l("延期理由"), 300, hint=_l("反映人凭查询码看得到，请写他看得懂的原因。")),
    },
    "escalate": {"question": words(_l("提请研究的问题"), 300)},
    "decided": {"due_on": day(_l("办理期限"))},
    "raise_level": {
        "reason": words(_l("提密理由"), 300, rows=2, hint=_l("受限事项再提密就封存：正文全部清除，不能恢复。"))
    },
    "merge": {"reason": words(_l("并案理由"), 300, rows=2)},
    "unmerge": {"reason": words(_l("撤销并案的理由"), 300, rows=2)},
}

CO_ROWS = 2  # at dispatch; more are asked on the page («再请一个单位协办»)
TASKS = {  # 协办 or tasks of a meeting: each unit its own question and, if need be, its own day
    name: maker
    for n in range(1, CO_ROWS + 1)
    for name, maker in (
        (f"co_unit_{n}", picked(_l("协办单位 %(n)s", n=n))),
        (f"co_question_{n}", words(_l("请它答什么（%(n)s）", n=n), 300, rows=2)),
        (f"co_due_{n}", day(_l("它的期限（%(n)s）", n=n), hint=_l("不填的，比主办期限早两个工作日。"))),
    )
}
CHILDREN = several("child", 4, 2, lambda n: words(_l("第 %(n)s 个问题", n=n), TEXT_LENGTH, least=5, rows=2))
PUBLIC = {  # 公开: the office's own words, and what it says of them point by point
    "public_said": (words(_l("反映了什么"), SAID_LENGTH, least=5, rows=2, hint=_l("办公室自己的话，只说事。")), True),
    "public_text": (
        words(_l("办了什么，或为什么没办成"), DONE_LENGTH, least=10, hint=_l("写给全校看，不写人。")),
        True,
    ),
    "checklist": (ticked(_l("公开之前逐项看过"), Released), True),
}
MILESTONES = several("milestone", 4, 1, lambda n: day(_l("节点 %(n)s", n=n)))
