"""Which kind of contact is shown by which facts (domain.md §3.3 «evidence», §3.7), and which has no content at all."""

from __future__ import annotations

from collections.abc import Collection

from liaison.programmes.words import ContactKind as K

REPORTED = frozenset({K.FIELD_STUDY, K.SPECIAL_INSPECTION})
EVIDENCE: dict[str, frozenset[K]] = {  # fact: the kinds it belongs to
    "title": REPORTED
    | {K.ENTER_LECTURE, K.IDEOLOGY_LECTURE, K.PARTY_CLASS, K.THEME_MEETING, K.ETHICS_FORUM, K.TEACHER_FORUM},
    "document_no": REPORTED,
    "reported_on": REPORTED,
    "course_id": frozenset({K.ENTER_CLASS}),
    "colleague_id": frozenset({K.TALK_YOUNG_TEACHER}),
    "home_visit": frozenset({K.HOME_VISIT}),
}
DATE_ONLY = frozenset({K.TALK_YOUNG_TEACHER, K.BRANCH_LIFE, K.HOME_VISIT})  # nothing of what was said (§3.5 NG6, NG7)


def belongs(fact: str, kinds: Collection[K | None]) -> bool:
    """Whether a contact of these kinds has this fact."""
    return not EVIDENCE[fact].isdisjoint(kinds)


def has_content(kinds: Collection[K | None]) -> bool:
    """Whether something may be said about what happened."""
    return DATE_ONLY.isdisjoint(kinds)
