"""文本提示: what should not be in a voice (domain.md §4.9). Refusals stop, hints never do; nothing is logged.

The same patterns run on the device (static/js/lint.js), so they keep to what Python and old browsers
both understand: no look-behind, no named groups.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Lint:
    """Sentences beside the field: `refusals` must be mended first, `hints` may be passed by a second press."""

    refusals: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rule:
    pattern: str
    words: Any  # the sentence
    refuses: bool = False
    is_card: bool = False  # the digits found must also pass the check sum of bank cards


DANGER = (
    r"不想活|想死|寻死|自杀|轻生|自残|割腕|跳楼|结束生命|活不下去|遗书|被打|打人|持刀|威胁要|性骚扰|性侵|猥亵|强奸"
    r"|跟踪我|起火|着火|昏倒|晕倒|中毒"
)
FIRST_CALL = _l("像是有人处在危险中：请先打“紧急”里的电话，陪在身边，告诉当事人由谁接手。打过电话就不用写在这里。")
PERSONAL = _l("像是写到了学生的个人信息（手机号、学号或姓名），请删去：学生凭查询码就能看到答复。")
RULES = [
    Rule(
        r"(?:^|\D)[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)",
        _l("像是写到了身份证号，请删去再提交：说清哪里、什么问题就够了。"),
        refuses=True,
    ),
    Rule(
        r"(?:^|\D)(\d(?:[ -]?\d){15,18})(?![ -]?\d)",
        _l("像是写到了银行卡号，请删去再提交：说清哪里、什么问题就够了。"),
        refuses=True,
        is_card=True,
    ),
    Rule(r"(?:^|\D)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", PERSONAL),
    Rule(r"(?:^|\D)20[0-3]\d{7,9}(?!\d)|学号\s*[:是为]?\s*[A-Za-z]{0,2}\d{4,}", PERSONAL),
    Rule(r"(?:同学|学生|室友)(?:名字|姓名)?(?:名)?叫(?!外卖|快递|救护|车|人|苦|停|好|我|他|她|它)", PERSONAL),
    Rule(
        r"民族|宗教|信教|思想动态|思想状况|重点人|政治面貌",
        _l("本系统不记录个人民族、宗教、思想状况：说事情就好。"),
    ),
    Rule(DANGER, FIRST_CALL),
]


def lint(text: str) -> Lint:
    """What is wrong with a text somebody typed: sentences, each at most once."""
    plain = unicodedata.normalize("NFKC", text)
    found = [rule for rule in RULES if _finds(rule, plain)]
    return Lint(_sentences(found, refuses=True), _sentences(found, refuses=False))


def speaks_of_danger(text: str) -> bool:
    """Whether telephone numbers come first: somebody may be in danger. Nobody records that it was asked."""
    return _compiled(DANGER).search(unicodedata.normalize("NFKC", text)) is not None


def rules_for_device() -> list[dict[str, Any]]:
    """The rules as plain data for the script that warns while one types."""
    return [
        {"pattern": rule.pattern, "words": str(rule.words), "refuses": rule.refuses, "card": rule.is_card}
        for rule in RULES
    ]


def _finds(rule: Rule, text: str) -> bool:
    found = _compiled(rule.pattern).finditer(text)
    return any(not rule.is_card or _is_card(match.group(1)) for match in found)


def _sentences(found: list[Rule], *, refuses: bool) -> list[str]:
    return list(dict.fromkeys(str(rule.words) for rule in found if rule.refuses is refuses))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _is_card(found: str) -> bool:
    """Luhn: every second digit from the right doubled, digit sums added, divisible by ten."""
    digits = [int(sign) for sign in found if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
