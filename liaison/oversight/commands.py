"""规则推演 from the shell: the same report as the page, in lines."""

from __future__ import annotations

import click

from liaison.calendars.calendar import CalendarKind
from liaison.core import clock
from liaison.oversight.queries import simulation as queries
from liaison.oversight.replaying import Scenario
from liaison.oversight.simulation import Group, simulate
from workflows.ticket_words import LimitClass

CLASSES = [one.value for one in LimitClass if one not in {LimitClass.URGENT, LimitClass.LONG}]


@click.command("simulate")
@click.option("--term", default="", help="学年-学期，例如 2026-2027-1；不写则用最近一个学期。")
@click.option("--handle", "handle", multiple=True, help="某类的办理天数，例如 general=7；可以写几次。")
@click.option("--sign", type=int, help="签收天数。")
@click.option("--accept", type=int, help="受理天数。")
@click.option("--triage", type=int, help="研判天数。")
@click.option("--days", type=click.Choice([kind.value for kind in CalendarKind]), help="按哪种日子计算。")
@click.option("--from-signing", is_flag=True, help="从签收算起，不从交办算起。")
def simulate_term(
    term: str,
    handle: tuple[str, ...],
    sign: int | None,
    accept: int | None,
    triage: int | None,
    days: str | None,
    from_signing: bool,
) -> None:
    """用一个学期真实的办理过程推算别的时限会怎样；不改任何事项。"""
    chosen = next((one for one in queries.terms() if not term or f"{one.academic_year}-{one.term_no}" == term), None)
    if chosen is None:
        raise click.ClickException("没有这个学期。")
    by = CalendarKind(days) if days else None
    scenario = Scenario(_handle(handle), sign, accept, triage, by, from_signing)
    report = simulate(chosen, scenario, until=clock.now())
    click.echo(f"{chosen.label}：交办 {report.whole.count} 次")
    for group in [*report.classes, *report.units]:
        if group.count:
            click.echo(_line(group))
    for name, load in (("实际", report.load), ("推算", report.load_then)):
        a_day = load.tickets / load.days
        late = f"超过受理时限 {load.accept_late}，超过研判时限 {load.triage_late}"
        click.echo(f"办公室（{name}）：{load.tickets} 件，每个工作日 {a_day:.1f} 件，最多一天 {load.most} 件，{late}")


def _handle(given: tuple[str, ...]) -> dict[LimitClass, int]:
    """general=7 → the class and its days."""
    found = {}
    for words in given:
        name, _sep, number = words.partition("=")
        if name not in CLASSES or not number.isdigit() or int(number) < 1:
            raise click.BadParameter(f"{words}：写成 general=7，类别是 {'、'.join(CLASSES)}。")
        found[LimitClass(name)] = int(number)
    return found


def _line(group: Group) -> str:
    label = group.label.label if isinstance(group.label, LimitClass) else group.label
    handled = f"办理超期 {len(group.late)} → {len(group.late_then)}"
    return f"{label}：交办 {group.count}，{handled}，签收超期 {group.sign_late} → {group.sign_late_then}"
