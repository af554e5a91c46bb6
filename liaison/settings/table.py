"""Every setting: name, default, unit, bounds, who holds the second key, what follows from it (domain.md §9).

A section is saved as a whole and is one step of the set-up. Only what the program asks for today stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from liaison.core.language import lazy_gettext as _l
from workflows.ticket_words import LimitClass


class Kind(Enum):
    NUMBER = auto()  # int
    SWITCH = auto()  # bool
    WORDS = auto()  # several of `choices`, as a list
    TIME = auto()  # 08:30, of the Chinese day
    PHONES = auto()  # list of [name, number]
    TEXT = auto()


@dataclass(frozen=True)
class Setting:
    name: str
    label: Any
    kind: Kind
    default: Any
    hint: Any = ""  # what follows from it
    least: int = 0
    most: int = 0
    choices: Sequence[tuple[str, str]] = ()  # code, Chinese


@dataclass(frozen=True)
class Section:
    name: str
    label: Any
    hint: Any  # what depends on it
    settings: Sequence[Setting] = ()
    needs_second_key: bool = False  # ★
    has_defaults: bool = True  # may be adopted as shipped


N, S, W, T = Kind.NUMBER, Kind.SWITCH, Kind.WORDS, Kind.TIME
CLASSES = tuple((one.value, one.label) for one in (LimitClass.URGENT, LimitClass.SIMPLE))  # rulings §4

SECTIONS = [
    Section(
        "programmes",
        _l("在用的联系制度"),
        _l("谁、多久、联系几次，按在用的制度计算；本校没有采用的制度不启用，谁也不欠。"),
    ),
    Section(
        "school_number",
        _l("部处院系负责人每月联系几次"),
        _l("教育部的通知把这个次数留给各学校规定。没有规定，这一条就不启用，也不计算。"),
    ),
    Section(
        "limits",
        _l("时限与省去的步骤"),
        _l("答应反映人的日期由时限算出；省去的步骤决定一份答复要经过几个人。"),
        [
            Setting("skip_head", _l("不经部门负责人审定的类别"), W, [], _l("经办人写好答复即提交。"), choices=CLASSES),
            Setting(
                "skip_office",
                _l("不经党政办审核的类别"),
                W,
                [LimitClass.URGENT.value, LimitClass.SIMPLE.value],
                _l("部门审定后，答复立即给反映人看。"),
                choices=CLASSES,
            ),
        ],
    ),
    Section(
        "catalogue",
        _l("派单目录"),
        _l("交办时先给出这一类通常由谁主办；没有写的由受理员逐件选择。"),
    ),
    Section(
        "desk",
        _l("院系二级受理"),
        _l("启用后，只涉及一个院系的事项由该院系的二级受理员受理、研判；停用后全部由党政办受理。"),
        [Setting("desks_on", _l("启用院系二级受理"), S, True)],
    ),
    Section(
        "sampling",
        _l("抽取回访"),
        _l("多少“已解决”的答复由别人再核实一次。暂不能办、重办过和受限的事项一律核实，不在此列。"),
        [Setting("sample_rate", _l("基本抽样（%）"), N, 20, _l("抽签用公布的种子，人人可以重算。"), 5, 100)],
        needs_second_key=True,
    ),
    Section(
        "telephones",
        _l("紧急电话"),
        _l("记联系时的“紧急”按钮打开这些号码。没有本校的号码，系统不启用。"),
        [
            Setting(
                "emergency_phones",
                _l("本校电话，一行一个"),
                Kind.PHONES,
                [],
                _l("先写名称，空一格写号码，例如：心理咨询中心 8765-4321。120、110、119 总在页上。"),
            )
        ],
        has_defaults=False,
    ),
    Section(
        "privacy",
        _l("个人信息说明"),
        _l("学生查询页下方的“个人信息说明”打开这段文字。"),
        [Setting("privacy_notice", _l("说明全文"), Kind.TEXT, "", _l("空着就用程序自带的说明。"), 0, 3000)],
    ),
    Section(
        "feedback",
        _l("反馈"),
        _l("反映人有多少天评价、申请重办；什么时候可以标为无法告知；能不能用张贴代替告知。"),
        [
            Setting("rating_days", _l("评价期（天）"), N, 7, _l("从本人得到答复的那天算起。"), 3, 60),
            Setting(
                "reopen_days", _l("凭码申请重办（天）"), N, 15, _l("从得到答复算起，当场件从办结算起；一次。"), 7, 90
            ),
            Setting(
                "ask_filer_days",
                _l("多少天没打开就请提交人告知（工作日）"),
                N,
                3,
                _l("从答复备好算起；进每日汇总。"),
                1,
                10,
            ),
            Setting("unreachable_days", _l("多少天后可标无法告知（天）"), N, 14, _l("从答复备好那天算起。"), 7, 90),
            Setting(
                "notice_allowed",
                _l("设施类事项可以张贴告知"),
                S,
                True,
                _l("停用后，只能用查询码、当面、电话、班级转达或书面。"),
            ),
        ],
        needs_second_key=True,
    ),
    Section(
        "publication",
        _l("公示页"),
        _l("办理结果按楼栋、院系公示：数字不满 5 的合并，文字逐件由主任公开。停用后公示页不再显示。"),
        [Setting("board_on", _l("启用公示页"), S, True)],
    ),
    Section(
        "rules",
        _l("补充、集中反映、查询码、月度锁定"),
        _l("退回补充能问几次、等几天；多少条诉求算集中反映；查询码在办结后还能用多久；联系记录何时锁定。"),
        [
            Setting("info_days", _l("退回补充共等（工作日）"), N, 5, _l("几次提问合在一起算；期满继续办理。"), 1, 20),
            Setting("info_rounds", _l("退回补充最多（次）"), N, 2, "", 1, 5),
            Setting("hot_voices", _l("集中反映：至少（条）"), N, 5, _l("并在一起的诉求达到这个数就标出。"), 2, 50),
            Setting("hot_days", _l("集中反映：在几天之内（天）"), N, 14, "", 1, 180),
            Setting("code_days", _l("查询码在事项结束后还能用（天）"), N, 60, "", 15, 365),
            Setting(
                "slip_days",
                _l("联系方式在事项结束后保存（天）"),
                N,
                30,
                _l("到期自动删除；已经留下的，按留的那天算。"),
                7,
                90,
            ),
            Setting("plan_due_day", _l("“三特一体”在 9 月几日前申报（日）"), N, 10, "", 1, 30),
            Setting("coverage_weeks", _l("多少周没人去就列为走访空白（周）"), N, 8, _l("只列地方，不排人。"), 1, 30),
            Setting("month_lock_day", _l("联系记录在次月几日锁定（日）"), N, 5, _l("当天24:00。"), 1, 28),
        ],
    ),
    Section(
        "notices",
        _l("提醒的时间"),
        _l("每天一封汇总何时发；夜里什么时候不打扰（紧急的除外）。"),
        [
            Setting("digest_at", _l("每日汇总"), T, "08:30"),
            Setting("quiet_from", _l("安静时段开始"), T, "20:00"),
            Setting("quiet_until", _l("安静时段结束"), T, "08:00"),
        ],
    ),
]
BY_NAME = {section.name: section for section in SECTIONS}
SETTINGS = {setting.name: (section.name, setting) for section in SECTIONS for setting in section.settings}
SECOND_KEY = tuple(section.name for section in SECTIONS if section.needs_second_key)


def defaults(section: Section) -> dict[str, Any]:
    """What the program ships for a section."""
    return {setting.name: setting.default for setting in section.settings}
