"""What the rows of each sheet ask for: one file per noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from liaison.exchange.rosters.lines import Line, Wish
from liaison.exchange.rosters.wishes import courses, legacy, people, ties, units

OF: dict[str, Callable[[Line], Iterator[Wish]]] = {
    "org_unit": units.of_unit,
    "person": people.of_person,
    "appointment": people.of_post,
    "class": units.of_class,
    "dorm": units.of_dorm,
    "club": units.of_club,
    "course": courses.of_course,
    "place": units.of_place,
    "link": ties.of_link,
    "carrier_plan": ties.of_plan,
    "absence": ties.of_absence,
    "dispatch_catalogue": courses.of_category,
    "legacy_ticket": legacy.of_ticket,
}
