"""Settings and their changes as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from liaison.settings.table import BY_NAME, Kind, Setting, defaults

SHORT = 40


@dataclass(frozen=True)
class Change:
    """One saved edition: when, of what, each value before and after, by whom, approved by whom, why."""

    at: datetime
    section: Any
    lines: list[tuple[Any, str, str]]  # setting, before, after
    by: str
    approved_by: str
    note: str


def said(setting: Setting, value: Any) -> str:
    """A value in words: 7, 启用, 简易、紧急, 08:30, 心理咨询中心 8765-4321."""
    if setting.kind is Kind.SWITCH:
        return _("启用") if value else _("停用")
    if setting.kind is Kind.WORDS:
        return _("、").join(_(label) for code, label in setting.choices if code in value) or _("没有")
    if setting.kind is Kind.PHONES:
        return _("；").join(f"{name} {number}" for name, number in value) or _("没有")
    if setting.kind is Kind.TEXT:
        return f"{value[:SHORT]}…" if len(value) > SHORT else value or _("程序自带的说明")
    return str(value)


def changes(history: Sequence[Any]) -> list[Change]:
    """What each edition changed, the newest first; `history` holds whole sections."""
    before: dict[str, dict[str, Any]] = {}
    told = []
    for row in reversed(history):
        version = row.SettingVersion
        section = BY_NAME.get(version.section)
        if section is None:  # a section of an older program
            continue
        old, new = before.get(section.name, defaults(section)), {**defaults(section), **version.content}
        before[section.name] = new
        lines = [
            (one.label, said(one, old[one.name]), said(one, new[one.name]))
            for one in section.settings
            if old[one.name] != new[one.name]
        ]
        told.append(
            Change(version.made_at, section.label, lines, row.made_by or "", row.approved_by or "", version.note)
        )
    return told[::-1]
