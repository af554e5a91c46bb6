"""`flask audit verify`: is the record of deeds whole? Exit 0 or 1 (safety.md R36)."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from liaison.audit.actions import append, verify
from liaison.audit.chain import Verification
from liaison.core.db import writing

audit = AppGroup("audit", help="审计记录")


class Anchor(click.ParamType[tuple[int, str]]):
    """SEQ:HASH, as noted down outside the system."""

    name = "SEQ:HASH"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, str]:
        seq, _, noted = value.partition(":")
        if not seq.isdigit() or len(noted) != 64:
            self.fail("写成 序号:64位散列，例如 120:9f86d0…", param, ctx)
        return int(seq), noted.lower()


@audit.command("verify")
@click.option("--anchor", type=Anchor(), help="系统之外记下的一行：序号：散列")
def verify_command(anchor: tuple[int, str] | None) -> None:
    """逐行核对审计链；第一处不符的序号会印出来。核对本身也记入审计。"""
    found = verify(anchor)
    if found.is_whole:
        click.echo(f"审计链完整：{found.rows} 行，锚点 {found.seq}:{found.hash}")
    else:
        click.echo(f"审计链在第 {found.first_bad} 行断开：{found.reason}", err=True)
    _record(found, bool(anchor))
    raise SystemExit(0 if found.is_whole else 1)


def _record(found: Verification, anchored: bool) -> None:
    """The check is a deed too. A broken chain may refuse the row: the finding has been printed by then."""
    result = "ok" if found.is_whole else "failed"
    try:
        with writing():
            append(None, "audit.verified", result=result, rows=found.rows, first_bad=found.first_bad, anchored=anchored)
    except SQLAlchemyError:
        click.echo("核对结果没能写入审计表。", err=True)
