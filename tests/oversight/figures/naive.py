"""The figures a second time, straight from rows: no record, no fold, one question after another.

Slow and plain on purpose: for each ticket the rows of TicketEvent, Answer, Telling, Check and Rating are read
again for every question. Checks and ratings come from their own tables, not from the events that announce them.
"""

import itertools
from collections import defaultdict
from datetime import timedelta

from liaison.calendars import in_force
from liaison.core import clock
from liaison.core.db import db
from liaison.oversight.replaying import replay
from liaison.tickets.models import Answer, Check, Rating, Telling, Ticket, TicketEvent, Voice
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Kind, Outcome

S = State
DISPATCHED = ("dispatch", "designate")
REOPENED = ("reopen", "reopen_onspot", "check_mismatch", "check_mismatch_onspot")
GONE = {S.REDIRECTED, S.HANDED_OFF, S.WITHDRAWN}
ENDED = {S.CLOSED, S.WITHDRAWN, S.SPLIT, S.MERGED, S.REDIRECTED, S.HANDED_OFF}


class Naive:
    """Figures of tickets raised, and of deeds done, from `first` to the end of `as_of`."""

    def __init__(self, scope):
        self.begin, self.until, self.end = scope.begin, scope.cut_off, scope.end
        self.as_of = scope.as_of
        self.rows = {
            model: self._read(model, order) for model, order in ((TicketEvent, TicketEvent.seq), (Answer, Answer.id))
        }
        self.checks, self.ratings = self._read(Check, Check.id), self._read(Rating, Rating.id)
        self.tellings = [one for one in self._all(Telling) if one.at < self.until]
        self.voices = [one for one in self._all(Voice) if one.filed_at < self.until]
        self.tickets = {one.id: one for one in self._all(Ticket) if self.events(one)}

    def _all(self, model):
        return db.session.scalars(db.select(model).order_by(model.id)).all()

    def _read(self, model, order):
        found = defaultdict(list)
        when = model.offered_at if model is Answer else model.at
        for row in db.session.scalars(db.select(model).where(when < self.until).order_by(order)):
            found[row.ticket_id].append(row)
        return found

    # --- one ticket --------------------------------------------------------------------------------

    def events(self, ticket, *moves):
        return [e for e in self.rows[TicketEvent].get(ticket.id, []) if not moves or e.move in moves]

    def state(self, ticket):
        return self.events(ticket)[-1].to_state

    def counts(self, ticket):
        return ticket.kind is not Kind.PRAISE and self.state(ticket) not in GONE | {S.MERGED, S.SPLIT}

    def raised(self):
        return [one for one in self.tickets.values() if self.begin <= one.raised_at < self.end]

    def cohort(self):
        return [one for one in self.raised() if self.counts(one)]

    def episode(self, ticket):
        return 1 + len(self.events(ticket, *REOPENED))

    def answers(self, ticket):
        return [one for one in self.rows[Answer].get(ticket.id, []) if one.outcome in (Outcome.A, Outcome.D)]

    def answer(self, ticket):
        return next((one for one in self.answers(ticket) if one.episode == self.episode(ticket)), None)

    def handled_at(self, ticket, answer):
        if self.events(ticket, "confirm_onspot") and answer.episode == 1:
            return ticket.raised_at
        return answer.head_approved_at or answer.written_at

    def verdict(self, ticket):
        answer = self.answer(ticket)
        looks = [one for one in self.checks.get(ticket.id, []) if answer and one.answer_id == answer.id]
        said = [one.result for one in looks if one.result is not CheckResult.UNREACHED]
        return said[-1] if said else None

    def due(self, ticket):
        """Of the first episode that was dispatched, by the simulator's own replay."""
        before = []
        for event in self.events(ticket):
            if event.move in REOPENED and any(one.move in DISPATCHED for one in before):
                break
            before.append(event)
        began = [event for event in before if event.move in DISPATCHED]
        if not began or any(e.move == "uphold_return" and e.seq > began[-1].seq for e in before):
            return None
        return replay(before, began[-1].at).due

    def away(self, ticket, due):
        before = [event for event in self.events(ticket) if event.at <= due]
        return before[-1].to_state in {S.LONG_TERM, S.COORDINATING, S.LEADERSHIP_REVIEW}

    def lead(self, ticket):
        while self.state(ticket) is S.MERGED:
            ticket = self.tickets[self.events(ticket, "merge")[-1].data["lead_id"]]
        return ticket

    def family(self, ticket):
        return [voice for voice in self.voices if self.lead(self.tickets[voice.ticket_id]) is ticket]

    def since(self, ticket):
        return min(voice.raised_at for voice in self.family(ticket))

    # --- the figures -------------------------------------------------------------------------------

    def ratios(self):
        """key → [numerator, denominator]"""
        cohort = self.cohort()
        handled = [one for one in cohort if self.answer(one)]
        claimed = [one for one in handled if self.answer(one).outcome is Outcome.A]
        closed = [one for one in cohort if self.state(one) is S.CLOSED]
        verified = [one for one in claimed if self.verdict(one) is CheckResult.TRUE]
        back = {one.id for one in self.tickets.values() if self.came_back(one)}
        looks = [look for one in cohort for look in self.checks.get(one.id, [])]
        sure = [look for look in looks if look.result is not CheckResult.UNREACHED]
        rounds = [(one, answer) for one in cohort for answer in self.answers(one)]
        return {
            "voices": [sum(v.extract_of_id is None for v in self.said()), None],
            "tickets_all": [sum(self.state(one) not in (S.MERGED, S.SPLIT) for one in self.raised()), None],
            "tickets": [len(cohort), None],
            "answered_any": [sum(bool(self.rows[Answer].get(one.id)) for one in cohort), len(cohort)],
            "answered_final": [len(handled), len(cohort)],
            "closed_rate": [len(closed), len(cohort)],
            "claimed_over_countable": [len(claimed), len(cohort)],
            "claimed_over_handled": [len(claimed), len(handled)],
            "claimed_over_closed": [sum(one in claimed for one in closed), len(closed)],
            "explained_over_closed": [sum(self.answer(one).outcome is Outcome.D for one in closed), len(closed)],
            "verified_over_countable": [len(verified), len(cohort)],
            "verified_over_claimed": [len(verified), len(claimed)],
            "checks_passed": [sum(look.result is CheckResult.TRUE for look in sure), len(sure)],
            "durable_over_countable": [sum(one.id not in back for one in verified), len(cohort)],
            "recurrence_over_claimed": [sum(one.id in back for one in claimed), len(claimed)],
            "reopened_episodes": [sum(a.episode < self.episode(one) for one, a in rounds), len(rounds)],
            "reopened_tickets": [sum(self.episode(one) > 1 for one in cohort), len(handled)],
            "onspot_share": [sum(bool(self.events(one, "confirm_onspot")) for one in cohort), len(cohort)],
            "hops": [sum(map(self.hops, cohort)), None],
            "dispatch_accuracy": self.accuracy(cohort),
            "excluded_share": self.excluded(cohort),
            **self.on_time(cohort),
            "filer_told": self.opened(closed),
            **self.told(),
            **self.rated(handled),
            "open_stock": [len(self.stock()), None],
            "debts": [len(self.debts()), None],
            "return_rate": [self.flow("uphold_return"), self.flow(*DISPATCHED)],
            "designated": [self.flow("designate"), None],
        }

    def came_back(self, ticket):
        noted = [event.data["of_id"] for one in self.tickets.values() for event in self.events(one, "recurrence")]
        return ticket.id in noted

    def hops(self, ticket):
        leads = [event.data["lead"] for event in self.events(ticket, *DISPATCHED)]
        return sum(before != after for before, after in itertools.pairwise(leads))

    def accuracy(self, cohort):
        sent = [one for one in cohort if self.events(one, *DISPATCHED)]
        return [sum(not self.hops(one) and not self.events(one, "uphold_return") for one in sent), len(sent)]

    def excluded(self, cohort):
        gone = [one for one in self.raised() if self.state(one) in GONE and one.kind is not Kind.PRAISE]
        gone = [one for one in gone if not self.events(one, "void")]
        return [len(gone), len(gone) + len(cohort)]

    def on_time(self, cohort):
        found = defaultdict(lambda: [0, 0])
        for one in cohort:
            due = self.due(one)
            if due is None or due > self.until or self.away(one, due):
                continue
            times = [self.handled_at(one, answer) for answer in self.answers(one)]
            began = [event.at for event in self.events(one, *DISPATCHED)][-1:]
            first = [at for at in times if not self.events(one, "confirm_onspot") or at >= began[0]]
            answer = self.answer(one)
            met = {
                "on_time_final": answer is not None and self.handled_at(one, answer) <= due,
                "on_time_first": bool(first) and first[0] <= due,
            }
            for key, is_met in met.items():
                found[key][0] += is_met
                found[key][1] += 1
        return {key: found[key] for key in ("on_time_final", "on_time_first")}

    def told(self):
        owed = [v for v in self.said() if self.is_owed(v)]
        done = [v for v in owed if self.is_told(v)]
        known = [v for v in owed if self.outcome(v)]
        return {"told_over_outcome": [len(done), len(known)], "told_over_voices": [len(done), len(owed)]}

    def opened(self, closed):
        asked = [one for one in closed if one.number[:2] != "R-" and not self.events(one, "raise_level")]
        known = [{event.data["answer"] for event in self.events(one, "know")} for one in asked]
        return [sum(self.answer(one).id in those for one, those in zip(asked, known, strict=True)), len(asked)]

    def said(self):
        return [v for v in self.voices if self.begin <= v.raised_at < self.end]

    def is_owed(self, voice):
        own = self.tickets[voice.ticket_id]
        lead = self.lead(own)
        void = self.state(lead) is S.WITHDRAWN and self.events(lead, "void")
        return self.state(lead) not in (S.SPLIT, S.HANDED_OFF) and lead.kind is not Kind.PRAISE and not void

    def outcome(self, voice):
        lead = self.lead(self.tickets[voice.ticket_id])
        return self.answer(lead) is not None or self.state(lead) is S.REDIRECTED

    def is_told(self, voice):
        lead = self.lead(self.tickets[voice.ticket_id])
        answer, route = self.answer(lead), self.events(lead, "redirect")
        for row in self.tellings:
            is_answer = answer is not None and row.answer_id == answer.id
            is_route = answer is None and self.state(lead) is S.REDIRECTED and row.at >= route[-1].at
            if row.voice_id == voice.id and (is_answer or (is_route and row.about == "route")):
                return True
        return False

    def debts(self):
        return [v for v in self.voices if self.is_owed(v) and self.outcome(v) and not self.is_told(v)]

    def rated(self, handled):
        inside = [r for rows in self.ratings.values() for r in rows if self.begin <= r.at < self.end]
        worst = {}
        for one in handled:
            marks = [r.satisfied for r in self.ratings.get(one.id, []) if r.episode == self.episode(one)]
            worst |= {one.id: min(marks)} if marks else {}
        return {
            "satisfied_wide": [sum(r.satisfied >= 3 for r in inside), len(inside)],
            "satisfied_strict": [sum(r.satisfied >= 4 for r in inside), len(inside)],
            "self_solved": [sum(r.solved == "yes" for r in inside), len(inside)],
            "rating_coverage": [len(worst), len(handled)],
            "satisfaction_lower": [sum(mark >= 3 for mark in worst.values()), len(handled)],
            "satisfaction_upper": [len(handled) - sum(mark < 3 for mark in worst.values()), len(handled)],
        }

    def stock(self):
        return [
            one
            for one in self.tickets.values()
            if self.counts(one) and self.state(one) not in ENDED and self.answer(one) is None
        ]

    def flow(self, *moves):
        return sum(self.begin <= e.at < self.end for one in self.tickets.values() for e in self.events(one, *moves))

    def median_wait(self):
        """By walking day after day: who is left, who ends today."""
        spans = []
        for one in self.cohort():
            answer = self.answer(one)
            last = clock.local(self.handled_at(one, answer)).date() if answer else self.as_of
            spans.append((self.working_days(clock.local(self.since(one)).date(), last), answer is not None))
        left = 1.0
        for day in range(max((days for days, _over in spans), default=-1) + 1):
            waiting = sum(days >= day for days, _over in spans)
            ended = sum(days == day and over for days, over in spans)
            left *= 1 - ended / waiting
            if ended and left <= 0.5 + 1e-9:
                return day
        return None

    def working_days(self, first, last):
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(in_force.calendar().counts(day) for day in days)
