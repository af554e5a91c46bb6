"""A night of 核实提示 (issue 6): processor time and statements, by the size of the archive."""

from __future__ import annotations

from time import process_time

from flask import Flask

from liaison.oversight.prompts import nightly
from tests.bench.storage import Database
from tests.databases import counting


def line(app: Flask, database: Database, size: int) -> str:
    """The second night: the first one puts the questions that the archive holds."""
    with app.app_context():
        nightly.ask()
        begun, besides = process_time(), database.processor_time()
        with counting() as asked:
            nightly.ask()
        spent = process_time() - begun + database.processor_time() - besides
    return f"A night of prompts, {database.name} {size:,}: {spent:.1f} s of processor, {len(asked)} statements."
