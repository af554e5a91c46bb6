"""What comes in from the shell: the demo university, voices from a table, the road of proof."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app

from liaison.access import Action, may
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.exchange import actions, queries
from liaison.exchange.demo import loading
from liaison.exchange.entries import Entry, entries
from liaison.exchange.sheets import Unreadable, read
from liaison.people.actor import Actor
from liaison.people.queries.accounts import by_login
from liaison.people.queries.acting import actor_of


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)
    app.cli.add_command(import_voices)
    app.cli.add_command(road)


def load_demo_if_empty(app: Flask) -> None:
    """For the first start: load the demo into an empty database; later starts print the sign-ins again."""
    if not loading.is_empty():
        click.echo(f"\n{loading.earlier_table()}")
        return
    click.echo("\n  正在准备示例大学（两个学期的联系与事项），约需半分钟 …")
    try:
        click.echo(f"\n{loading.load(Path(app.instance_path))}")
    except loading.NoDemoHere as refused:
        raise SystemExit(f"  {refused}") from None


@click.command("demo")
def demo() -> None:
    """把示例大学装进空库，打印演示账号（库中已有人员时不做）。"""
    try:
        click.echo(loading.load(Path(current_app.instance_path)))
    except loading.NoDemoHere as refused:
        raise click.ClickException(str(refused)) from None


@click.command("import-voices")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只预检，不写入。")
@click.option("--filer", default="", help="以哪位受理员的名义登记（账号）；不写则为第一位受理员。")
@click.option("--raised-column", default="", help="写着日期的列名；不写则按列名识别。")
def import_voices(file: Path, dry_run: bool, filer: str, raised_column: str) -> None:
    """把 CSV 里的诉求成批登记为办公室收集，一行一条，全部成功或全不写入。"""
    actor = _filer(filer)
    try:
        sheet = read(file.read_bytes(), date_column=raised_column)
        actions.refuse_repeated(sheet.digest)
        found = entries(sheet, queries.place_finder(), queries.category_finder())
        _tell(found)
        if dry_run:
            return
        raised = actions.import_voices(actor, found, sheet.digest)
        db.session.commit()
    except (Unreadable, Conflict) as refused:
        raise click.ClickException(refused.message) from None
    click.echo(f"已导入 {len(raised)} 条，都在“待受理”里。")


@click.command("road")
@click.option("--csv", "file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--database-url", default="", help="另用一个空库；不写则用临时的 SQLite。")
def road(file: Path, database_url: str) -> None:
    """让 CSV 的每一行走完全程（导入 → 受理 → 交办 → … → 告知 → 办结），打印各步到了多少件。"""
    from liaison.exchange import road as proof  # with the demo's cast: a start needs neither

    try:
        with proof.own_database(database_url):
            report = proof.walk(file.read_bytes())
    except Unreadable as refused:
        raise click.ClickException(refused.message) from None
    for entry in report.refused:
        click.echo(f"第 {entry.row} 行未导入：{''.join(entry.errors)}")
    click.echo("、".join(f"{state.label} {report.reached.get(state, 0)}" for state in proof.ROAD))
    click.echo(f"导入 {report.imported}，已告知 {report.told}，已办结 {report.closed}")
    if not report.is_whole:
        raise click.ClickException("有事项没有走完全程。")


def _filer(login: str) -> Actor:
    person = by_login(login or queries.first_clerk() or "")
    actor = actor_of(person.id) if person else None
    if actor is None or not may(actor, Action.IMPORT_VOICES):
        raise click.ClickException("请用 --filer 写一位受理员的账号。")
    return actor


def _tell(found: list[Entry]) -> None:
    """Row by row what is wrong, never a text."""
    for entry in found:
        for words in [*entry.errors, *(f"提示：{words}" for words in entry.warnings)]:
            click.echo(f"第 {entry.row} 行：{words}")
    bad = sum(1 for entry in found if entry.errors)
    click.echo(f"预检：{len(found)} 行，可导入 {len(found) - bad} 条，不能导入 {bad} 行。")
