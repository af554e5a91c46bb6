"""What everybody may read: counts that were merged, texts that were released. Neither asks for a voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select, union

from liaison.core.clock import now
from liaison.core.db import Moment, run
from liaison.core.errors import NotVisible
from liaison.core.paging import Listing, Page
from liaison.feedback.board.models import BoardCell
from liaison.people.models import Unit
from liaison.tickets.models import Category, Publication
from liaison.tickets.models.publications import Decision
from liaison.tickets.queries.publications import BOARDS

SIZE = 10
TAKEN_BACK_SHOWN = timedelta(days=60)


def places() -> Sequence[Any]:
    """Buildings and colleges that have something on the board, in organisational order: code, name, type."""
    return run(_PLACES).all()


def place(code: str) -> Any:
    """The building or college of this code: id, code, name. NotVisible where there is none, or it has no board."""
    row = run(_PLACE, {"code": code}).one_or_none()
    if row is None:
        raise NotVisible(f"board {code}")
    return row


def cells(place_id: int | None) -> Sequence[Any]:
    """The counts of a place, matter by matter; of the other places together where none is named."""
    return run(_CELLS if place_id else _CELLS_OF_OTHERS, {"place": place_id} if place_id else {}).all()


def texts(asked: Mapping[str, str], place_id: int | None = None) -> Page:
    """What was released, the newest first: of one place, or of the whole campus."""
    return _OF_PLACE.page(asked, {"place": place_id}) if place_id else _OF_CAMPUS.page(asked)


def taken_back() -> Sequence[Any]:
    """What was public and is no more, of the last two months: id, place_id, at, ended_at."""
    return run(_TAKEN_BACK, {"since": now() - TAKEN_BACK_SHOWN}).all()


PUBLIC = (Publication.decision == Decision.PUBLISHED, Publication.ended_at.is_(None))
_WITH_ONE = union(select(BoardCell.place_id), select(Publication.place_id).where(*PUBLIC)).subquery()
_PLACES = (
    select(Unit.code, Unit.name, Unit.type)
    .where(Unit.id.in_(select(_WITH_ONE.c.place_id).where(_WITH_ONE.c.place_id.is_not(None))))
    .order_by(Unit.type, Unit.order, Unit.id)
)
_PLACE = select(Unit.id, Unit.code, Unit.name).where(Unit.code == bindparam("code"), Unit.type.in_(BOARDS))


def _cells_where(condition: Any) -> Any:
    wanted = select(BoardCell.fate, BoardCell.reason, BoardCell.voices, BoardCell.until_on, BoardCell.made_at)
    named = wanted.add_columns(Category.name.label("matter"), Category.name_en.label("matter_en"))
    joined = named.outerjoin(Category, Category.id == BoardCell.category_id)
    return joined.where(condition).order_by(Category.code.is_(None), Category.code, BoardCell.id)


_CELLS = _cells_where(BoardCell.place_id == bindparam("place"))
_CELLS_OF_OTHERS = _cells_where(BoardCell.place_id.is_(None))


def _texts(*conditions: Any) -> Listing:
    wanted: Any = select(
        Publication.id,
        Publication.said,
        Publication.done,
        Publication.outcome,
        Publication.reason_class,
        Publication.handled_on,
        Publication.at,
        Unit.name.label("place"),
    )
    joined = wanted.outerjoin(Unit, Unit.id == Publication.place_id).where(*PUBLIC, *conditions)
    return Listing(joined, [Publication.id], size=SIZE, is_descending=True)


_OF_CAMPUS = _texts()
_OF_PLACE = _texts(Publication.place_id == bindparam("place"))
_TAKEN_BACK = (
    select(Publication.id, Publication.place_id, Publication.at, Publication.ended_at)
    .where(Publication.decision == Decision.PUBLISHED, Publication.ended_at >= bindparam("since", type_=Moment))
    .order_by(Publication.ended_at)
)
