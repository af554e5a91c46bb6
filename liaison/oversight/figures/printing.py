"""How a figure is printed, on screen and in files: value and proof (metrics.md §2)."""

from __future__ import annotations

from liaison.core.language import gettext as _
from liaison.oversight.figures.figure import Figure
from liaison.oversight.figures.results import Result

FEW_RATINGS, FEW_RESTRICTED = 5, 5


def printed(figure: Figure, result: Result) -> str:
    """«68.5%», «6/9» where there are few, «14 个工作日», «未到», «样本不足», «—» where there is nothing."""
    if result.denominator == 0:
        return "—"
    if is_hidden(figure, result):
        return _("不足 5 件，不列")
    if result.is_quantile:
        return _("未到") if result.days is None else _("%(n)s 天", n=result.days)
    if result.per_mille is None:
        return str(result.numerator)
    if figure.is_of_ratings and (result.denominator or 0) < FEW_RATINGS:
        return _("样本不足")
    if (result.denominator or 0) < figure.least:
        return f"{result.numerator}/{result.denominator}"
    return f"{result.per_mille // 10}.{result.per_mille % 10}%"


def proof(figure: Figure, result: Result) -> str:
    """What proves it: the two counts, what is not due, what is left out, the interval."""
    if is_hidden(figure, result):
        return ""
    parts = [_counts(result)]
    if result.not_due:
        parts.append(_("期限未到 %(n)s", n=result.not_due))
    if result.left_out:
        parts.append(_("计划或会议中不计 %(n)s", n=sum(result.left_out.values())))
    if figure.has_interval and result.interval and (result.denominator or 0) >= FEW_RATINGS:
        low, high = (f"{100 * end:.1f}" for end in result.interval)
        parts.append(_("95%% 区间 %(low)s–%(high)s", low=low, high=high))
    return " · ".join(part for part in parts if part)


def _counts(result: Result) -> str:
    if result.denominator is None:
        return ""
    if result.is_quantile:
        return _("已有结果 %(n)s，共 %(all)s", n=result.numerator, all=result.denominator)
    return f"{result.numerator}/{result.denominator}"


def is_hidden(figure: Figure, result: Result) -> bool:
    """Restricted matters appear in totals of five and more only; where the counts are gone, they were fewer."""
    known = (result.denominator or 0) + result.not_due
    return figure.is_confidential and (result.numerator is None or 0 < known < FEW_RESTRICTED)
