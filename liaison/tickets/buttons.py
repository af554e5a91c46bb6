"""The buttons of a ticket's page: what they say, their letters, their forms, and what the forms propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from liaison.core import clock
from liaison.core.db import db
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.people.actor import Actor
from liaison.tickets import presenting
from liaison.tickets.forms import MoveForm, Offered, form_for
from liaison.tickets.forms.moves import EXTRA
from liaison.tickets.models import Category, Ticket
from liaison.tickets.queries import facts as reading
from workflows.ticket_words import Urgency
from workflows.tickets import TICKETS

KEYS = {  # one letter per move, for triage without a mouse
    "accept": "a",
    "dispatch": "d",
    "ask_info": "i",
    "supplement": "i",
    "sign": "s",
    "progress": "p",
    "submit_answer": "r",
    "submit_answer_direct": "r",
    "head_approve": "y",
    "head_approve_direct": "y",
    "office_approve": "y",
    "head_return": "n",
    "office_return": "n",
    "close": "c",
    "close_untold": "c",
    "reopen": "o",
    "confirm_onspot": "y",
    "record_praise": "y",
    "merge": "m",
    "split": "x",
    "redirect": "z",
    "designate": "d",
    "co_answer": "r",
    "uphold_return": "y",
    "reject_return": "n",
    "meeting_result": "r",
    "decided": "r",
    "review_plan": "p",
}
MAIN = {  # the step that leads on; drawn first and in the accent
    "accept",
    "dispatch",
    "sign",
    "submit_answer",
    "submit_answer_direct",
    "head_approve",
    "head_approve_direct",
    "office_approve",
    "supplement",
    "close",
    "close_untold",
    "confirm_onspot",
    "record_praise",
    "designate",
    "co_answer",
    "meeting_result",
    "decided",
    "review_plan",
    "uphold_return",
    "reject_return",
}

AT_HAND = MAIN | {"ask_info", "progress", "head_return", "office_return"}  # every day: their forms lie on the page

ASKING: dict[str, Any] = {  # what the button says where somebody else decides
    "redirect": _l("提议转其他渠道"),
    "convene": _l("建议开专题会议"),
    "escalate": _l("请分管校领导同意提请研究"),
    "plan": _l("提议列入计划"),
    "extend": _l("申请延期"),
    "publish": _l("提议公开"),
    "office_approve": _l("请分管校领导签字"),
}
BESIDE: dict[str, tuple[Any, Any]] = {  # deeds beside the moves: on the button, and on the button of its form
    "ask_co": (_l("再请一个单位协办"), _l("请它协办")),
    "sign_co": (_l("签收协办"), _l("签收")),
    "send_back_co": (_l("请它重答"), _l("退回重答")),
    "waive_co": (_l("免除协办"), _l("免除这项协办")),
    "give_back_co": (_l("不是本单位的事"), _l("申请退回协办")),
    "recurrence": (_l("是同一个问题"), _l("是同一个问题，确认复发")),
    "no_recurrence": (_l("不是同一个问题"), _l("不是同一个问题")),
    "agree": (_l("同意"), _l("同意")),
    "decline": (_l("不同意"), _l("不同意")),
    "object": (_l("提出异议"), _l("提出异议")),
    "comment": (_l("说明本单位意见"), _l("说明意见")),
    "attempt": (_l("没有接通"), _l("记一次没有接通")),
    "withhold": (_l("不公开"), _l("记下不公开的原因")),
    "take_back": (_l("撤下公开的文字"), _l("马上撤下")),
}
DEEDS = {  # what the button of the form says: the deed, not «submit»; the rest use the move's own word
    "accept": _l("受理这件事项"),
    "confirm_onspot": _l("确认当场解决"),
    "record_praise": _l("转达表扬"),
    "ask_info": _l("请提交人补充"),
    "supplement": _l("补上这些情况"),
    "merge": _l("并入主件"),
    "unmerge": _l("撤销这次并案"),
    "split": _l("拆成几件"),
    "redirect": _l("转其他渠道"),
    "uphold_objection": _l("收回来重新研判"),
    "hand_off": _l("记下已经移交"),
    "publish": _l("公开这段文字"),
    "raise_level": _l("提高密级"),
    "dispatch": _l("交办给主办单位"),
    "designate": _l("指定这个单位承办"),
    "sign": _l("签收"),
    "request_return": _l("申请退回"),
    "uphold_return": _l("同意退回，重新研判"),
    "reject_return": _l("不同意，由原单位办理"),
    "progress": _l("记下进展"),
    "interim_answer": _l("发出阶段答复"),
    "co_answer": _l("交协办答复"),
    "extend": _l("延到这一天"),
    "convene": _l("召集专题会议"),
    "meeting_result": _l("记下会议决定"),
    "escalate": _l("提请会议研究"),
    "decided": _l("记下会议决定"),
    "plan": _l("列入计划"),
    "review_plan": _l("记下复核"),
    "resume": _l("恢复办理"),
    "submit_answer": _l("提交负责人审定"),
    "submit_answer_direct": _l("提交答复"),
    "head_approve": _l("审定通过，报党政办公室"),
    "head_approve_direct": _l("审定通过，备好答复"),
    "head_return": _l("退回经办人修改"),
    "office_approve": _l("审核通过，备好答复"),
    "office_return": _l("退回部门修改"),
    "tell": _l("记下已经告知"),
    "mark_unreachable": _l("标为无法告知"),
    "close": _l("办结"),
    "close_untold": _l("未能告知，办结"),
    "reopen": _l("重新办理"),
    "reopen_onspot": _l("重新研判"),
    "withdraw": _l("撤回"),
    "void": _l("作废"),
}


@dataclass(frozen=True)
class Button:
    """A deed with its form, or the way to it. `opened`: it was asked for, or came back with something to mend.

    `row`: the voice, co-assignment or request it is about.
    """

    name: str
    label: Any
    deed: Any
    address: str
    form: MoveForm | None  # None: `address` leads to the page where it lies
    key: str | None = None
    is_main: bool = False
    opened: bool = False
    row: int = 0

    @property
    def id(self) -> str:
        """Keeps two forms of one page apart."""
        return f"{self.name}-{self.row}" if self.row else self.name

    @property
    def needed(self) -> list[Any]:
        """What the process asks for, in its order."""
        return [f for f in self._fields if f.name not in self._extra_names]

    @property
    def extra(self) -> list[Any]:
        """What may be added; folded."""
        return [f for f in self._fields if f.name in self._extra_names]

    @property
    def extra_title(self) -> str:
        if "reason_class" in self._extra_names:
            return _("暂不能办的，请填原因、依据和替代办法")
        return _("协办单位、说明") if "co_unit_1" in self._extra_names else _("更多")

    @property
    def extra_open(self) -> bool:
        return any(f.errors or f.data for f in self.extra)

    @property
    def has_fields(self) -> bool:
        return bool(self._fields)

    @property
    def _fields(self) -> list[Any]:
        if self.form is None:
            return []
        hidden = {"csrf_token", "version", "voice"}
        return [f for f in self.form if f.name not in hidden and not (f.name == "same" and not f.choices)]

    @property
    def _extra_names(self) -> list[str]:
        return EXTRA.get(self.name, [])


def move_button(
    name: str, address: str, form: MoveForm | None, *, opened: bool = False, asks: bool = False, row: int = 0
) -> Button:
    """The button of a move of the process; `asks`: somebody else decides."""
    label = ASKING[name] if asks else _l(TICKETS.move(name).label)
    deed = ASKING[name] if asks else DEEDS.get(name, label)
    return Button(name, label, deed, address, form, KEYS.get(name), name in MAIN and not asks, opened, row)


def deed_button(name: str, address: str, form: MoveForm | None, *, opened: bool = False, row: int = 0) -> Button:
    """The button of a deed beside the moves."""
    label, deed = BESIDE[name]
    return Button(name, label, deed, address, form, None, name in {"agree", "sign_co"}, opened, row)


def drawn_form(actor: Actor, ticket: Ticket, move: str, offered: Offered) -> MoveForm:
    """The form of a move before anybody typed: what is known is filled in."""
    form = form_for(move, offered, presets(actor, ticket, move, offered), posted=False)
    if move in ("dispatch", "designate") and offered.line is not None:
        form["lead"].description = presenting.why_suggested(offered.line)
    return form


def presets(actor: Actor, ticket: Ticket, move: str, offered: Offered) -> dict[str, Any]:
    """What the form proposes, so that a clear ticket needs no typing."""
    if move == "accept":
        urgency = Urgency.URGENT if ticket.is_urgent else Urgency.ORDINARY
        return {"urgency": urgency.value, "category": str(ticket.category_id or "")}
    if move in ("dispatch", "designate"):
        category = db.session.get(Category, ticket.category_id) if ticket.category_id else None
        usual = category.lead_unit_id if category else None
        lead = offered.line.unit_id if offered.line is not None else ticket.suggested_unit_id or usual
        return {"lead": str(lead or ""), "limit_class": ticket.limit_class.value if ticket.limit_class else None}
    if move == "sign":
        return {"handler": str(actor.id)}
    if move == "publish":
        return {"public_text": reading.offered_answer(ticket)}
    if move == "hand_off":
        return {"called_at": clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)}
    if move == "confirm_onspot":
        return {"answer": reading.spot_answer(ticket.id), "answered_by": str(ticket.filed_for_id or ticket.filed_by_id)}
    return {}
