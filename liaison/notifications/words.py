"""Where a notice goes besides the inbox, and what became of it."""

from __future__ import annotations

from enum import StrEnum


class Outlet(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"  # one signed message per person, for a program of the university
    WECOM = "wecom"  # 企业微信: a robot in a group, as the two below
    DINGTALK = "dingtalk"  # 钉钉
    FEISHU = "feishu"  # 飞书


class Result(StrEnum):
    SENT = "sent"
    DROPPED = "dropped"  # read meanwhile, left, or may see it no more
    GIVEN_UP = "given_up"


PERSONAL = (Outlet.MAIL, Outlet.WEBHOOK)
GROUPS = (Outlet.WECOM, Outlet.DINGTALK, Outlet.FEISHU)
