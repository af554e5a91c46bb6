"""负担台账: what the system asks of people, by role and month (domain.md §6.4 «Ledger»).

Every field that must be filled names the paper or the figure it is asked for; a field without one fails the tests.
Pure values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wtforms.validators import DataRequired, InputRequired

from liaison.contacts.forms.capture import CaptureForm
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.forms.moves import MOVE_FORMS
from workflows.needs import Need
from workflows.parts import Part
from workflows.tickets import TICKETS

CONTACT, CONTACT_WITH_VOICE, CONFIRMED, MONTHLY_FORM = "contact", "contact_with_voice", "confirmed", "monthly_form"
SECONDS = {  # what a deed may take at most (domain.md §6.4)
    CONTACT: 20,
    CONTACT_WITH_VOICE: 60,
    CONFIRMED: 5,
    MONTHLY_FORM: 5,
    "accept": 90,  # the whole triage of a clear ticket
    "head_approve": 30,
}
BESIDE_MOVES = {  # what is counted beside the moves of tickets: whose, and in which words
    CONTACT: (Part.LEADER, _l("记一次联系（没有带回问题）")),
    CONTACT_WITH_VOICE: (Part.LEADER, _l("记一次联系，带回问题")),
    CONFIRMED: (Part.LEADER, _l("确认代录的联系")),
    MONTHLY_FORM: (Part.LEADER, _l("确认本月记录表")),
}
P = Part
FIRST = (P.FILER, P.LEADER, P.HOLDER, P.HANDLER, P.HEAD, P.CO_HANDLER, P.CO_HEAD, P.CLERK, P.DESK)  # whose work it is
ORDER = (*FIRST, *(part for part in Part if part not in (*FIRST, P.SYSTEM)))
WITH_CONTACT = {"submit", "join"}  # filed together with the contact: its text is one field more
OF_A_CONTACT = ("地点",)  # asked by the capture page by rules of its own, beside what its form insists on
OF_A_VOICE = ("反映的问题",)

USES: tuple[tuple[Any, str], ...] = (  # paper or figure → the fields that are asked for it, by their labels
    (_l("附件1、附件2 和条目完成"), "这是一次 时间 地点"),
    (_l("诉求件次，给承办单位的原话"), "反映的问题"),
    (_l("受理单、事项台账"), "类别 紧急程度"),
    (_l("按期办结率和催办"), "时限类别 主办单位 办理期限 延到哪一天 预计办好的日期"),
    (_l("派单准确率、退回率和派单建议"), "为什么退回 职责依据 应由哪个单位承办 裁定依据"),
    (_l("签收及时率，反映人知道找谁"), "经办人"),
    (_l("给反映人的答复"), "给反映人的答复 当场的答复 协办答复 请它答什么 协办单位 告诉反映人的办理途径"),
    (_l("四个事实：办理结果"), "办理结果"),
    (_l("四个事实：核实"), "怎么核实的 答复说的和实际一致吗"),
    (_l("四个事实：告知"), "告知方式 无法告知的原因"),
    (
        _l("事项的流转记录"),
        "理由 裁定理由 并案理由 撤销并案的理由 提密理由 免除的理由 还差什么 哪里不对 "
        "延期理由 进展 补充的情况 本单位的意见 要补充的问题 当场答复人 第␣1␣个问题 第␣2␣个问题",
    ),
    (_l("排除占比，按原因"), "为什么转其他渠道"),
    (_l("当场表扬的转达"), "表扬的单位"),
    (_l("会商和提请研究的记录"), "参会单位 会议日期 提请的会议 提请研究的问题 备选方案 决定"),
    (_l("长期推进清单"), "计划名称 责任人 节点␣1 节点进展"),
    (_l("公开页"), "反映了什么 办了什么，或为什么没办成 为什么不公开 为什么撤下"),
    (_l("满意率、自评解决率"), "解决了吗 满意吗"),
    (_l("码页：找到自己那件事"), "查询码"),
    (_l("码页：留给承办单位的话"), "补充一句 您的回答 哪里还没有解决 为什么撤回 为什么不该转出去 为什么应该由学校办"),
    (_l("督办单"), "为什么要督办 哪一级 督办要求 请在哪天以前回复 回复 批示 为什么不下达"),
    (_l("核实提示的结论"), "结论 一句话说明"),
    (_l("履职情况说明"), "谁的 来函编号 本人意见"),
    (_l("申报"), "本学期直接联系师生、做学生工作的时间"),
    (_l("月报：数据更正"), "为什么要更正"),
    (_l("移交记录"), "哪一类 由谁接手 通话时间 回执"),
    (_l("受限事项的查阅登记"), "编号 为什么要查阅 为什么要看 为什么要让他看 姓名或账号 用来做什么"),
    (_l("审计日志"), "用途 从 到 哪一份 格式 文件 口令"),
    (_l("时限表"), "受理 研判 签收 办理 办公室审核（天） 告知（天） 最多延期（天） 按哪种日子计算"),
    (_l("联系制度"), "约束程度 谁 联系对象 单位 至少 多久 可补做几天 按哪种日历 从哪天起 到哪天"),
    (_l("特殊时期的公示"), "第一天 最后一天 为什么"),
    (_l("名册、校历和登记"), "名册文件 CSV␣文件 校历或节假日的表格 课程号 课程名称 学期 名称 类型 排序"),
    (
        _l("账号与职务"),
        "账号 称呼 职务 角色 校领导的账号 联络员的账号 现在的口令 新口令 再写一次新口令 手机上的六位验证码",
    ),
)


def uses() -> list[tuple[Any, list[str]]]:
    """Each paper or figure with its fields; ␣ stands for a space within a label."""
    return [(use, [label.replace("␣", " ") for label in labels.split(" ")]) for use, labels in USES]


def required(form: type[Any]) -> list[str]:
    """The labels of what must be filled in a form, in no order; what has no label is not seen."""
    made = {name: getattr(form, name, None) for name in dir(form)}
    return sorted(label for one in made.values() if _is_required(one) and (label := _label(one)))


def _is_required(field: Any) -> bool:
    if not hasattr(field, "field_class"):
        return False
    checks = field.kwargs.get("validators") or (field.args[1] if len(field.args) > 1 else ())
    return any(isinstance(one, InputRequired | DataRequired) for one in checks)


def _label(field: Any) -> str:
    return str(field.args[0] if field.args else field.kwargs.get("label", ""))


@dataclass(frozen=True)
class Deed:
    """One kind of deed in one month: how often, what it asks to be filled each time, and how long it may take."""

    part: Part
    words: Any
    times: int
    fields: tuple[str, ...]
    seconds: int | None

    @property
    def filled(self) -> int:
        return self.times * len(self.fields)

    @property
    def minutes(self) -> float | None:
        return None if self.seconds is None else self.times * self.seconds / 60


@dataclass(frozen=True)
class Share:
    """What one role was asked in a month."""

    part: Part
    deeds: tuple[Deed, ...]

    @property
    def filled(self) -> int:
        return sum(one.filled for one in self.deeds)


def shares(times: Mapping[str, int], by_holders: Mapping[str, int]) -> list[Share]:
    """By role, in their order; `times`: moves of tickets that staff made and the four beside them → how often;
    `by_holders`: those nobody was signed in for. Where no holder may do it, the system did, and asked nobody."""
    deeds = sorted([*_deeds(times), *_of_holders(by_holders)], key=lambda one: ORDER.index(one.part))
    return [Share(part, tuple(some)) for part, some in groupby(deeds, key=lambda one: one.part)]


def _deeds(times: Mapping[str, int]) -> Iterator[Deed]:
    for name, (part, words) in BESIDE_MOVES.items():
        if times.get(name):
            yield Deed(part, words, times[name], _fields(name), SECONDS[name])
    for move in TICKETS.moves:
        who = [part for part in ORDER if part in move.by and part is not Part.HOLDER]
        if who and times.get(move.name) and move.name not in WITH_CONTACT:
            yield Deed(who[0], move.label, times[move.name], _fields(move.name), SECONDS.get(move.name))


def _of_holders(times: Mapping[str, int]) -> Iterator[Deed]:
    for move in TICKETS.moves:
        if Part.HOLDER in move.by and times.get(move.name):
            yield Deed(Part.HOLDER, move.label, times[move.name], _fields(move.name), SECONDS.get(move.name))


def _fields(name: str) -> tuple[str, ...]:
    if name in (CONTACT, CONTACT_WITH_VOICE):
        return (*required(CaptureForm), *OF_A_CONTACT, *(OF_A_VOICE if name == CONTACT_WITH_VOICE else ()))
    if name in BESIDE_MOVES:
        return ()
    if name in MOVE_FORMS:
        return tuple(required(MOVE_FORMS[name]))
    return tuple(need for need in TICKETS.move(name).needs if need != Need.VOICE)  # which voice, the page knows
