"""What stands under a record form: which version of its month it prints, and what became known before and after it.

Nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from liaison.core.formats import day_words
from liaison.core.language import gettext as _
from liaison.oversight.record_forms import Held, RecordForm
from liaison.programmes.words import ContactKind


@dataclass(frozen=True)
class Version:
    """数据版本: a locked month as it was kept, first at its lock, then whenever it was corrected."""

    number: int
    kept_at: datetime

    @property
    def words(self) -> str:
        on = day_words(self.kept_at)
        if self.number == 1:
            return _("第 1 版（%(day)s存档）", day=on)
        return _("第 %(n)s 版（%(day)s更正）", n=self.number, day=on)


class How(Enum):
    """How something became known: in time, or of a locked month."""

    ENTERED = "entered"
    EDITED = "edited"
    LATE = "late"
    AMENDED = "amended"

    @property
    def is_correction(self) -> bool:
        return self in (How.LATE, How.AMENDED)


@dataclass(frozen=True)
class News:
    """What became known of a contact, and since when it stands for the form's person."""

    at: datetime
    how: How
    held_at: datetime
    kind: ContactKind
    moved_to: datetime | None = None

    @property
    def words(self) -> str:
        said = {"at": day_words(self.at), "day": day_words(self.held_at), "kind": _(self.kind.label)}
        if self.how is How.ENTERED:
            return _("%(at)s记入%(day)s%(kind)s", **said)
        if self.how is How.EDITED:
            return _("%(at)s修改%(day)s%(kind)s", **said)
        if self.how is How.LATE:
            return _("%(at)s补录%(day)s%(kind)s", **said)
        if self.moved_to:
            return _("%(at)s更正%(day)s%(kind)s，改到%(to)s", to=day_words(self.moved_to), **said)
        return _("%(at)s更正%(day)s%(kind)s", **said)


def news_of(contacts: Iterable[Held]) -> Iterator[News]:
    """When each of these contacts came to stand, and when it was last mended."""
    for one in contacts:
        if one.since:
            how = How.LATE if one.is_late else How.ENTERED
            yield News(one.since, how, one.held_at, one.first_kind)
        if one.edited_at:
            yield News(one.edited_at, How.EDITED, one.held_at, one.first_kind)


def with_history(
    form: RecordForm, now: RecordForm, versions: Sequence[Version], found: Iterable[News], *, is_locked: bool
) -> RecordForm:
    """The form with the version it prints, with 更正 that are in it, and with what came after its person confirmed.

    `now`: the same form as the records stand; `found`: everything that became known of his month.
    """
    until = form.confirmed_at
    news = sorted(found, key=lambda one: one.at)
    later = [one for one in news if until is not None and one.at > until]
    within = [one for one in news if one.how.is_correction and one not in later]
    in_time, corrected = (_listed(one for one in later if one.how.is_correction is so) for so in (False, True))
    has_news = bool(later) or _differ(form, now)
    said = [
        _("更正：%(what)s（已列入本表）。", what=_listed(within)) if within else "",
        _("确认以后记录：%(what)s（未列入本表）。", what=in_time) if in_time else "",
        _("确认以后更正：%(what)s（未列入本表）。", what=corrected) if corrected else "",
        _("确认以后本月内容有变动（未列入本表）。") if has_news and not later else "",
    ]
    return replace(form, edition=_edition(versions, until, is_locked), corrections="".join(said), has_news=has_news)


def _differ(form: RecordForm, now: RecordForm) -> bool:
    """Being told of later is no difference, nor are his own words."""
    later = {"told": 0, "work": ""}
    return form.content | later != now.content | later


def _listed(found: Iterable[News]) -> str:
    return _("；").join(one.words for one in found)


def _edition(versions: Sequence[Version], until: datetime | None, is_locked: bool) -> str:
    if not versions:
        return _("数据版本：已锁定，还没有存档") if is_locked else _("数据版本：本月尚未锁定")
    known = [one for one in versions if until is None or one.kept_at <= until]
    if known:
        printed = known[-1].words
    else:
        printed = _("%(day)s本人确认时，早于%(version)s", day=day_words(until), version=versions[0].words)
    if versions[-1] in known or len(versions) == 1:
        return _("数据版本：%(version)s", version=printed)
    return _("数据版本：%(version)s，现为第 %(n)s 版", version=printed, n=versions[-1].number)
