"""The rest of the catalogue a second time, in the manner of `naive`: limits by walking from day to day, waits from the
ledger that the moves have written, co-answers and orders from their own tables."""

from collections import Counter
from datetime import timedelta

from liaison.calendars import in_force
from liaison.core import clock
from liaison.oversight.replaying import replay
from liaison.tickets.models import Assignment, Interval
from liaison.tickets.models.orders import SupervisionOrder
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.models.work import Duty, Ending, Ledger
from tests.oversight.figures.naive import DISPATCHED, REOPENED, Naive, S
from workflows.ticket_words import CheckResult, LimitClass, Outcome

MONTH = timedelta(days=30)


class Second(Naive):
    def ratios(self):
        cohort = self.cohort()
        return {
            **super().ratios(),
            **self.replies(cohort),
            **self.limits(),
            **self.later(cohort),
            **self.others(),
            "wait_split": [sum(days for days, _over in self.waits(cohort)), None],
            "overdue_stock": self.overdue(),
            "plan_stock": self.plans(),
            "callback_match": self.callbacks(),
            "callback_reached": self.reached(cohort),
            "rating_response": self.invited(),
            "published_share": [0, len(self.told_of())],
            "overclaim": [0, 0],
        }

    def days(self):
        """key → the day of a quantile"""
        cohort = self.cohort()
        waits, replies, held = self.waits(cohort), self.reply_spans(cohort), self.custodies(cohort)
        return {
            "wait_p75": self.quantile(waits, 0.75),
            "wait_p90": self.quantile(waits, 0.9),
            "response_median": self.quantile(replies, 0.5),
            "response_p90": self.quantile(replies, 0.9),
            "told_wait_median": self.quantile([self.told_span(v) for v in self.said() if self.is_owed(v)], 0.5),
            "custody_median": self.quantile(held, 0.5),
            "custody_p90": self.quantile(held, 0.9),
        }

    # --- days --------------------------------------------------------------------------------------

    def day(self, moment):
        return clock.local(moment).date()

    def after(self, day, n):
        """The n-th working day after a day; n = 0: the day itself or the next working day."""
        counts = in_force.calendar().counts
        if not n:
            return next(one for one in (day + timedelta(days=k) for k in range(30)) if counts(one))
        for _n in range(n):
            day = self.after(day + timedelta(days=1), 0)
        return day

    def before(self, day, n):
        for _n in range(n):
            day = next(
                one for one in (day - timedelta(days=k) for k in range(1, 30)) if in_force.calendar().counts(one)
            )
        return day

    def row(self, ticket, events=None):
        """The limits of its class as it was last set."""
        known = "general"
        for event in self.events(ticket) if events is None else events:
            known = "complex" if event.move == "resume" else event.data.get("limit_class", known)
        return in_force.rules().rows[LimitClass(known)]

    def quantile(self, spans, share):
        left = 1.0
        for day in range(max((days for days, _over in spans), default=-1) + 1):
            waiting = sum(days >= day for days, _over in spans)
            ended = sum(days == day and over for days, over in spans)
            left *= 1 - ended / waiting
            if ended and left <= 1 - share + 1e-9:
                return day
        return None

    # --- replies and limits ------------------------------------------------------------------------

    def reply(self, ticket):
        if self.events(ticket, "confirm_onspot"):
            return ticket.raised_at
        answers = [one.offered_at for one in self.rows_of_answers(ticket)]
        return min([*answers, *(event.at for event in self.events(ticket, "progress"))], default=None)

    def rows_of_answers(self, ticket):
        return next(rows for model, rows in self.rows.items() if model.__name__ == "Answer").get(ticket.id, [])

    def replies(self, cohort):
        met = total = 0
        for one in cohort:
            row, reply = self.row(one), self.reply(one)
            steps = row.accept.count + row.triage.count + row.sign.count + 1
            due = clock.end_of(self.after(self.day(self.since(one)), steps))
            if due <= self.until:
                met, total = met + (reply is not None and reply <= due), total + 1
        return {"response_on_time": [met, total], "sign_on_time": self.signed()}

    def signed(self):
        met = total = 0
        for one in self.tickets.values():
            events = self.events(one)
            for n, event in enumerate(events):
                if event.move not in DISPATCHED or not self.begin <= event.at < self.end:
                    continue
                days = in_force.rules().rows[LimitClass(event.data["limit_class"])].sign.count
                due = clock.end_of(self.after(self.day(event.at), days))
                left = [e for e in events[n + 1 :] if e.from_state is S.DISPATCHED and e.to_state is not S.DISPATCHED]
                if due <= self.until:
                    met += bool(left) and left[0].move == "sign" and left[0].at <= due
                    total += 1
        return [met, total]

    def reply_spans(self, cohort):
        return [self.span(self.since(one), self.reply(one)) for one in cohort]

    def waits(self, cohort):
        ends = [(one, self.answer(one)) for one in cohort]
        return [self.span(self.since(one), self.handled_at(one, end) if end else None) for one, end in ends]

    def span(self, since, end):
        return self.working_days(self.day(since), self.day(end) if end else self.as_of), end is not None

    def told_span(self, voice):
        """Natural days; nobody is marked unreachable in these histories."""
        lead = self.lead(self.tickets[voice.ticket_id])
        answer, route = self.answer(lead), self.events(lead, "redirect")
        at = [
            row.at
            for row in self.tellings
            if row.voice_id == voice.id
            and (
                row.answer_id == answer.id
                if answer
                else self.state(lead) is S.REDIRECTED and row.about == "route" and row.at >= route[-1].at
            )
        ]
        end = self.day(at[0]) if at else self.as_of
        return (end - self.day(voice.raised_at)).days, bool(at)

    def limits(self):
        """The due set, and the three other limits over both sets."""
        found = {}
        for view, of in (("due", self.tickets.values()), ("cohort", self.cohort())):
            ripe = [(one, due) for one in of if (due := self.ripe(one, view)) is not None]
            done = {one.id: self.final_at(one) for one, _due in ripe}
            limit = {"final": lambda one, due: due, "unpaused": self.unpaused, "original": self.original}
            for name, of_one in limit.items():
                met = sum(done[one.id] is not None and done[one.id] <= of_one(one, due) for one, due in ripe)
                found[f"on_time_{name}.{view}"] = [met, len(ripe)]
            first = sum((at := self.first_at(one)) is not None and at <= due for one, due in ripe)
            found[f"on_time_first.{view}"] = [first, len(ripe)]
            if view == "due":
                extended = sum(any(e.move == "extend" for e in self.first_episode(one)) for one, _due in ripe)
                found["extension_rate"] = [extended, len(ripe)]
        return found

    def ripe(self, one, view):
        due = self.due(one) if self.counts(one) else None
        if due is None or due > self.until or self.away(one, due):
            return None
        day = clock.day_ending_at(due)
        return due if view == "cohort" or clock.day_ending_at(self.end) >= day >= self.day(self.begin) else None

    def final_at(self, one):
        answer = self.answer(one)
        return self.handled_at(one, answer) if answer else None

    def first_at(self, one):
        began = self.first_episode(one)[0].at
        times = [self.handled_at(one, answer) for answer in self.answers(one)]
        return next((at for at in times if at >= began), None)

    def first_episode(self, one):
        """From the dispatch whose limit judges it to the first reopening after it."""
        events, before = self.events(one), []
        for event in events:
            if event.move in REOPENED and any(e.move in DISPATCHED for e in before):
                break
            before.append(event)
        last = max(n for n, event in enumerate(before) if event.move in DISPATCHED)
        return before[last:]

    def pauses(self, events):
        return sum(
            e.data.get("paused_days", e.data.get("days_merged", 0)) for e in events[1:] if e.to_state is not S.TRIAGE
        )

    def original(self, one, _due):
        events = self.first_episode(one)
        handle = self.row(one, events[:1]).handle
        day = self.after(self.day(events[0].at), handle.count)
        return clock.end_of(self.after(day, self.pauses(events)) if self.pauses(events) else day)

    def unpaused(self, one, due):
        """Without the pauses since the limit was last set anew."""
        events = self.first_episode(one)
        anew = [
            n for n, e in enumerate(events) if n and (e.move == "resume" or ("due" in e.data and e.move != "extend"))
        ]
        days = self.pauses(events[anew[-1] :] if anew else events)
        return clock.end_of(self.before(clock.day_ending_at(due), days)) if days else due

    # --- what became of it -------------------------------------------------------------------------

    def later(self, cohort):
        """Durable, come back, done at once: each of those that are old enough."""
        handled = [(one, self.handled_at(one, answer)) for one in cohort if (answer := self.answer(one))]
        claimed = [(one, at) for one, at in handled if self.answer(one).outcome is Outcome.A]
        found = {}
        for name, window in (("", MONTH), ("_90", 3 * MONTH)):
            old = [(one, at) for one, at in claimed if at <= self.until - window]
            found[f"recurrence_rate{name}"] = [sum(self.is_back(one, at + window) for one, at in old), len(old)]
            sure = [(one, at) for one, at in claimed if self.verdict(one) is CheckResult.TRUE]
            sure = [(one, at) for one, at in sure if self.looked_at(one) <= self.until - window]
            found[f"durable_rate{name}"] = [sum(not self.is_back(one, at + window) for one, at in sure), len(sure)]
        shut = [one for one in cohort if self.state(one) is S.CLOSED]
        old = [one for one in shut if self.closed_at(one) <= self.until - timedelta(days=15)]
        again = ("head_return", "office_return", *REOPENED)
        found["once_done"] = [sum(not self.hops(one) and not self.events(one, *again) for one in old), len(old)]
        voices = Counter(self.lead(self.tickets[voice.ticket_id]).id for voice in self.voices)
        found["hot_tickets"] = [sum(voices[one.id] >= 5 for one in cohort), None]
        return found

    def is_back(self, ticket, until):
        back = [
            one.raised_at
            for one in self.tickets.values()
            for event in self.events(one, "recurrence")
            if event.data["of_id"] == ticket.id
        ]
        return bool(back) and min(back) <= until

    def looked_at(self, ticket):
        answer = self.answer(ticket)
        looks = [one for one in self.checks.get(ticket.id, []) if one.answer_id == answer.id]
        return [one.at for one in looks if one.result is not CheckResult.UNREACHED][-1]

    def closed_at(self, ticket):
        events = self.events(ticket)
        return [e.at for e in events if e.to_state is S.CLOSED and e.from_state is not S.CLOSED][-1]

    def callbacks(self):
        looks = [one for rows in self.checks.values() for one in rows if self.begin <= one.at < self.end]
        sure = [one for one in looks if one.kind is CheckKind.CALLBACK and one.result is not CheckResult.UNREACHED]
        return [sum(one.result is CheckResult.TRUE for one in sure), len(sure)]

    def reached(self, cohort):
        looks = [look for one in cohort for look in self.checks.get(one.id, []) if look.kind is CheckKind.CALLBACK]
        handled = sum(self.answer(one) is not None for one in cohort)
        return [sum(look.result is not CheckResult.UNREACHED for look in looks), handled]

    # --- the stock ---------------------------------------------------------------------------------

    def overdue(self):
        stock = self.stock()
        return [sum(self.is_late(one) for one in stock), len(stock)]

    def is_late(self, one):
        if self.state(one) is S.LONG_TERM:
            return self.is_missed(one)
        began = [event for event in self.events(one) if event.move in (*DISPATCHED, *REOPENED)]
        if not began or began[-1].to_state is S.TRIAGE or self.gave_back(one, began[-1]):
            return False
        due = replay(self.events(one), began[-1].at).due
        return due is not None and due <= self.until

    def gave_back(self, one, began):
        return any(event.seq > began.seq for event in self.events(one, "uphold_return"))

    def is_missed(self, one):
        plan = self.events(one, "plan")[-1]
        reached = [
            e.data["reached"] for e in self.events(one, "review_plan") if e.seq > plan.seq and "reached" in e.data
        ]
        passed = sum(day <= self.as_of.isoformat() for day in plan.data.get("milestones", []))
        return passed > (int(reached[-1]) if reached else 0)

    def plans(self):
        plans = [one for one in self.stock() if self.state(one) is S.LONG_TERM]
        return [sum(not self.is_missed(one) for one in plans), len(plans)]

    # --- telling -----------------------------------------------------------------------------------

    def heard(self):
        """Each voice and final answer of its ticket, with the first telling."""
        first = {}
        for row in sorted(self.tellings, key=lambda one: one.id):
            first.setdefault((row.voice_id, row.answer_id), row)
        voices = {voice.id: voice for voice in self.voices}
        for (voice, answer), row in first.items():
            lead = self.lead(self.tickets[voices[voice].ticket_id])
            said = next((one for one in self.answers(lead) if one.id == answer), None)
            if said is not None and self.begin <= row.at < self.end:
                yield voices[voice], lead, said, row

    def told_of(self):
        return {lead.id for _voice, lead, _said, _row in self.heard()}

    def invited(self):
        asked = [
            (voice, lead, said)
            for voice, lead, said, row in self.heard()
            if row.channel.value not in ("class_meeting", "notice")
            and self.is_owed(voice)
            and voice.extract_of_id is None
        ]
        rated = {(r.ticket_id, r.voice_id, r.episode) for rows in self.ratings.values() for r in rows}
        return [sum((lead.id, voice.id, said.episode) in rated for voice, lead, said in asked), len(asked)]

    # --- others than the lead ----------------------------------------------------------------------

    def others(self):
        co = [one for one in self._all(Assignment) if one.duty is Duty.CO and one.due_at and one.due_at <= self.until]
        co = [one for one in co if self.begin < one.due_at <= self.end and one.dispatched_at < self.until]
        co = [one for one in co if not (one.ending is Ending.WAIVED and one.ended_at < self.until)]
        orders = [
            one for one in self._all(SupervisionOrder) if one.issued_at and self.begin <= one.issued_at < self.end
        ]
        assert not orders
        return {
            "co_on_time": [sum(one.answered_at is not None and one.answered_at <= one.due_at for one in co), len(co)],
            "orders": [0, 0],
            "handoff_receipt": [0, 0],
            "contacts": [0, None],  # nobody goes anywhere in these histories: test_outings.py counts those who do
            "contacts_with_voice": [0, 0],
            "coverage_planned": [0, 0],
            "requirement": [0, 0],
        }

    def custodies(self, cohort):
        """Of each ticket and unit: days in the ledger that the moves have kept."""
        spans = []
        for one in cohort:
            answer = self.answer(one)
            end = self.handled_at(one, answer) if answer else None
            leads = {event.data["lead"] for event in self.events(one, *DISPATCHED)}
            now = [event.data["lead"] for event in self.events(one, *DISPATCHED)][-1:]
            turns = self.events(one, *DISPATCHED, "uphold_return", "reopen_onspot")
            is_open = answer is None and self.state(one) is not S.CLOSED and turns and turns[-1].move in DISPATCHED
            for unit in leads:
                days = sum(self.in_ledger(row, end) for row in self.ledger(one) if row.unit_id == unit)
                spans.append((days, not (is_open and [unit] == now)))
        return spans

    def ledger(self, ticket):
        rows = [one for one in self._all(Interval) if one.ticket_id == ticket.id and one.from_at < self.until]
        return [one for one in rows if one.ledger is Ledger.CUSTODY and not self.was_in_review(ticket, one)]

    def was_in_review(self, ticket, row):
        """Counted as custody only by a return that came later than the day we look at."""
        at_hand = [event for event in self.events(ticket) if event.at <= row.from_at]
        after = [event for event in self.events(ticket) if event.at > row.from_at]
        if not at_hand:
            return True  # of the ticket it was split from
        is_review = at_hand[-1].to_state is S.OFFICE_REVIEW
        moved = next((e for e in after if e.to_state is not S.OFFICE_REVIEW), None)
        return is_review and (moved is None or moved.move != "office_return")

    def in_ledger(self, row, end):
        last = min(one for one in (row.until_at, end, self.until - timedelta(seconds=1)) if one is not None)
        return self.working_days(self.day(row.from_at), self.day(last)) if last > row.from_at else 0
