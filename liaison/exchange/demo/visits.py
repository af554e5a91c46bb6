"""Contacts as courses of events: somebody goes, files what he heard, and a leader confirms what was filed for him."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from liaison.contacts.actions.confirming import confirm, reject
from liaison.contacts.actions.filing import Filed, Problem, file_contact
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.words import Headcount
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import content
from liaison.exchange.demo.agenda import Agenda, Course
from liaison.exchange.demo.calendar_of_visits import BY_LEADERS_ONLY, Visit
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.company import Company
from liaison.exchange.demo.content import Row
from liaison.exchange.demo.roads import Roads
from liaison.exchange.demo.school_year import Hours
from liaison.programmes.words import ContactKind, MeetingChannel
from liaison.tickets.actions.raising import raise_voice
from liaison.tickets.models.voices import Source
from workflows.ticket_words import Confidentiality, Kind

CALLED = "已按提示当场打了电话，由专业人员接手，内容不写在这里。"  # goes with the hand-off, as every text does
ONLINE = "校园平台"
NOT_SO = "这次临时由另一位同志去了，我没有到场。"


class Visits:
    """Files contacts at their moment and sets out what was heard."""

    def __init__(self, agenda: Agenda, company: Company, roads: Roads, hours: Hours, chance: Random) -> None:
        self.agenda, self.company, self.roads = agenda, company, roads
        self.hours, self.chance = hours, chance

    def plan(self, visit: Visit) -> None:
        """Leaders and cadres write it down on the way back, liaisons the next morning."""
        leader = self._who(visit)
        on_the_way = visit.held_at + timedelta(minutes=visit.line["minutes"] + self.chance.randint(3, 25))
        by_liaison = leader in self.company.with_role("leader") and self.chance.random() < 0.42
        filed_at = self.hours.office(visit.held_at, 1) if by_liaison else on_the_way
        self.agenda.start(self.held(visit, leader, by_liaison), filed_at)

    def held(self, visit: Visit, leader: str, by_liaison: bool) -> Course:
        liaisons = self.company.liaisons_of(leader) if by_liaison else []
        filer = self.chance.choice(liaisons) if liaisons else leader
        companions = self._companions(leader)
        filed, cases = self.file(visit, filer, leader, companions)
        for case in cases:
            self.roads.set_out(case)
        for person in [*companions, *([leader] if filer != leader else [])]:
            self.agenda.start(self.confirmed(filed.contact_id, person), self._friday())
        yield from ()

    def gone(self, visit: Visit, leader: str) -> Course:
        """A round of one's links, alone, written down on leaving; nothing was asked for there."""
        self.file(visit, leader, leader, [])
        yield from ()

    def file(self, visit: Visit, filer: str, leader: str, companions: list[str]) -> tuple[Filed, list[Case]]:
        """One contact with its problems, as it is filed now."""
        filed = file_contact(
            self.company.actor(filer), self._occasion(visit, [leader, *companions]), self._heard(visit)
        )
        cases = [
            Case(problem, filer, leader, raised.ticket_id, raised.ticket_number, raised.voice_id, raised.code)
            for problem, raised in zip(visit.problems, filed.raised, strict=True)
        ]
        return filed, cases

    def confided(self, problem: Row) -> Course:
        self.roads.set_out(self.confide(problem))
        yield from ()

    def confide(self, problem: Row) -> Case:
        """The confidential channel: told to the officer, belonging to no contact (domain.md §4.5)."""
        raised = raise_voice(
            self.company.actor("officer"),
            text=problem["text"],
            place_id=self.company.units[place_of(problem, self.chance)],
            raised_at=clock.now(),
            kind=Kind(problem["kind"]),
            source=Source.OFFICE,
            category_id=self.company.categories[problem["category"]],
            confidentiality=Confidentiality.RESTRICTED,
            complained_of_id=self.company.units[problem["complained_of"]],
        )
        return Case(problem, "officer", "officer", raised.ticket_id, raised.ticket_number, raised.voice_id, raised.code)

    def confirmed(self, contact_id: int, person: str) -> Course:
        """Most confirm on Friday, some in the week after, a few leave it; now and then one was not there."""
        if self.chance.random() < 0.25:
            yield self.hours.leisure(clock.now(), self.chance.randint(1, 6))
        answer = self.chance.random()
        contact = db.session.get_one(Contact, contact_id, populate_existing=True)
        if answer < 0.9:
            confirm(self.company.actor(person), contact, contact.version)
        elif answer < 0.93:
            reject(self.company.actor(person), contact, contact.version, NOT_SO)

    def _friday(self) -> datetime:
        """Friday at four in the afternoon the list of what was filed for one comes (domain.md §4.13)."""
        here = clock.local(clock.now())
        day = here.date() + timedelta(days=(4 - here.weekday()) % 7)
        friday = clock.moment(day) + timedelta(hours=16, minutes=self.chance.randint(5, 170))
        return friday if friday > clock.now() else friday + timedelta(days=7)

    def _who(self, visit: Visit) -> str:
        """Whoever is linked with the place goes there most; of the others, leaders more than cadres."""
        linked = self.company.linked_with(visit.place)
        leaders = self.company.with_role("leader")
        if visit.kind in BY_LEADERS_ONLY:
            linked = [login for login in linked if login in leaders]
        if linked and self.chance.random() < 0.6:
            return self.chance.choice(linked)
        if visit.kind in BY_LEADERS_ONLY or self.chance.random() < 0.72:
            return self.chance.choice(leaders)
        return self.chance.choice(self.company.with_role("cadre"))

    def _companions(self, leader: str) -> list[str]:
        if self.chance.random() > 0.05:
            return []
        return [self.chance.choice([login for login in self.company.with_role("leader") if login != leader])]

    def _occasion(self, visit: Visit, leaders: list[str]) -> Occasion:
        kind = ContactKind(visit.kind)
        is_online = kind is ContactKind.ENTER_ONLINE
        return Occasion(
            held_at=visit.held_at,
            kind=kind,
            leader_ids=tuple(self.company.people[login] for login in leaders),
            place_id=None if is_online else self.company.units[visit.place],
            place_text=ONLINE if is_online else "",
            channel=MeetingChannel.ONLINE if is_online else MeetingChannel.FACE_TO_FACE,
            summary=visit.line["text"],
            headcount=Headcount(visit.line["students"]),
            minutes=visit.line["minutes"],
        )

    def _heard(self, visit: Visit) -> list[Problem]:
        return [self._problem(row) for row in visit.problems]

    def _problem(self, row: Row) -> Problem:
        return Problem(
            text=row.get("text", CALLED),
            kind=Kind(row.get("kind", "help")),
            category_id=self.company.categories[row["category"]],
            is_urgent=row.get("urgent", False),
            answer=row["answer"] if row.get("road") == "on_spot" else "",
        )


def place_of(problem: Row, chance: Random) -> str:
    return problem.get("place") or chance.choice(content.of_type(problem["place_type"]))
