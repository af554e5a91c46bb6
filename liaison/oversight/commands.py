"""From the shell: 规则推演 in lines, every figure of a period as JSON, a history done again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, TextIO

import click

from liaison.audit import actions as audit
from liaison.calendars.calendar import CalendarKind
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.figures import computing
from liaison.oversight.figures.scope import Scope
from liaison.oversight.history import playing
from liaison.oversight.process import WRITERS
from liaison.oversight.process.cases import cases
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


@click.command("figures")
@click.option("--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), help="本期第一天。")
@click.option("--to", "last", required=True, type=click.DateTime(["%Y-%m-%d"]), help="本期最后一天。")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="截至哪一天24时；不写则截至今天。")
def figures(first: datetime, last: datetime, as_of: datetime | None) -> None:
    """把一段时间的全部指标按 JSON 打印出来，附分子、分母。"""
    scope = Scope(first.date(), last.date(), as_of.date() if as_of else clock.today())
    if scope.last < scope.first:
        raise click.ClickException("本期最后一天不能早于第一天。")
    printed: dict[str, Any] = {"from": str(scope.first), "to": str(scope.last), "as_of": str(scope.as_of)}
    printed["figures"] = [computing.as_plain(*pair) for pair in computing.computed(computing.world(scope))]
    click.echo(json.dumps(printed, ensure_ascii=False, indent=1))


@click.command("events")
@click.option("--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), help="本期第一天。")
@click.option("--to", "last", required=True, type=click.DateTime(["%Y-%m-%d"]), help="本期最后一天。")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="xes", help="XES 或 OCEL 2.0。")
@click.option("--purpose", required=True, help="用途，记入审计日志。")
@click.option("--people", is_flag=True, help="给每个人一个只在这份文件里有效的代号；不写则只有角色。")
@click.option("--output", type=click.File("w", encoding="utf-8"), default="-", help="写到哪个文件。")
def export_events(first: datetime, last: datetime, form: str, purpose: str, people: bool, output: TextIO) -> None:
    """把一段时间提出的普通事项的流转记录写成过程挖掘的文件：没有文字，没有人名，没有编号。"""
    scope = Scope(first.date(), last.date(), last.date())
    days = f"{scope.first} {scope.last}"
    audit.append(None, "events.exported", object=form, text=purpose, days=days, people=people)
    db.session.commit()
    for piece in WRITERS[form].written(cases(scope, with_people=people)):
        output.write(piece)


@click.command("replay")
@click.argument("file", type=click.File(encoding="utf-8"))
def replay_history(file: TextIO) -> None:
    """在空库里按文件重做一遍历史（每行一个动作，格式见 docs/history.md）。"""
    if not playing.is_empty():
        raise click.ClickException("数据库不是空的；请换一个空库。")
    try:
        played = playing.play(file)
    except playing.BadLine as wrong:
        raise click.ClickException(f"{wrong}前面的动作已经留在库里，改好文件以后请换一个空库重做。") from None
    for name, number in played.numbers.items():
        click.echo(f"{name} {number}")
    click.echo(f"已重做 {played.deeds} 个动作。")
