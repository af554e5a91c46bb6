"""What else happens when a move is made: one function per move, one file per stage of the road.

An effect reads a Step, puts columns into `changes`, facts into `data`, and statements that follow
the guarded update into `after`. It never sets the state: the process does.
"""

from __future__ import annotations

from collections.abc import Callable

from liaison.tickets.actions.effects import (
    answering,
    assigning,
    checking,
    collecting,
    meeting,
    merging,
    publishing,
    telling,
)
from liaison.tickets.actions.moving import Step

EFFECTS: dict[str, Callable[[Step], None]] = {
    # 收集
    "accept": collecting.accept,
    "ask_info": collecting.ask_info,
    "supplement": collecting.supplement,
    "info_timeout": collecting.info_timeout,
    "confirm_onspot": collecting.confirm_onspot,
    "record_praise": collecting.record_praise,
    "withdraw": collecting.withdraw,
    "void": collecting.withdraw,
    # 汇总分析
    "merge": merging.merge,
    "unmerge": merging.unmerge,
    "split": merging.split,
    "redirect": assigning.redirect,
    "uphold_objection": assigning.uphold_objection,
    "hand_off": assigning.hand_off,
    "raise_level": assigning.raise_level,
    # 研究落实
    "dispatch": assigning.dispatch,
    "designate": assigning.designate,
    "sign": assigning.sign,
    "request_return": assigning.request_return,
    "uphold_return": assigning.uphold_return,
    "reject_return": assigning.reject_return,
    "extend": assigning.extend,
    "convene": meeting.convene,
    "meeting_result": meeting.meeting_result,
    "escalate": meeting.escalate,
    "decided": meeting.decided,
    "plan": meeting.plan,
    "review_plan": meeting.review_plan,
    "resume": meeting.resume,
    "progress": answering.progress,
    "supervise": meeting.supervise,
    "interim_answer": answering.interim_answer,
    "co_answer": answering.co_answer,
    "submit_answer": answering.submit_answer,
    "submit_answer_direct": answering.submit_answer,
    "head_approve": answering.head_approve,
    "head_approve_direct": answering.head_approve,
    "office_approve": answering.office_approve,
    # 反馈
    "tell": telling.tell,
    "mark_unreachable": telling.mark_unreachable,
    "close_untold": telling.close_untold,
    "rate": telling.rate,
    "reopen": telling.reopen,
    "reopen_onspot": telling.reopen,
    "close": telling.close,
    "sample": checking.sample,
    "check_ok": checking.check_ok,
    "check_unreached": checking.check_unreached,
    "check_mismatch": checking.check_mismatch,
    "check_mismatch_onspot": checking.check_mismatch,
    "publish": publishing.publish,
}
