"""Which contacts fit a rule: kind, channel, linked units, and the limit of the five links (domain.md §3.9)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from liaison.people.words import UnitType
from liaison.programmes.reckoning.facts import Facts, Meeting, Tie
from liaison.programmes.reckoning.rules import Rule, Rulebook
from liaison.programmes.reckoning.school import School
from liaison.programmes.words import ContactKind, MeetingChannel, TargetScope

EXCLUSIVE_LINES = 2  # of one group, from one contact
YOUNG_TEACHER, TEACHER = "young_teacher", "teacher"
STAFF = frozenset({YOUNG_TEACHER, TEACHER})
GROUPS = frozenset({UnitType.COLLEGE.value})
SORTS: dict[ContactKind, frozenset[str]] = {  # a contact of a kind goes to links of these sorts (rulings §13)
    ContactKind.VISIT_GENERAL_BRANCH: frozenset({UnitType.GENERAL_BRANCH.value}),
    ContactKind.ON_SITE_OFFICE: GROUPS,
    ContactKind.VISIT_TEAM: GROUPS,
    ContactKind.VISIT_BRANCH: frozenset({UnitType.BRANCH.value}),
    ContactKind.VISIT_TEACHING_OFFICE: frozenset({UnitType.TEACHING_OFFICE.value}),
    ContactKind.TALK_YOUNG_TEACHER: frozenset({YOUNG_TEACHER}),
    ContactKind.ENTER_GROUP: frozenset({UnitType.CLASS.value}),
    ContactKind.ENTER_DORM: frozenset({UnitType.DORM_BUILDING.value, UnitType.DORM_ROOM.value}),
    ContactKind.ENTER_CLUB: frozenset({UnitType.CLUB.value, UnitType.ASSOCIATION.value}),
    ContactKind.ENTER_CANTEEN: frozenset({UnitType.CANTEEN.value}),
}
IMPLIED = {ContactKind.IDEOLOGY_LECTURE: ContactKind.ENTER_LECTURE}  # who lectures has entered the lecture hall


class Fitting:
    """One person's contacts in order, asked rule by rule."""

    def __init__(self, facts: Facts, school: School, book: Rulebook) -> None:
        self.facts, self.school, self.book = facts, school, book
        self._meetings = sorted(facts.meetings, key=lambda one: (one.on, one.id))
        self._fitting: dict[tuple[int, ...], tuple[list[date], list[Meeting]]] = {}

    def meetings(self, rules: list[Rule], first: date, last: date) -> list[Meeting]:
        """Those of these days that fit one of the rules, in order."""
        on, them = self._all(rules)
        return them[bisect_left(on, first) : bisect_right(on, last)]

    def fits(self, meeting: Meeting, rule: Rule) -> bool:
        return self._fits_alone(meeting, rule) and self._is_among_two(meeting, rule)

    def ties(self, rule: Rule) -> list[Tie]:
        """The links a rule looks at: of its kinds, or any."""
        if rule.scope is TargetScope.NONE:
            wanted = STAFF
        else:
            wanted = frozenset[str]().union(*(SORTS.get(kind, frozenset()) for kind in rule.kinds))
        return [tie for tie in self.facts.ties if (tie.sort in wanted if wanted else tie.sort not in STAFF)]

    def _all(self, rules: list[Rule]) -> tuple[list[date], list[Meeting]]:
        """Asked again for every week: what fits is looked up once."""
        key = tuple(id(rule) for rule in rules)  # the rulebook keeps them; comparing them whole would cost more
        if key not in self._fitting:
            them = [one for one in self._meetings if any(self.fits(one, rule) for rule in rules)]
            self._fitting[key] = ([one.on for one in them], them)
        return self._fitting[key]

    def _fits_alone(self, meeting: Meeting, rule: Rule) -> bool:
        return self._is_of_kind(meeting, rule) and self._is_of_channel(meeting, rule) and self._is_there(meeting, rule)

    def _is_of_kind(self, meeting: Meeting, rule: Rule) -> bool:
        return not rule.kinds or not rule.kinds.isdisjoint(kinds_of(meeting))

    def _is_of_channel(self, meeting: Meeting, rule: Rule) -> bool:
        if rule.channel is None or rule.channel is channel_of(meeting):
            return True
        return rule.channel is MeetingChannel.FACE_TO_FACE and self.school.is_special(meeting.on)

    def _is_there(self, meeting: Meeting, rule: Rule) -> bool:
        if rule.scope in (TargetScope.LINKED, TargetScope.EACH_LINKED):
            return any(tie.holds(meeting.on) and is_at(meeting, tie) for tie in self._ties_met(meeting, rule))
        return rule.scope is not TargetScope.EACH_COURSE or meeting.course_id is not None

    def _ties_met(self, meeting: Meeting, rule: Rule) -> list[Tie]:
        """Only links of the sort that the contact itself is about: a branch visit is none to the college."""
        sorts = [SORTS[kind] for kind in meeting.kinds if kind in SORTS and (not rule.kinds or kind in rule.kinds)]
        wanted = frozenset[str]().union(*sorts)
        return [tie for tie in self.ties(rule) if not wanted or tie.sort in wanted]

    def _is_among_two(self, meeting: Meeting, rule: Rule) -> bool:
        """The filer picks: of one group the first two lines in the order of his kinds."""
        if not rule.exclusive_group:
            return True
        rivals = [one for one in self.book.exclusive(rule.exclusive_group, meeting.on) if one.code != rule.code]
        others = [one for one in rivals if self._fits_alone(meeting, one)]
        place = _place(meeting, rule)
        return sum(_place(meeting, one) < place for one in others) < EXCLUSIVE_LINES


def kinds_of(meeting: Meeting) -> set[ContactKind]:
    """What it is, and what it is thereby."""
    return {*meeting.kinds, *(IMPLIED[kind] for kind in meeting.kinds if kind in IMPLIED)}


def channel_of(meeting: Meeting) -> MeetingChannel:
    """What was only 进网络 is online, whatever was ticked: 键对键 supplements, it never replaces."""
    return MeetingChannel.ONLINE if meeting.kinds == (ContactKind.ENTER_ONLINE,) else meeting.channel


def is_at(meeting: Meeting, tie: Tie) -> bool:
    return meeting.colleague_id == tie.target_id if tie.sort in STAFF else tie.target_id in meeting.unit_ids


def _place(meeting: Meeting, rule: Rule) -> tuple[int, str]:
    """Where the rule's kind stands among those the filer picked; the code decides between two of one kind."""
    places = [n for n, kind in enumerate(meeting.kinds) if kind in rule.kinds]
    return min(places, default=len(meeting.kinds)), rule.code
