"""What is done from the shell: serve, set-up, demo, tick, audit, documents."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import inspect

from liaison import tick as ticking
from liaison.audit.commands import audit
from liaison.calendars.actions import settle_calendar, settle_limits
from liaison.contacts.commands import recompute
from liaison.core import migrating
from liaison.core.db import db
from liaison.exchange import commands as exchange
from liaison.oversight.commands import export_events, figures, replay_history, simulate_term
from liaison.people import actions as people
from liaison.people.actions.accounts import first_administrator
from liaison.people.queries.accounts import by_login
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.commands import programmes
from liaison.slips.commands import slips_key, slips_rotate
from liaison.tickets.actions.categories import settle_categories


def init_app(app: Flask) -> None:
    app.cli.add_command(audit)
    app.cli.add_command(tick)
    app.cli.add_command(set_up)
    app.cli.add_command(end_second_step)
    app.cli.add_command(docs)
    programmes.add_command(recompute)
    app.cli.add_command(programmes)
    app.cli.add_command(simulate_term)
    app.cli.add_command(figures)
    app.cli.add_command(export_events)
    app.cli.add_command(replay_history)
    app.cli.add_command(slips_key)
    app.cli.add_command(slips_rotate)
    exchange.init_app(app)


def serve(app: Flask) -> None:
    """`python app.py`: bring the database up to date, make the demo or the first administrator, serve."""
    parser = argparse.ArgumentParser(description="连心 Liaison")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    asked = parser.parse_args()
    refuse_taken(asked.host, asked.port)
    with app.app_context():
        prepare(app)
    if app.config["SCHEDULER"]:
        ticking.start(app)
    from waitress import serve as wait

    click.echo(f"\n  连心已启动： http://{asked.host}:{asked.port}/\n  Ctrl+C 停止\n")
    wait(
        app,
        host=asked.host,
        port=asked.port,
        threads=app.config["THREADS"],
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


def refuse_taken(host: str, port: int) -> None:
    """End the program with a sentence when the port is taken: better now than after building the demo."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(f"端口 {port} 已被别的程序占用，请换一个：make run PORT={port + 1}") from error


def prepare(app: Flask) -> None:
    """Migrate, then fill an empty database: with the demo university, or with one administrator."""
    bring_up_to_date(app)
    if app.config["DEMO"]:
        exchange.load_demo_if_empty(app)
        return
    password = first_administrator()
    db.session.commit()
    if password:
        click.echo(f"\n  首次启动：账号 admin，一次性口令 {password}（登录后须更换，此处只显示一次）")


def bring_up_to_date(app: Flask) -> None:
    """Apply the migrations the database has not seen; nothing is asked of Alembic when there are none."""
    newest = (Path(app.config["MIGRATIONS"]) / ".head").read_text().strip()
    if _revision() != newest:
        db.session.rollback()
        migrating.upgrade(Path(app.config["MIGRATIONS"]))
        settle_categories()
        settle_calendar()
        settle_limits()
        if not app.config["DEMO"]:  # the demo puts them in force once it has lived: it counts once, not every evening
            settle_programmes()
        db.session.commit()


def _revision() -> str | None:
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    return db.session.execute(db.text("SELECT version_num FROM alembic_version")).scalar()


@click.command("set-up")
def set_up() -> None:
    """建库并创建首位管理员（库中已有账号时不做任何事）。"""
    from flask import current_app

    bring_up_to_date(current_app)
    password = first_administrator()
    db.session.commit()
    click.echo(f"账号 admin，一次性口令 {password}" if password else "已有账号，未作改动。")


@click.command("end-second-step")
@click.argument("login")
def end_second_step(login: str) -> None:
    """取消一个账号的两步验证：管理员本人换了手机时用。"""
    person = by_login(login)
    if person is None:
        raise click.ClickException("没有这个账号。")
    people.end_second_step(person, actor_id=None)
    db.session.commit()
    click.echo("已取消，所有登录已结束；下次登录时可以用新手机开启。")


@click.command("tick")
def tick() -> None:
    """到点的事：期满办结、每日汇总、发送提醒、清理。可重复运行；有一项未完成时返回 1。"""
    done = ticking.run()
    click.echo(ticking.words(done))
    raise SystemExit(any(one.failure for one in done))


@click.command("docs")
def docs() -> None:
    """重写由程序生成的文档：docs/workflow.md、docs/guides/operate.md 的设置表。"""
    from liaison import documents

    for path in documents.write():
        click.echo(path)
