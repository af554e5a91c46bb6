"""条目 as a person reads them: how often, whom, what; and what differs between two editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.programmes.reckoning import Span
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import ContactKind, Period, QuantityUnit
from workflows.engine import Labelled

COLUMNS: dict[str, Any] = {  # in the order of the form
    "title": _l("名称"),
    "is_in_force": _l("在用"),
    "subject_role": _l("谁"),
    "strength": _l("约束程度"),
    "period": _l("多久"),
    "minimum": _l("至少"),
    "unit": _l("单位"),
    "kinds": _l("哪几种联系"),
    "target_scope": _l("联系对象"),
    "channel": _l("方式"),
    "per_each": _l("逐个计算"),
    "calendar_basis": _l("按哪种日历"),
    "is_prorated": _l("任职不满一期按比例"),
    "makeup_days": _l("可补做几天"),
    "exclusive_group": _l("互斥组"),
    "combine_group": _l("合并组"),
    "evidence": _l("依据"),
    "source_ref": _l("文件原话"),
    "note": _l("说明"),
}


@dataclass(frozen=True)
class Change:
    """One line that two editions do not share: added, left out, or with columns that differ."""

    code: str
    title: str
    columns: list[tuple[Any, str, str]]  # label, before, after
    is_added: bool = False
    is_removed: bool = False


def span_words(span: Span) -> str:
    """2026年11月 · 2026-2027 第一学期 · 2026年下半年 · 2026-2027 学年 · 2026年."""
    year = span.first.year
    return {
        Period.MONTH: _("%(year)s年%(month)s月", year=year, month=span.first.month),
        Period.TERM: span.name or span.key,
        Period.HALF_YEAR: _("%(year)s年上半年", year=year)
        if span.first.month < 7
        else _("%(year)s年下半年", year=year),
        Period.ACADEMIC_YEAR: _("%(year)s 学年", year=span.key),
        Period.CALENDAR_YEAR: _("%(year)s年", year=year),
    }[span.sort]


def owed(line: RuleText) -> str:
    """每学期 2 讲, 每月 1 次, 1 个联系点, 不定次数."""
    if not line.minimum:
        return _("不定次数")
    unit = QuantityUnit.TIMES if line.unit is QuantityUnit.WEEKS else line.unit
    amount = _("%(n)s %(unit)s", n=line.minimum, unit=_(unit.label))
    each = _("（%(each)s）", each=_(line.per_each.label)) if line.per_each else ""
    often = "" if line.period is Period.NONE else f"{_(line.period.label)} "
    return f"{often}{amount}{each}"


def met_by(line: RuleText) -> str:
    """Which contacts count: their kinds, and face to face where it must be."""
    kinds = _("、").join(_(ContactKind(kind).label) for kind in line.kinds)
    channel = _(line.channel.label) if line.channel else ""
    return " · ".join(words for words in (kinds or ("" if line.unit in OTHERWISE else _("任何联系")), channel) if words)


OTHERWISE = {QuantityUnit.PLAN, QuantityUnit.FORM, QuantityUnit.SHARE}  # not met by contacts at all


def said(value: Any, column: str = "") -> str:
    """A column of a line in words."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if column == "kinds":
        return _("、").join(_(ContactKind(kind).label) for kind in value) or _("任何联系")
    if isinstance(value, Labelled):
        return _(value.label)
    return str(value) if value not in (None, "") else "—"


def changes(before: Sequence[RuleText], after: Sequence[RuleText]) -> list[Change]:
    """What the later edition says otherwise, in its order; what it leaves out last."""
    old, new = {line.code: line for line in before}, {line.code: line for line in after}
    found = [_change(old.get(code), line) for code, line in new.items() if old.get(code) != line]
    gone = [Change(line.code, line.title, [], is_removed=True) for code, line in old.items() if code not in new]
    return [*found, *gone]


def _change(before: RuleText | None, after: RuleText) -> Change:
    if before is None:
        return Change(after.code, after.title, [], is_added=True)
    differ = [name for name in COLUMNS if getattr(before, name) != getattr(after, name)]
    columns = [(COLUMNS[name], said(getattr(before, name), name), said(getattr(after, name), name)) for name in differ]
    return Change(after.code, after.title, columns)
