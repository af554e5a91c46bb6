"""制度版本: put the shipped rules into the database, and save a new edition. No edition is ever changed."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from liaison.audit.actions import append
from liaison.core.clock import now
from liaison.core.db import add, add_one, db
from liaison.core.errors import BadInput, Conflict
from liaison.people.actor import Actor
from liaison.programmes import shipped
from liaison.programmes.models import Programme, ProgrammeEdition, Requirement
from liaison.programmes.queries import rules
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import ContactKind, Period, QuantityUnit

TITLE, CODE, MOST, MOST_MAKEUP = 40, 24, 400, 7
WORDY = {"title": TITLE, "evidence": 60, "source_ref": 120, "note": 200}


def settle_programmes(*, all_in_force: bool = False) -> int:
    """Keep each shipped programme as its first edition, once. `all_in_force`: a demo shows every one of them.

    Returns how many were added. Twice is harmless; what the university changed since stays.
    """
    known = set(db.session.scalars(select(Programme.code)))
    fresh = [one for one in shipped.programmes() if one.code not in known]
    for one in fresh:
        row = {"code": one.code, "title": one.title, "source": one.source, "issued_on": one.issued_on}
        programme_id = add_one(Programme, row | {"order": shipped.ORDER.index(one.code)})
        edition = {"edition": 1, "from_on": one.issued_on, "is_in_force": one.is_in_force or all_in_force}
        _insert(programme_id, edition, list(one.rules), made_by_id=None, note="")
    return len(fresh)


def save_edition(
    actor: Actor,
    programme: Programme,
    lines: list[RuleText],
    *,
    base: int,
    from_on: date,
    is_in_force: bool = True,
    note: str = "",
) -> int:
    """A new edition, for every period that begins on `from_on` or later. Returns its number. Commits nothing.

    `base` is the edition the person looked at: Conflict when somebody saved another one since. BadInput names
    fields `from_on`, `lines`, and `<code>-<column>` for a column of a line.
    """
    newest = rules.editions(programme.id)[0]
    if newest.edition != base:
        raise Conflict(_("刚才有人先存了第 %(n)s 版。请看一眼再改。", n=newest.edition))
    if errors := _objections(newest, lines, from_on):
        raise BadInput(**errors)
    edition = {"edition": base + 1, "from_on": from_on, "is_in_force": is_in_force}
    _insert(programme.id, edition, lines, made_by_id=actor.id, note=note)
    append(actor.id, "programme.saved", object=f"{programme.code}/{base + 1}", from_on=from_on.isoformat())
    return base + 1


def _insert(
    programme_id: int, edition: dict[str, object], lines: list[RuleText], *, made_by_id: int | None, note: str
) -> None:
    made = {"programme_id": programme_id, "made_at": now(), "made_by_id": made_by_id, "note": note}
    edition_id = add_one(ProgrammeEdition, edition | made)
    if lines:
        rows = [line.columns | {"edition_id": edition_id, "order": n} for n, line in enumerate(lines)]
        add(Requirement, *rows)


def _objections(newest: ProgrammeEdition, lines: list[RuleText], from_on: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if from_on < newest.from_on:
        errors["from_on"] = _("请选 %(day)s 或以后：这一天起已有第 %(n)s 版。", day=newest.from_on, n=newest.edition)
    codes = [line.code for line in lines]
    if len(set(codes)) < len(codes):
        errors["lines"] = _("条目编码要各不相同。")
    for line in lines:
        errors |= {f"{line.code}-{column}": words for column, words in _wrong(line).items()}
    return errors


def _wrong(line: RuleText) -> dict[str, str]:
    """A sentence per column that cannot be right."""
    wrong = {name: _("请不超过%(n)s个字。", n=most) for name, most in WORDY.items() if len(getattr(line, name)) > most}
    if not line.title.strip():
        wrong["title"] = _("请写名称。")
    if not line.code.strip() or len(line.code) > CODE:
        wrong["code"] = _("编码要有，最多%(n)s个字符。", n=CODE)
    if not 0 <= line.minimum <= MOST:
        wrong["minimum"] = _("请填 0 到 %(n)s 之间的整数。", n=MOST)
    if not 0 <= line.makeup_days <= MOST_MAKEUP:
        wrong["makeup_days"] = _("补做最多%(n)s天。", n=MOST_MAKEUP)
    if any(kind not in {one.value for one in ContactKind} for kind in line.kinds):
        wrong["kinds"] = _("请从联系类型中选。")
    if line.unit is QuantityUnit.WEEKS and line.period is not Period.WEEK:
        wrong["unit"] = _("按“周”计的条目，周期要选“每周”。")
    if line.unit is QuantityUnit.LINK and line.period is not Period.NONE:
        wrong["period"] = _("联系点不分周期。")
    return wrong
