"""flask programmes recompute: what contacts count for, from nothing."""

from __future__ import annotations

import click

from liaison.contacts import recomputing


@click.command("recompute")
def recompute() -> None:
    """从头重算全部进度与计入（只读联系记录和规则，不改动它们）。"""
    click.echo(f"已重算 {recomputing.recompute()} 人。")
