"""附件1、附件2: what the two monthly record forms say, made of records with nothing typed (domain.md §3.3).

In: a person's post, links, confirmed contacts of the month, declared plan. Out: a `RecordForm`, the same for page,
Word and Excel. Nothing here asks the database. What is missing stays blank. The words of the paper are Chinese in
every language of the page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from liaison.core.clock import local
from liaison.people.words import UnitType
from liaison.programmes.models import WORK_LENGTH
from liaison.programmes.words import ContactKind, MonthlyFormKind
from workflows.ticket_words import Outcome

K = ContactKind
CUT_OFF = "数据截至生成时，已确认的以本人确认时为准"
TITLES = {
    MonthlyFormKind.FIVE_LINKS: ("附件 1", "领导班子成员“五联七进”工作记录表"),
    MonthlyFormKind.THREE_STRENGTHS: ("附件 2", "中层干部“三特一体”工作记录表"),
}
STRENGTHS = ("工作职能", "业务主体", "个人专长")
LINE_LENGTH = 60  # of one contact in 工作简况
SAME = "（同次）"
OF_THE_PRINT = {  # not what its person confirms
    *("kind", "month", "confirmed_at", "notes", "edition", "corrections", "has_news"),
}
TALKS = {K.TALK_YOUNG_TEACHER, K.BRANCH_LIFE, K.SPECIAL_INSPECTION}  # the fact and the day, no content (NG7)


@dataclass(frozen=True)
class Level:
    """One of 五个联系: its name on the form, the units it is about, the kinds of contact that belong to it."""

    label: str
    unit_type: UnitType | None  # none: a colleague
    kinds: frozenset[ContactKind]


LEVELS = (
    Level("党总支", UnitType.GENERAL_BRANCH, frozenset({K.VISIT_GENERAL_BRANCH, K.SPECIAL_INSPECTION})),
    Level("院系班子", UnitType.COLLEGE, frozenset({K.ON_SITE_OFFICE, K.VISIT_TEAM, K.FIELD_STUDY})),
    Level("党支部", UnitType.BRANCH, frozenset({K.VISIT_BRANCH, K.PARTY_CLASS, K.BRANCH_LIFE})),
    Level("教研室", UnitType.TEACHING_OFFICE, frozenset({K.VISIT_TEACHING_OFFICE, K.ETHICS_FORUM})),
    Level("青年教师", None, frozenset({K.TALK_YOUNG_TEACHER, K.TEACHER_FORUM})),
)
ENTRIES: Mapping[ContactKind, frozenset[ContactKind]] = {  # 七个走进, with what the notice counts among them
    K.ENTER_CLASS: frozenset({K.ENTER_CLASS}),
    K.ENTER_GROUP: frozenset({K.ENTER_GROUP, K.THEME_MEETING}),
    K.ENTER_DORM: frozenset({K.ENTER_DORM}),
    K.ENTER_CANTEEN: frozenset({K.ENTER_CANTEEN}),
    K.ENTER_CLUB: frozenset({K.ENTER_CLUB}),
    K.ENTER_LECTURE: frozenset({K.ENTER_LECTURE, K.IDEOLOGY_LECTURE}),
    K.ENTER_ONLINE: frozenset({K.ENTER_ONLINE}),
}


@dataclass(frozen=True)
class Held:
    """A confirmed contact, as far as a form needs it. `since`: when it first stood for the form's person, by his own
    yes and, filed late, the director's; `edited_at`: when it was last mended in time."""

    held_at: datetime
    kinds: frozenset[ContactKind]
    first_kind: ContactKind
    place: str
    units: Mapping[int, tuple[UnitType, str]] = field(default_factory=dict)  # place and targets that are units
    summary: str = ""
    title: str = ""
    course: str = ""
    voices: int = 0
    told: int = 0
    since: datetime | None = None
    is_late: bool = False
    edited_at: datetime | None = None


@dataclass(frozen=True)
class Heard:
    """A problem heard in a contact: its category where it may be said, and how far it is."""

    category: str
    outcome: Outcome | None
    is_of_month: bool


@dataclass(frozen=True)
class Plan:
    """三特一体申报, as it stood last."""

    strengths: tuple[str, str, str] = ("", "", "")
    staff: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holder:
    """Whose form it is: the post of his last day in the month (rulings §13)."""

    person_id: int
    name: str
    title: str
    unit: str


@dataclass(frozen=True)
class Line:
    """One row of 附件1."""

    label: str
    name: str = ""
    days: str = ""
    work: str = ""


@dataclass(frozen=True)
class RecordForm:
    """What one form prints."""

    kind: MonthlyFormKind
    month: date
    holder: Holder
    links: tuple[Line, ...] = ()
    entries: tuple[Line, ...] = ()
    plan: Plan = Plan()
    work: str = ""
    collected: int = 0
    told: int = 0
    confirmed_at: datetime | None = None
    notes: tuple[str, ...] = ()  # special periods the month touches
    edition: str = ""  # which version of the month it prints
    corrections: str = ""  # what became known of the month after its lock, or after its person confirmed
    has_news: bool = False  # its person confirmed what the records no longer say

    @property
    def content(self) -> dict[str, Any]:
        """What its person confirms: everything but the confirmation, as JSON keeps it."""
        kept = {name: value for name, value in asdict(self).items() if name not in OF_THE_PRINT}
        same: dict[str, Any] = json.loads(json.dumps(kept))
        return same

    def with_words(self, own_words: str) -> RecordForm:
        """The same with 工作内容 as its person wrote it."""
        return replace(self, work=own_words)

    @property
    def below(self) -> list[str]:
        """What stands under the foot: version, corrections, special periods."""
        return [words for words in (self.edition, self.corrections, *self.notes) if words]

    @property
    def foot(self) -> str:
        """Counts, and when the person confirmed."""
        at = f"{local(self.confirmed_at):%Y年%-m月%-d日 %H:%M}" if self.confirmed_at else ""
        return f"收集问题 {self.collected} 件，已反馈 {self.told} 件　　本人确认：{at}"


def as_confirmed(form: RecordForm, content: Mapping[str, Any], at: datetime) -> RecordForm:
    """The form as its person confirmed it, whatever the records say since."""
    return replace(
        form,
        holder=Holder(**content["holder"]),
        links=tuple(Line(**line) for line in content["links"]),
        entries=tuple(Line(**line) for line in content["entries"]),
        plan=Plan(*(tuple(content["plan"][name]) for name in ("strengths", "staff", "groups"))),
        work=content["work"],
        collected=content["collected"],
        told=content["told"],
        confirmed_at=at,
    )


def five_links(
    month: date, holder: Holder, contacts: Sequence[Held], linked: Mapping[UnitType | None, Mapping[int, str]]
) -> RecordForm:
    """附件1. `linked`: the units (and, under None, the young teachers) he is linked with, by their type."""
    shared = _twice(contacts)
    return RecordForm(
        MonthlyFormKind.FIVE_LINKS,
        month,
        holder,
        links=tuple(_link_line(level, contacts, linked.get(level.unit_type, {}), shared) for level in LEVELS),
        entries=tuple(_entry_line(kind, kinds, contacts, shared) for kind, kinds in ENTRIES.items()),
        collected=sum(contact.voices for contact in contacts),
        told=sum(contact.told for contact in contacts),
    )


def three_strengths(
    month: date, holder: Holder, contacts: Sequence[Held], plan: Plan, heard: Sequence[Heard]
) -> RecordForm:
    """附件2."""
    return RecordForm(
        MonthlyFormKind.THREE_STRENGTHS,
        month,
        holder,
        plan=plan,
        work=generated_work(contacts, heard),
        collected=sum(contact.voices for contact in contacts),
        told=sum(contact.told for contact in contacts),
    )


def generated_work(contacts: Sequence[Held], heard: Sequence[Heard]) -> str:
    """工作内容 of 附件2: contacts, what was heard by category, what became of it. Never a student's words."""
    tail = _problems(contacts, heard)
    for summaries in (True, False):
        text = _occasions([_occasion(contact, summaries) for contact in contacts]) + tail
        if len(text) <= WORK_LENGTH:
            return text
    shown = [_occasion(contact, False) for contact in contacts]
    while len(text) > WORK_LENGTH:
        shown.pop()
        text = _occasions(shown, len(contacts)) + tail
    return text


def day(moment: datetime) -> str:
    return f"{local(moment):%-m月%-d日}"


# --- 附件1 ------------------------------------------------------------------------------------------


def _link_line(level: Level, contacts: Iterable[Held], linked: Mapping[int, str], shared: Collection[int]) -> Line:
    mine = [contact for contact in contacts if contact.kinds & level.kinds]
    works = _works(mine, shared, lambda contact: _elsewhere(contact, level, linked))
    return Line(level.label, "、".join(linked.values()), _days(mine), works)


def _entry_line(
    kind: ContactKind, kinds: frozenset[ContactKind], contacts: Iterable[Held], shared: Collection[int]
) -> Line:
    mine = [contact for contact in contacts if contact.kinds & kinds]
    places = dict.fromkeys(f"《{c.course}》" if c.course else c.place for c in mine)
    return Line(kind.label, "、".join(places), _days(mine), _works(mine, shared, lambda _contact: ""))


def _twice(contacts: Iterable[Held]) -> frozenset[int]:
    """Which contacts stand in two rows; told by their identity, for two may be alike."""
    rows = [*(level.kinds for level in LEVELS), *ENTRIES.values()]
    return frozenset(id(contact) for contact in contacts if sum(bool(contact.kinds & row) for row in rows) > 1)


def _days(contacts: Iterable[Held]) -> str:
    return "、".join(dict.fromkeys(day(contact.held_at) for contact in contacts))


def _works(contacts: Iterable[Held], shared: Collection[int], where: Callable[[Held], str]) -> str:
    return "；".join(f"{where(c)}{work(c)}{SAME if id(c) in shared else ''}" for c in contacts)


def _elsewhere(contact: Held, level: Level, linked: Collection[int]) -> str:
    """Units of this level that he met without being linked with them: the row does not name them."""
    others = [name for key, (kind, name) in contact.units.items() if kind is level.unit_type and key not in linked]
    return f"{'、'.join(others)}：" if others else ""


def work(contact: Held) -> str:
    """One contact in 工作简况: what was written, else its title, else how many problems were heard."""
    said = "" if contact.kinds & TALKS else contact.summary or (f"《{contact.title}》" if contact.title else "")
    collected = f"，收集问题{contact.voices}件" if contact.voices else ""
    return said[:LINE_LENGTH] or f"开展联系活动{collected}"


# --- 附件2 ------------------------------------------------------------------------------------------


def _occasion(contact: Held, with_summary: bool) -> str:
    said = f"，{work(contact)}" if with_summary and (contact.summary or contact.title) else ""
    return f"{day(contact.held_at)}{contact.first_kind.label}（{contact.place}）{said}"


def _occasions(shown: Sequence[str], total: int | None = None) -> str:
    if not shown:
        return f"本月下基层联系师生{total}次。" if total else ""
    more = "等" if total and total > len(shown) else ""
    return f"本月下基层联系师生{total or len(shown)}次：{'；'.join(shown)}{more}。"


def _problems(contacts: Sequence[Held], heard: Sequence[Heard]) -> str:
    fresh = [one for one in heard if one.is_of_month]
    old = _counted(one.outcome.label for one in heard if not one.is_of_month and one.outcome)
    told = sum(contact.told for contact in contacts)
    parts = []
    if fresh:
        about = _counted(one.category for one in fresh)
        became = _counted(one.outcome.label if one.outcome else "正在办理" for one in fresh)
        parts.append(f"收集问题{len(fresh)}件（{about}）：{became}；已向反映人反馈{told}件。")
    if old:
        parts.append(f"往月收集的问题，本月答复：{old}。")
    return "".join(parts)


def _counted(words: Iterable[str]) -> str:
    """后勤2件、教学1件: the most frequent first."""
    return "、".join(f"{word}{count}件" for word, count in Counter(words).most_common())
