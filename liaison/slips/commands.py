"""flask slips-key: a new key. flask slips-rotate: everything kept is sealed anew with the key in use."""

from __future__ import annotations

import click

from liaison.core.db import db
from liaison.slips import actions, sealing


@click.command("slips-key")
def slips_key() -> None:
    """生成一个联系方式的加密密钥，写进 LIAISON_SLIP_KEY。"""
    click.echo(sealing.new_key())


@click.command("slips-rotate")
def slips_rotate() -> None:
    """用排在最前的密钥重新加密现有的联系方式；有解不开的返回 1。"""
    done, lost = actions.rotate()
    db.session.commit()
    click.echo(f"已重新加密 {done} 条。" + (f"有 {lost} 条的密钥已不在，谁也解不开。" if lost else ""))
    raise SystemExit(bool(lost))
