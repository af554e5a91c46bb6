"""flask programmes …: put the shipped rules in, compute everything anew."""

from __future__ import annotations

import click

from liaison.core.db import db
from liaison.programmes.actions import editions


@click.group("programmes")
def programmes() -> None:
    """联系制度。"""


@programmes.command("settle")
def settle() -> None:
    """放入随程序附带的制度（已有的不动）。"""
    added = editions.settle_programmes()
    db.session.commit()
    click.echo(f"新增 {added} 项制度。" if added else "制度都已在库中，未作改动。")
