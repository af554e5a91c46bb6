"""一、总体情况: the whole in two paragraphs, every share with its counts (domain.md §5.2)."""

from __future__ import annotations

from typing import Any

from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import FEW_RATINGS, printed
from liaison.oversight.reports.blocks import Section
from liaison.oversight.reports.counted import Counted, annex


def overall(known: Counted, contacts: Any, account: str) -> Section:
    """`contacts`: totals of report_contacts; `account`: what the director wrote."""
    return Section("总体情况", (_volume(known, contacts), _facts(known), _waits(known), account), (annex(known),))


def _volume(known: Counted, contacts: Any) -> str:
    return (
        f"本期开展联系{contacts.contacts}次，其中听到诉求的{contacts.with_voice}次，"
        f"到过班级、宿舍、食堂和社团等{contacts.units}处。共收到诉求{known.number('voices')}件次，"
        f"事项{known.number('tickets_all')}件，受理{known.number('tickets')}件；"
        f"转其他渠道、移交和撤回的占{known.share('excluded_share').words}。"
    )


def _facts(known: Counted) -> str:
    """The four facts apart, on time beside the limit before extensions, said beside checked."""
    due = View.DUE
    return (
        f"受理的事项，答复{known.share('answered_final').words}，办结{known.share('closed_rate').words}；"
        f"本期到期的按期办结{known.share('on_time_final', due).words}，"
        f"按延期以前的时限为{known.share('on_time_original', due).words}。"
        f"办结中部门称已解决{known.share('claimed_over_closed').words}，"
        f"受理中经他人核实已解决{known.share('verified_over_countable').words}。"
        f"有结果的诉求已告知{known.share('told_over_outcome').words}。{_opinion(known)}"
    )


def _opinion(known: Counted) -> str:
    response = known.share("rating_response", View.FLOW)
    ratings = known.of("satisfied_wide", View.FLOW).denominator or 0
    if ratings < FEW_RATINGS:
        return f"本期评价{ratings}份，样本不足（参评{response.words}）。"
    wide, strict = (known.share(key, View.FLOW) for key in ("satisfied_wide", "satisfied_strict"))
    return f"评价满意（含基本满意）{wide.words}，满意和很满意{strict.words}，参评{response.words}；未评价的不计为满意。"


def _waits(known: Counted) -> str:
    median, most = (printed(figure(key), known.of(key)) for key in ("wait_median", "wait_p90"))
    stock, overdue = known.number("open_stock", View.STOCK), known.number("overdue_stock", View.STOCK)
    return (
        f"从提出到最后答复用时，中位{median}，九成{most}（工作日，在办的按截至当日计）。"
        f"截至当日在办{stock}件，其中超期{overdue}件；有结果而未告知的诉求{known.number('debts', View.STOCK)}件次。"
    ).replace(" 天", "天")
