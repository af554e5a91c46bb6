"""The deeds of the audit log in words. A deed without a word here is shown by its code."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from workflows.tickets import TICKETS

DEEDS: dict[str, Any] = {
    "sign_in.made": _l("登录"),
    "sign_in.failed": _l("登录未成"),
    "sign_in.locked": _l("登录未成，账号暂锁"),
    "sign_in.ended": _l("退出登录"),
    "sign_in.confirmed": _l("再次确认口令"),
    "access.refused": _l("打开无权的页面"),
    "password.changed": _l("换口令"),
    "password.reset": _l("换成临时口令"),
    "person.created": _l("新建账号"),
    "person.changed": _l("修改账号"),
    "person.deactivated": _l("停用账号"),
    "person.activated": _l("恢复账号"),
    "role.granted": _l("授予角色"),
    "role.ended": _l("收回角色"),
    "post.added": _l("登记职务"),
    "post.ended": _l("结束职务"),
    "delegation.granted": _l("登记委托"),
    "delegation.ended": _l("结束委托"),
    "unit.opened": _l("新建单位"),
    "unit.changed": _l("修改单位"),
    "unit.closed": _l("撤销单位"),
    "calendar.saved": _l("启用校历版本"),
    "limits.saved": _l("启用时限版本"),
    "settings.adopted": _l("采用默认设置"),
    "settings.saved": _l("修改设置"),
    "settings.proposed": _l("提议反馈设置"),
    "settings.confirmed": _l("批准反馈设置"),
    "settings.declined": _l("不同意反馈设置"),
    "catalogue.saved": _l("修改派单目录"),
    "draw.opened": _l("公布抽签种子摘要"),
    "draw.frozen": _l("封存抽签名单"),
    "ticket.look": _l("核实（不改变状态）"),
    "audit.read": _l("查看审计"),
    "audit.verified": _l("校验审计链"),
    "code.reissued": _l("重发查询码"),
    "ticket.looked": _l("打开受限事项"),
    "slip.left": _l("留下联系方式"),
    "slip.deleted": _l("删除联系方式"),
    "slip.expired": _l("联系方式到期删除"),
    "slip.opened": _l("查看联系方式"),
    "slip.granted": _l("准许经办人查看联系方式"),
    "slip.resealed": _l("用新密钥加密联系方式"),
    "reader.named": _l("指定受限事项知情人"),
    "reader.removed": _l("移除受限事项知情人"),
    "recusal.named": _l("登记回避"),
    "recusal.removed": _l("撤销回避"),
    "handoff.recorded": _l("登记电话移交"),
    "handoff.received": _l("登记移交回执"),
    "looks.read": _l("查看谁看过"),
    "voices.imported": _l("导入诉求"),
    "demo.loaded": _l("装入演示数据"),
    **{f"ticket.{move.name}": _l(move.label) for move in TICKETS.moves},
}
RESULTS: dict[str, Any] = {"ok": _l("完成"), "refused": _l("未准"), "failed": _l("未成")}
