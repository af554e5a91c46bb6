"""What a person types with the small lives beside a ticket's moves: co-assignments, requests, remarks."""

from __future__ import annotations

from typing import Any

from liaison.core.language import lazy_gettext as _l
from liaison.tickets.forms.fields import FIELDS, SPECIAL, Maker, choice, day, picked, words
from liaison.tickets.forms.moves import MoveForm
from liaison.tickets.models.publications import WhyWithheld

REASON = words(_l("理由"), 300, rows=2)

ASKED: dict[str, dict[str, tuple[Maker, bool]]] = {  # deed: its fields, and whether each must be filled
    # 协办
    "ask_co": {
        "unit": (picked(_l("协办单位")), True),
        "question": (words(_l("请它答什么"), 300, rows=2), True),
        "due_on": (day(_l("它的期限"), hint=_l("不填的，比主办期限早两个工作日。")), False),
    },
    "sign_co": {"handler": (FIELDS["handler"], True)},
    "send_back_co": {"reason": (words(_l("还差什么"), 300, rows=2), True)},
    "waive_co": {"reason": (words(_l("免除的理由"), 300, rows=2, hint=_l("协办单位和党政办公室都看得到。")), True)},
    "give_back_co": {
        "reason_code": (SPECIAL["request_return"]["reason_code"], True),
        "duty_clause": (FIELDS["duty_clause"], True),
        "suggested_unit": (FIELDS["suggested_unit"], True),
    },
    # 复发
    "recurrence": {},
    "no_recurrence": {},
    # 提请
    "agree": {"reason": (words(_l("说明"), 300, rows=2), False)},
    "decline": {"reason": (REASON, True)},
    # 说明
    "object": {"reason": (words(_l("为什么不该转出去"), 300, rows=2), True)},
    "comment": {"reason": (words(_l("本单位的意见"), 300, rows=2, hint=_l("是不是本单位的职责，依据哪一条。")), True)},
    "attempt": {},
    # 公开
    "withhold": {"why": (choice(_l("为什么不公开"), WhyWithheld), True)},
    "take_back": {"reason": (words(_l("为什么撤下"), 300, rows=2), True)},
}


def _made(deed: str, asked: dict[str, tuple[Maker, bool]]) -> type[MoveForm]:
    fields: dict[str, Any] = {name: make(is_needed) for name, (make, is_needed) in asked.items()}
    return type(f"{deed.title().replace('_', '')}Form", (MoveForm,), fields)


DEED_FORMS: dict[str, type[MoveForm]] = {deed: _made(deed, asked) for deed, asked in ASKED.items()}
