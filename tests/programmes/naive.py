"""The reference algorithm of domain.md §3.9 written down a second time: slow, by the day, without the engine's parts.

From the engine it takes only the values it is told (facts, rules, terms), never a function that decides something.
"""

from datetime import timedelta
from fractions import Fraction
from functools import cache
from math import floor

from liaison.programmes.words import ContactKind as K
from liaison.programmes.words import HalfDay, MeetingChannel, PerEach, Period, QuantityUnit
from tests.programmes.school import CALENDAR

DAY = timedelta(days=1)
ALL_DAY = {HalfDay.MORNING, HalfDay.AFTERNOON}
STATUTORY, SERVICE = "statutory", "service"
LINKED_TO = {  # kind → sorts of units
    K.VISIT_GENERAL_BRANCH: {"general_branch"},
    K.VISIT_BRANCH: {"branch"},
    K.VISIT_TEACHING_OFFICE: {"teaching_office"},
    K.ON_SITE_OFFICE: {"college"},
    K.TALK_YOUNG_TEACHER: {"young_teacher"},
}


@cache
def days(first, last):
    return tuple(first + n * DAY for n in range((last - first).days + 1))


def is_workday(day, by):
    from liaison.calendars.calendar import CalendarKind

    return CALENDAR.counts(day, CalendarKind(by))


class NaiveCalendar:
    """Shared by many people; what was counted once is remembered."""

    def __init__(self, terms):
        self.terms = terms
        self.weeks, self.months = cache(self._weeks), cache(self._months)
        self.workdays, self.counts_in_term = cache(self._workdays), cache(self._counts_in_term)

    def _weeks(self, first, last):
        """Countable weeks (as tuples of their seven days) whose Thursday lies in the period."""
        found = []
        for term in self.terms:
            for number in range(1, 60):
                monday = term.first_monday + timedelta(weeks=number - 1)
                week = days(monday, monday + 6 * DAY)
                in_term = monday + 3 * DAY <= term.last_day and (term.weeks is None or number <= term.weeks)
                if not in_term or number in term.exempt or not first <= week[3] <= last:
                    continue
                if sum(is_workday(day, SERVICE) for day in week) >= 2:
                    found.append(week)
        return found

    def _months(self, first, last, is_calendar):
        found, day = [], first.replace(day=1)
        while day <= last:
            after = (day + timedelta(days=32)).replace(day=1)
            month = days(day, after - DAY)
            if is_calendar or sum(self.counts_in_term(one) for one in month) >= 10:
                found.append(month)
            day = after
        return [month for month in found if first <= month[0]]

    def _counts_in_term(self, day):
        return is_workday(day, SERVICE) and any(term.first_monday <= day <= term.last_day for term in self.terms)

    def _workdays(self, unit, basis):
        if basis == "term_months":
            return [day for day in unit if self.counts_in_term(day)]
        return [day for day in unit if is_workday(day, STATUTORY if basis == "calendar" else SERVICE)]


class Naive:
    def __init__(self, facts, calendar, special, rules):
        self.facts, self.calendar, self.special, self.rules = facts, calendar, special, rules
        self.roles, self.halves, self.is_mine = cache(self._roles), cache(self._halves), cache(self._is_mine)

    # --- the person ---

    def _roles(self, day):
        return {role for post in self.facts.held if post.first <= day <= post.last for role in post.roles}

    def _halves(self, day):
        """How many halves of a day he was there."""
        away = set()
        for one in self.facts.away:
            if one.first <= day <= one.last:
                away |= {one.half} if one.half else ALL_DAY
        return 2 - len(away)

    def _is_mine(self, unit, basis, subject):
        workdays = self.calendar.workdays(unit, basis)
        if len(unit) == 7:  # a week belongs to the role of its Thursday
            order = [unit[n] for n in (3, 2, 1, 0, 4, 5, 6)]
            held = next((self.roles(day) for day in order if self.roles(day)), set())
            is_mine = bool(held) if subject is None else subject in held
            available = sum(self.halves(day) for day in workdays if self.roles(day))
        else:
            ever = [self.roles(day) for day in unit]
            is_mine = any(ever) if subject is None else any(subject in roles for roles in ever)
            fits = [day for day in workdays if (self.roles(day) if subject is None else subject in self.roles(day))]
            available = sum(self.halves(day) for day in fits)
        return is_mine and available >= len(workdays)  # 2·available ≥ workdays, in halves

    # --- what is owed ---

    def units(self, rule, first, last):
        if rule.basis.value == "school_weeks":
            return self.calendar.weeks(first, last)
        return self.calendar.months(first, last, rule.basis.value == "calendar")

    def required(self, rules, first, last, targets=1):
        """For term, half year, year: the minimum by share, added over roles before rounding."""
        units = self.units(rules[0], first, last)
        if not units:
            return "no line"
        mine = sum(self.is_mine(unit, rules[0].basis.value, None) for unit in units)
        if Fraction(mine, len(units)) < Fraction(1, 4):
            return None
        total = Fraction(0)
        for rule in rules:
            own = [unit for unit in self.units(rule, first, last) if self.is_mine(unit, rule.basis.value, rule.subject)]
            share = Fraction(len(own), len(units))
            total += rule.minimum * share if rule.is_prorated else rule.minimum * bool(own)
        rounded = floor(total + Fraction(1, 2))
        if rounded == 0 and sum(rule.minimum for rule in rules):
            return None
        return rounded * targets

    def owed_units(self, rule, first, last):
        units = (
            self.calendar.weeks(first, last) if rule.period is Period.WEEK else self.calendar.months(first, last, False)
        )
        return [unit for unit in units if self.is_mine(unit, rule.basis.value, rule.subject)]

    # --- what was done ---

    def fits(self, contact, rule, alone=False):
        kinds = set(contact.kinds) | ({K.ENTER_LECTURE} if K.IDEOLOGY_LECTURE in contact.kinds else set())
        if rule.kinds and not kinds & rule.kinds:
            return False
        is_online = contact.channel is MeetingChannel.ONLINE or set(contact.kinds) == {K.ENTER_ONLINE}
        is_special = any(first <= contact.on <= last for first, last in self.special)
        if rule.channel is MeetingChannel.FACE_TO_FACE and is_online and not is_special:
            return False
        if rule.scope.value == "linked" and not self.is_linked(contact, rule):
            return False
        if rule.scope.value == "each_course" and contact.course_id is None:
            return False
        return alone or not rule.exclusive_group or rule.code in self.picked(contact, rule.exclusive_group)

    def is_linked(self, contact, rule):
        for tie in self.facts.ties:
            about = any(tie.sort in LINKED_TO[kind] for kind in contact.kinds if kind in rule.kinds)
            there = (
                contact.colleague_id == tie.target_id
                if tie.sort == "young_teacher"
                else tie.target_id in contact.unit_ids
            )
            if about and there and tie.first <= contact.on <= tie.last:
                return True
        return False

    def picked(self, contact, group):
        """The filer picks: at most two lines, in the order of the kinds he named."""
        fitting = [one for one in self.rules if one.exclusive_group == group and self.fits(contact, one, alone=True)]
        fitting.sort(
            key=lambda one: (min(contact.kinds.index(kind) for kind in one.kinds & set(contact.kinds)), one.code)
        )
        return {one.code for one in fitting[:2]}

    def contacts(self, rules, unit):
        return [
            one
            for one in self.facts.meetings
            if one.is_confirmed and one.on in unit and any(self.fits(one, rule) for rule in rules)
        ]

    def done(self, rules, unit, courses):
        rule, them = rules[0], self.contacts(rules, set(unit))
        if rule.unit is QuantityUnit.HALF_DAYS:
            best = {}
            for one in them:
                best[one.on] = max(best.get(one.on, 0), one.minutes or 0)
            return sum(2 if stay >= 360 else 1 if stay >= 180 else 0 for stay in best.values())
        if rule.unit is QuantityUnit.KINDS:
            lecture = {K.ENTER_LECTURE} if any(K.IDEOLOGY_LECTURE in one.kinds for one in them) else set()
            return len((lecture | {kind for one in them for kind in one.kinds}) & rule.kinds)
        if rule.per_each is PerEach.COURSE:
            return len({one.course_id for one in them} & set(courses))
        return len(them)
