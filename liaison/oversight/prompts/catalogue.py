"""The nineteen prompts as data, published to everybody: what is looked at, from when on, which question.

(domain.md §6.2.) The finders take their limits from here, the page prints the same limits in words. They are words of
questions: they never say what somebody might have done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.oversight.prompts.words import AskedOf, PromptKind
from liaison.tickets.models.tellings import TOGETHER, WITHIN_MINUTES

K = PromptKind
PERSON, UNIT, DIRECTOR = AskedOf.PERSON, AskedOf.UNIT, AskedOf.DIRECTOR
ABOUT_CONTACTS = {K.BATCH, K.SAMENESS, K.OVERLAP, K.LAST_MINUTE, K.QUIET, K.DELAY, K.PROXY}


@dataclass(frozen=True)
class Rule:
    """One row. `when` and `found` have places for the limits; `found` also for `part` and `whole`."""

    kind: PromptKind
    asked_of: AskedOf
    question: Any
    when: Any
    found: Any
    limits: Mapping[str, int] = field(default_factory=dict)
    goes_straight: bool = False  # no days alone: its consequence is a rule of the process
    joined: Callable[[Iterable[int]], int] | None = None  # the `part` of several findings; None: all their records

    @property
    def is_about_contacts(self) -> bool:
        """Its records are contacts, which whoever is asked may correct himself."""
        return self.kind in ABOUT_CONTACTS

    @property
    def when_words(self) -> str:
        return str(self.when) % self.limits

    def found_words(self, part: int, whole: int) -> str:
        return str(self.found) % {**self.limits, "part": part, "whole": whole}


CATALOGUE = (
    Rule(
        K.BATCH,
        PERSON,
        _l("这些记录是集中补录的吗？"),
        _l("同一账号在 %(minutes)s 分钟内记下 %(records)s 次以上联系，日期前后相差 %(days)s 天以上"),
        _l("%(part)s 次联系在 %(minutes)s 分钟内记下，日期相差 %(days)s 天以上。"),
        {"records": 5, "minutes": 60, "days": 14},
        joined=max,  # two batches are not one
    ),
    Rule(
        K.SAMENESS,
        PERSON,
        _l("两条记录文字相近，是否同一次活动？"),
        _l("两条 %(length)s 字以上的工作简况 %(alike)s%% 相同：本人隔 %(own_days)s 天内，他人隔 %(others_days)s 天内"),
        _l("%(part)s 条记录的工作简况相近。"),
        {"length": 30, "alike": 90, "own_days": 180, "others_days": 30},
    ),
    Rule(
        K.OVERLAP,
        PERSON,
        _l("时间是否填错？"),
        _l("两次面对面联系时间重叠而不在同一校区，或者在登记的请假外出日"),
        _l("%(part)s 次联系的时间与另一次联系或请假外出重叠。"),
    ),
    Rule(
        K.LAST_MINUTE,
        PERSON,
        _l("是否需要帮助安排时间？"),
        _l("一个月 %(records)s 次以上联系，%(share)s%% 以上在当月最后 %(days)s 天"),
        _l("这个月 %(whole)s 次联系，%(part)s 次在最后 %(days)s 天。"),
        {"records": 5, "share": 60, "days": 3},
    ),
    Rule(
        K.QUIET,
        PERSON,
        _l("同学们是否知道可以提问题？"),
        _l("本学期连续 %(records)s 次联系没有带回问题"),
        _l("最近连续 %(part)s 次联系没有带回问题。没有问题的联系也是联系。"),
        {"records": 10},
    ),
    Rule(
        K.DELAY,
        PERSON,
        _l("是否请联络员协助？"),
        _l("本学期 %(records)s 次以上联系，从联系到记下的天数中位数超过 %(days)s 天"),
        _l("本学期 %(whole)s 次联系，%(part)s 次在 %(days)s 天以后才记下。"),
        {"records": 5, "days": 7},
    ),
    Rule(
        K.PROXY,
        PERSON,
        _l("请本人确认，好吗？"),
        _l("本学期他人代录 %(records)s 次以上，%(share)s%% 以上过了 %(days)s 个工作日还没有确认"),
        _l("代录满 %(days)s 个工作日的 %(whole)s 次联系，%(part)s 次还等您确认。"),
        {"records": 5, "share": 80, "days": 10},
    ),
    Rule(
        K.ON_SPOT,
        PERSON,
        _l("当场答复是否落实？"),
        _l("本学期 %(voices)s 条以上诉求，当场答复占 %(share)s%% 以上，其中 %(checks)s 件以上核实时有出入"),
        _l("本学期 %(whole)s 条诉求多数当场答复，核实时 %(part)s 件有出入。"),
        {"voices": 10, "share": 80, "checks": 2},
    ),
    Rule(
        K.TEMPLATE,
        UNIT,
        _l("是否逐件回应？"),
        _l("本学期同一部门 %(tickets)s 件以上不同事项的答复有 %(alike)s%% 以上相同"),
        _l("%(part)s 件事项的答复相近。"),
        {"tickets": 3, "alike": 90},
        joined=max,  # what is alike within one group need not be like the next
    ),
    Rule(
        K.HASTE,
        UNIT,
        _l("答复是否完整？"),
        _l("非简易事项签收后 %(minutes)s 分钟内审定答复，答复不足 %(length)s 字，或者没有记过进展"),
        _l("%(part)s 件答复在签收后 %(minutes)s 分钟内审定。"),
        {"minutes": 10, "length": 60},
    ),
    Rule(
        K.RATINGS,
        UNIT,
        _l("评价是否由同学本人作出？"),
        _l("同一网段 %(minutes)s 分钟内评价一个部门 %(ratings)s 次以上，或者查询码用在教职工登录着的浏览器里"),
        _l("%(part)s 次评价在短时间里来自同一处，或者由登录的浏览器提交（没有收下）。"),
        {"ratings": TOGETHER, "minutes": WITHIN_MINUTES},
        joined=sum,  # its records are hours, each with so many ratings
    ),
    Rule(
        K.MISMATCH,
        UNIT,
        _l("答复以后情况有变化吗？"),
        _l("核实结果为部分相符或不符；事项直接重办，不等回答"),
        _l("%(part)s 件事项核实时与答复有出入，已按规定重办或等待决定。"),
        goes_straight=True,
    ),
    Rule(
        K.RECURRENCE,
        UNIT,
        _l("问题是否真正解决？"),
        _l("答复“已解决”后 %(days)s 天内，同一地点、同一类别的事项又提出，并由党政办公室确认为复发"),
        _l("%(part)s 件答复“已解决”的事项 %(days)s 天内再次提出。"),
        {"days": 30},
    ),
    Rule(
        K.EXPLAINED,
        UNIT,
        _l("是否有制度需要修改？"),
        _l("本学期办理 %(tickets)s 件以上，解释说明占 %(share)s%% 以上，比本部门上学期高 %(points)s 个百分点以上"),
        _l("本学期办理 %(whole)s 件，%(part)s 件是解释说明。"),
        {"tickets": 10, "share": 50, "points": 20},
    ),
    Rule(
        K.EXTENSIONS,
        UNIT,
        _l("时限设置是否合适？"),
        _l("本学期申请延期 %(requests)s 次以上，%(share)s%% 以上在到期当天提出"),
        _l("本学期申请延期 %(whole)s 次，%(part)s 次在到期当天提出。"),
        {"requests": 6, "share": 50},
    ),
    Rule(
        K.BUNCHING,
        UNIT,
        _l("时限设置是否合适？"),
        _l("一个月办理 %(tickets)s 件以上，%(share)s%% 以上在到期前 %(hours)s 小时内"),
        _l("这个月办理 %(whole)s 件，%(part)s 件在到期前 %(hours)s 小时内。"),
        {"tickets": 6, "share": 50, "hours": 2},
    ),
    Rule(
        K.QUICK_REOPEN,
        UNIT,
        _l("答复前是否核对过现场？"),
        _l("一个月办结的事项，有 %(tickets)s 件以上在办结后 %(days)s 天内重办"),
        _l("这个月办结的事项，%(part)s 件在 %(days)s 天内重办。"),
        {"tickets": 2, "days": 7},
    ),
    Rule(
        K.EXCLUSIONS,
        DIRECTOR,
        _l("排除是否都有依据？"),
        _l("一个月转出、移交、撤回的占比超过 %(share)s%%，比前 %(months)s 个月平均高 %(points)s 个百分点以上"),
        _l("这个月提出 %(whole)s 件，%(part)s 件转出、移交或撤回。"),
        {"share": 10, "points": 5, "months": 3},
    ),
    Rule(
        K.PAUSES,
        UNIT,
        _l("暂停是否必要？"),
        _l("一个月办理的事项，有 %(tickets)s 件以上暂停的时间比承办的时间长"),
        _l("这个月办理的事项，%(part)s 件暂停的时间比承办的时间长。"),
        {"tickets": 3},
    ),
)
RULES = {rule.kind: rule for rule in CATALOGUE}
