"""Terms, newest first, for the filter of the list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from liaison.calendars.models import Term
from liaison.core.db import db


def all_terms() -> list[Any]:
    wanted = select(Term.id, Term.name, Term.academic_year).order_by(Term.first_monday.desc()).limit(12)
    return list(db.session.execute(wanted))
