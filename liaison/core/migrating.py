"""The numbered steps of the database, as `flask db` and the start find them. Alembic is loaded when asked for:
it costs a tenth of the start, and a database that is up to date needs none of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask

from liaison.core.db import db


class Steps:
    """Stands where Flask-Migrate keeps its settings, until somebody asks for them."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    @property
    def migrate(self) -> Any:
        from flask_migrate import Migrate

        Migrate(self.app, db, directory=str(self.folder), render_as_batch=True)  # type: ignore[no-untyped-call]
        return self.app.extensions["migrate"].migrate

    @property
    def directory(self) -> str:
        return str(self.folder)


def init_app(app: Flask, folder: Path) -> None:
    app.extensions["migrate"] = Steps(app, folder)
    app.cli.add_command(commands)


def upgrade(folder: Path) -> None:
    """Apply what the database has not seen. Works in the application's context."""
    from flask_migrate import upgrade as apply

    apply(directory=str(folder))


@click.command("db", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def commands(ctx: click.Context, words: tuple[str, ...]) -> None:
    """数据库迁移（Flask-Migrate 的命令：upgrade、downgrade、revision …）。"""
    from flask_migrate.cli import db as group

    group.main(list(words), prog_name="flask db", obj=ctx.obj)
