"""一、总体情况: two short paragraphs, every share with its counts (domain.md §5.2); 指标表 has the rest."""

from __future__ import annotations

from typing import Any

from liaison.oversight.figures.catalogue import figure
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import FEW_RATINGS, printed
from liaison.oversight.reports.blocks import Section
from liaison.oversight.reports.counted import Counted, annex


def overall(known: Counted, contacts: Any, account: str = "") -> Section:
    """`contacts`: totals of report_contacts; `account`: what the director wrote of a month."""
    said = (_volume(known, contacts) + _facts(known), _opinion(known) + _waits(known), account)
    return Section("总体情况", said, (annex(known),))


def _volume(known: Counted, contacts: Any) -> str:
    return (
        f"本期开展联系{contacts.contacts}次，到过{contacts.units}处，其中{contacts.with_voice}次听到诉求。"
        f"共收到诉求{known.number('voices')}件次，事项{known.number('tickets_all')}件，受理{known.number('tickets')}件。"
    )


def _facts(known: Counted) -> str:
    """The four facts apart, on time beside the limit before extensions, said beside checked."""
    due = View.DUE
    return (
        f"受理的事项答复{known.share('answered_final').words}，办结{known.share('closed_rate').words}；"
        f"到期的按期办结{known.share('on_time_final', due).words}"
        f"（延期以前的时限{known.share('on_time_original', due).words}）。"
        f"办结中部门称已解决{known.share('claimed_over_closed').words}，"
        f"受理中经他人核实已解决{known.share('verified_over_countable').words}。"
        f"有结果的诉求已告知{known.share('told_over_outcome').words}。"
    )


def _opinion(known: Counted) -> str:
    response = known.share("rating_response", View.FLOW)
    ratings = known.of("satisfied_wide", View.FLOW).denominator or 0
    if ratings < FEW_RATINGS:
        return f"评价{ratings}份，样本不足（参评{response.words}）。"
    wide, strict = (known.share(key, View.FLOW) for key in ("satisfied_wide", "satisfied_strict"))
    return f"评价满意（含基本满意）{wide.words}，满意和很满意{strict.words}，参评{response.words}，未评价的不计。"


def _waits(known: Counted) -> str:
    median, most = (printed(figure(key), known.of(key)) for key in ("wait_median", "wait_p90"))
    stock, overdue = known.number("open_stock", View.STOCK), known.number("overdue_stock", View.STOCK)
    return (
        f"从提出到最后答复用时中位{median}，九成{most}（工作日，含在办）。"
        f"在办{stock}件，其中超期{overdue}件；有结果未告知{known.number('debts', View.STOCK)}件次。"
    ).replace(" 天", "天")
