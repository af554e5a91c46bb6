"""Every text of a notice: number only, never what was said (domain.md §4.13). One table.

Keys are `ticket.<move>`; where somebody besides the next to act hears of the same move, his part follows
(`ticket.dispatch.filer`). The stage is shown beside the sentence.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

TEXTS: dict[str, Any] = {
    # 收集
    "ticket.submit": _l("新诉求 %(about)s 待受理。"),
    "ticket.confirm_onspot": _l("您当场解决的 %(about)s 已由党政办公室确认。"),
    "ticket.record_praise": _l("您的部门收到一份表扬 %(about)s。"),
    "ticket.ask_info": _l("%(about)s 需要补充，请看一下问题。"),
    "ticket.supplement": _l("%(about)s 已补充，可以接着办。"),
    "ticket.info_timeout": _l("%(about)s 补充期满，请按现有信息接着办。"),
    "ticket.withdraw": _l("%(about)s 已撤回。"),
    "ticket.void": _l("%(about)s 已作废，页面上写明了原因。"),
    # 汇总分析
    "ticket.merge": _l("%(about)s 已并入同类事项，一起答复。"),
    "ticket.unmerge": _l("%(about)s 已撤销并案，单独办理。"),
    "ticket.redirect": _l("%(about)s 转其他渠道，请把去向告诉反映人。"),
    "ticket.hand_off": _l("%(about)s 已电话移交，24 小时内登记回执。"),
    "ticket.dossier_asked": _l("纪检申请查阅 %(about)s，等您决定。"),
    "ticket.dossier_opened": _l("您申请查阅的 %(about)s 已获批准，72 小时后自动结束。"),
    "ticket.dossier_declined": _l("您申请查阅的 %(about)s 未获批准，页面上有理由。"),
    "ticket.dossier_confirmed": _l("纪检可以查阅 %(about)s，72 小时后自动结束；每次打开都有记录。"),
    # 研究落实
    "ticket.dispatch": _l("%(about)s 交办到您的部门，等您签收。"),
    "ticket.dispatch.filer": _l("您提交的 %(about)s 已交办，页面上有承办部门和答复日期。"),
    "ticket.designate": _l("%(about)s 指定由您的部门承办，等您签收。"),
    "ticket.designate.filer": _l("您提交的 %(about)s 已指定承办部门，页面上有答复日期。"),
    "ticket.sign": _l("%(about)s 已签收。"),
    "ticket.request_return": _l("%(about)s 的承办部门申请退回，等您裁定。"),
    "ticket.request_return.suggested": _l("%(about)s 的退回申请提到您的部门，一个工作日内可以说明情况。"),
    "ticket.uphold_return": _l("%(about)s 的退回申请已同意。"),
    "ticket.reject_return": _l("%(about)s 的退回申请未获同意，请继续承办，期限不变。"),
    "ticket.ask_extension": _l("%(about)s 申请延期，等您审批。"),
    "ticket.refuse_extension": _l("%(about)s 的延期申请未获同意，期限不变。"),
    "ticket.extend": _l("%(about)s 已延期，页面上有原因和新的日期。"),
    "ticket.proposed": _l("%(about)s 有一项提议，等您决定。"),
    "ticket.agreed": _l("您在 %(about)s 上的提议已获同意。"),
    "ticket.declined": _l("您在 %(about)s 上的提议未获同意，页面上有理由。"),
    "ticket.objected": _l("%(about)s 的转办有人提出异议，等您研判。"),
    "ticket.pass_on": _l("%(about)s 因单位调整转由您的部门承办，期限不变。"),
    "ticket.ask_co": _l("%(about)s 请您的部门协办，等您签收。"),
    "ticket.co_answer": _l("%(about)s 的协办答复已到。"),
    "ticket.send_back_co": _l("%(about)s 的协办答复请再补充。"),
    "ticket.waive_co": _l("%(about)s 已免除一项协办。"),
    "ticket.convene": _l("%(about)s 将开专题协调会，页面上有时间。"),
    "ticket.meeting_result": _l("%(about)s 的协调会已有结果，请接着办理。"),
    "ticket.escalate": _l("%(about)s 已提请会议研究。"),
    "ticket.decided": _l("%(about)s 已有会议决定。"),
    "ticket.plan": _l("%(about)s 已列入计划，页面上有预计完成的日期。"),
    "ticket.resume": _l("%(about)s 恢复办理，期限重新计算。"),
    "ticket.interim_answer": _l("%(about)s 有了阶段答复。"),
    "ticket.submit_answer": _l("%(about)s 的答复等您审定。"),
    "ticket.submit_answer_direct": _l("%(about)s 的答复等您审核。"),
    "ticket.head_return": _l("%(about)s 的答复请再修改，部门负责人写明了原因。"),
    "ticket.head_approve": _l("%(about)s 的答复等您审核。"),
    "ticket.office_return": _l("%(about)s 的答复请再修改，党政办公室写明了原因。"),
    "ticket.recount": _l("%(about)s 的暂定期限已按公布的节假日安排重算，页面上有新的日期。"),
    "ticket.supervise": _l("%(about)s 有督办单，请在 3 个工作日内回复。"),
    "ticket.supervise.leader": _l("%(about)s 已列入领导督办，请您批示。"),
    "ticket.order_proposed": _l("%(about)s 拟督办，等您决定是否下达。"),
    "ticket.order_answered": _l("%(about)s 的督办单已回复，等您销号。"),
    "ticket.order_back": _l("%(about)s 的督办单请重新回复，退回的理由在页面上。"),
    "ticket.order_comment": _l("分管校领导在 %(about)s 的督办单上作了批示。"),
    "ticket.order_lifted": _l("%(about)s 的督办单已销号。"),
    # 反馈
    "ticket.head_approve_direct": _l("%(about)s 已有答复，可以当面告诉反映人了。"),
    "ticket.office_approve": _l("%(about)s 已有答复，可以当面告诉反映人了。"),
    "ticket.tell": _l("%(about)s 的反映人已得到告知。"),
    "ticket.debt": _l("您还欠 1 个回话：%(about)s。"),
    "ticket.rate": _l("%(about)s 收到不满意的评价，2 个工作日内决定重办或再次说明。"),
    "ticket.reopen": _l("%(about)s 已重办，期限重新计算。"),
    "ticket.reopen_onspot": _l("%(about)s 已重办，请重新研判。"),
    "ticket.sample": _l("%(about)s 抽中回访。"),
    "ticket.check_false": _l("%(about)s 办结后核实与答复不一致，2 个工作日内决定重办。"),
    "ticket.check_mismatch": _l("%(about)s 核实不符，已重办，期限重新计算。"),
    "ticket.check_mismatch_onspot": _l("您当场解决的 %(about)s 核实时还没有解决，已重新研判。"),
    "ticket.close": _l("%(about)s 已办结。"),
    # 每日汇总
    "ticket.red": _l("%(about)s 已逾期。"),
    "ticket.amber": _l("%(about)s 快到期了。"),
    "ticket.co_late": _l("%(about)s 的协办答复已到期。"),
    "digest.daily": _l("%(about)s 的每日汇总：有事等您，请看待办。"),
    "paper.form": _l("%(about)s 的记录表已写好，请看一眼并确认。"),
    "paper.statement": _l("组织部门来函 %(about)s 要一份您的履职情况说明，请先看一眼，可以写意见。"),
    "paper.plan": _l("%(about)s 学年的“三特一体”还没有申报。"),
    # 核实提示
    "prompt.asked": _l("核实提示 %(about)s 有一个问题想请您看一看，眼下只有您看得到。"),
    # 联系记录
    "contact.to_confirm": _l("有人替您记了一次联系 %(about)s，等您确认。"),
    "contact.rejected": _l("您代录的联系 %(about)s 未获确认，页面上有原因。"),
}


def sentence(text_key: str, about: str) -> str:
    """The words of a notice in the reader's language."""
    return str(TEXTS[text_key]) % {"about": about}
