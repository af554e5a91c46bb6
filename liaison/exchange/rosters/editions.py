"""Sheets 15 and 16: limits and lines of programmes. They are kept in editions: what a file says is a new one.

What a file does not name stays as it is. Editions are never changed and never taken back: whoever wants the old
rules takes in the old table, which is the next edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import gettext as _

from liaison.access import Action
from liaison.calendars import actions as calendars
from liaison.calendars import in_force
from liaison.calendars.calendar import CalendarKind
from liaison.calendars.limit_rules import Days, Hours, Limits
from liaison.core import clock
from liaison.core.cells import Fault
from liaison.exchange.rosters.lines import Line, words_of
from liaison.exchange.rosters.reading import Taken
from liaison.exchange.rosters.sheets import BY_CODE, Kind
from liaison.people.actor import Actor
from liaison.programmes.actions import editions
from liaison.programmes.models import Programme, Requirement
from liaison.programmes.queries import rules
from liaison.programmes.shipped import RuleText
from liaison.programmes.words import (
    CalendarBasis,
    ContactKind,
    MeetingChannel,
    PerEach,
    Period,
    QuantityUnit,
    Strength,
    SubjectRole,
    TargetScope,
)
from workflows.ticket_words import LimitClass

NEEDS = {"sla_class": Action.MANAGE_LIMITS, "requirement": Action.MANAGE_RULES}
HOURS = re.compile(r"(\d{1,3})\s*(?:小时|h)")
MILESTONES = "里程碑"
MOST_DAYS, MOST_TIMES = 250, 400
ANY = {"any": None, "不限": None}


@dataclass(frozen=True)
class Edition:
    """One that a file asks for. `counts`: lines new, changed, as before · `mark`: what it would hold."""

    kind: Kind
    label: str
    counts: tuple[int, int, int]
    mark: str
    write: Callable[[Actor], Any]


def wanted(taken: Taken, faults: list[Fault]) -> list[Edition]:
    """The editions a sheet asks for; those that would be as they are say so in their counts."""
    kind = BY_CODE[taken.kind]
    lines = [Line(kind, number, dict(cells), faults) for number, cells in taken.rows]
    return _limits(kind, lines) if kind.code == "sla_class" else list(_programmes(kind, lines))


def _limits(kind: Kind, lines: list[Line]) -> list[Edition]:
    present = in_force.rules().rows
    said = {name: limits for line in lines for name, limits in _limit(line, present)}
    changed = sum(present[name] != limits for name, limits in said.items())
    note = _("从名册导入")

    def write(actor: Actor) -> None:
        calendars.make_limits({**present, **said}, made_by_id=actor.id, note=note)

    return [Edition(kind, kind.title, (0, changed, len(said) - changed), repr(sorted(said.items())), write)]


def _limit(line: Line, present: Any) -> Iterator[tuple[LimitClass, Limits]]:
    name = line.choice("limit_class", words_of(LimitClass))
    if name is None:
        return
    before: Limits = present[name]
    handle = None if line.cells.get("handle", "") in {"", MILESTONES} else _step(line, "handle", before.handle)
    if (handle is None) != (before.handle is None):
        line.wrong("handle", _("只有长期推进写“里程碑”，其余写天数。"))
    yield (
        name,
        Limits(
            accept=_step(line, "accept", before.accept),
            triage=_step(line, "triage", before.triage),
            sign=_step(line, "sign", before.sign),
            handle=handle,
            extension=_days(line, "extension", before.extension),
            office=before.office,
            feedback=Days(_days(line, "feedback", before.feedback.count)),
            calendar=line.word("calendar", words_of(CalendarKind)) or before.calendar,
        ),
    )


def _step(line: Line, name: str, before: Days | Hours | None) -> Days | Hours:
    """Days, or hours where it says so; an urgent class runs in hours and an ordinary one in days."""
    hours = HOURS.fullmatch(line.cells.get(name, ""))
    if bool(hours) != isinstance(before, Hours):
        line.wrong(name, _("紧急类写小时，如“2小时”；其余写天数。"))
    return Hours(int(hours[1])) if hours else Days(line.whole(name, 0, MOST_DAYS) if not hours else 0)


def _days(line: Line, name: str, before: int) -> int:
    return line.whole(name, 0, MOST_DAYS) if line.cells.get(name) else before


def _programmes(kind: Kind, lines: list[Line]) -> Iterator[Edition]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.key_code("programme", 16).upper(), []).append(line)
    for code, of_one in groups.items():
        programme = rules.programme(code)
        if programme is None:
            of_one[0].wrong("programme", _("没有编码为“%(code)s”的联系制度。", code=code))
        else:
            yield _programme(kind, programme, of_one)


def _programme(kind: Kind, programme: Programme, lines: list[Line]) -> Edition:
    newest = rules.editions(programme.id)[0]
    present = {row.code: _text(row) for row in rules.requirements(newest.id)}
    said = {text.code: text for text in (_rule(line, present) for line in lines)}
    added = sum(code not in present for code in said)
    same = sum(present.get(code) == text for code, text in said.items())
    from_on = max(clock.today(), newest.from_on)

    def write(actor: Actor) -> None:
        texts = list({**present, **said}.values())
        more = {"base": newest.edition, "from_on": from_on, "is_in_force": newest.is_in_force}
        editions.save_edition(actor, programme, texts, **more, note=_("从名册导入"))  # type: ignore[arg-type]

    counts = (added, len(said) - added - same, same)
    return Edition(kind, f"{programme.code} {programme.title}", counts, f"{newest.edition} {said}", write)


def _rule(line: Line, present: dict[str, RuleText]) -> RuleText:
    """The line as the row has it; what the sheet has no column for stays."""
    code = line.key_code("code", 24)
    if bad := [kind for kind in line.codes("kinds") if kind not in _KINDS]:
        line.wrong("kinds", _("没有“%(kind)s”这种联系类型。", kind=bad[0]))
    said: dict[str, Any] = {
        "title": line.needed_text("title", 40),
        "strength": line.choice("strength", words_of(Strength)),
        "subject_role": line.choice("subject_role", words_of(SubjectRole)),
        "kinds": tuple(_KINDS[kind] for kind in line.codes("kinds") if kind in _KINDS),
        "target_scope": line.choice("target_scope", words_of(TargetScope)),
        "period": line.choice("period", words_of(Period)),
        "minimum": line.whole("minimum", 0, MOST_TIMES),
        "unit": line.choice("unit", words_of(QuantityUnit)),
        "channel": line.word("channel", words_of(MeetingChannel) | ANY),
        "per_each": line.word("per_each", words_of(PerEach)),
        "exclusive_group": line.text("exclusive_group", 24),
        "combine_group": line.text("combine_group", 24),
        "calendar_basis": line.word("calendar_basis", words_of(CalendarBasis)) or CalendarBasis.SCHOOL_WEEKS,
    }
    before = present.get(code)
    kept = {one.name: getattr(before, one.name) for one in fields(RuleText)} if before else {}
    return RuleText(**{**kept, **said, "code": code})


def _text(row: Requirement) -> RuleText:
    columns = {one.name: getattr(row, one.name) for one in fields(RuleText)}
    return RuleText(**columns | {"kinds": tuple(row.kinds)})


_KINDS = {word: kind.value for word, kind in words_of(ContactKind).items()}
