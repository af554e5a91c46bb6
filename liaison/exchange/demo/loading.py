"""Filling an empty database with the demo, as a whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from liaison.audit import actions as audit
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import accounts
from liaison.people import passwords
from liaison.people.models import Person


class NoDemoHere(Exception):
    """The database holds people, or this is a system in earnest."""


def load(folder: Path, *, seed: int | None = None, share: float = 1.0) -> str:
    """Build the university, let its two terms pass, keep the table of sign-ins in a folder and return it.

    Raises NoDemoHere with a sentence. One transaction: whoever pulls the plug finds an empty database again.
    """
    from liaison.exchange.demo import building, living, programmes  # two terms of life: only the first start lives them

    refuse_where_it_is_earnest()
    password = passwords.one_time()
    building.build(clock.today(), passwords.hashed(password))
    codes = living.live(living.SEED if seed is None else seed, share).codes
    programmes.count()
    audit.append(None, "demo.loaded", object=str(clock.today()))
    names = {row.login: row.name for row in db.session.execute(select(Person.login, Person.name))}
    text = accounts.table(names, password, codes)
    accounts.keep(folder, text)
    db.session.commit()
    return text


def refuse_where_it_is_earnest() -> None:
    """Never in production, never beside real people."""
    if os.environ.get("LIAISON_ENV") == "production":
        raise NoDemoHere("这是正式环境（LIAISON_ENV=production），不装演示数据。")
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        raise NoDemoHere("库中已有人员，不装演示数据。")


def is_empty() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is None


def earlier_table() -> str:
    """What an earlier start printed; empty when the people here are not the demo's."""
    return accounts.kept(Path(current_app.instance_path))
