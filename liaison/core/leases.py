"""租约: who does something alone, or that something was done for now. A row, so it holds across processes.

Who is killed leaves his lease behind; it ends by itself at its moment.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column

from liaison.core.clock import now
from liaison.core.db import Base, Moment, db, insert_or, run


class Lease(Base):
    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    until_at: Mapped[datetime] = mapped_column(Moment)


def take(name: str, until: datetime) -> bool:
    """Hold what is called so until a UTC moment; False when somebody holds it already. In the caller's transaction."""
    given = {"name": name, "until_at": until, "now": now()}
    return run(_taking(db.engine.dialect.name), given).first() is not None


def give_back(name: str, until: datetime) -> None:
    """End the lease taken until this moment early; one that somebody else took since stays."""
    mine = (Lease.name == name, Lease.until_at == until)
    db.session.execute(update(Lease).where(*mine).values(until_at=now()).execution_options(synchronize_session=False))


@cache
def _taking(dialect: str) -> Any:
    wanted = insert_or(Lease, dialect)
    is_over = Lease.__table__.c.until_at <= bindparam("now", type_=Moment)
    taken = {"until_at": wanted.excluded.until_at}
    return wanted.on_conflict_do_update(index_elements=["name"], set_=taken, where=is_over).returning(
        Lease.__table__.c.name
    )
