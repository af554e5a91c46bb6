"""The road of one ticket as a course of events: who does what, and how long people take."""

from __future__ import annotations

from datetime import datetime
from random import Random

from liaison.core import clock
from liaison.exchange.demo.agenda import Agenda, Course
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.deeds import Deeds
from liaison.exchange.demo.feedback import Feedback
from liaison.exchange.demo.school_year import Hours
from workflows.ticket_states import NOT_OPEN, State

WORK_DAYS = {"urgent": (0, 0), "simple": (1, 2), "general": (2, 4), "complex": (5, 12), "restricted": (5, 12)}
LATE_DAYS = {"urgent": 1, "simple": 3, "general": 4, "complex": 6, "restricted": 4}
QUESTIONS = ["请再问一下是几楼、大约几点？", "请补充是哪个教室或窗口，方便到现场看。", "请问这种情况从哪一天开始的？"]
SUPPLEMENTS = [
    "问过同学，主要在晚上八点到十一点。",
    "同学说最近两周都这样，周末更明显。",
    "又去看了一次，靠东头的更严重。",
]
ORDER = "请在三个工作日内答复，并说明晚了几天、为什么。"
DECISION = "由主办单位牵头，协办单位在一周内给出书面意见，分两步实施。"
RETURNS = ["请写清在哪里能看到结果。", "请补上完成的时间，再看一遍有没有漏答的问题。"]


class Roads:
    """Starts and leads the tickets of the demo; what follows the answer is in `feedback`."""

    def __init__(self, agenda: Agenda, deeds: Deeds, hours: Hours, chance: Random) -> None:
        self.agenda, self.deeds, self.hours, self.chance = agenda, deeds, hours, chance
        self.feedback = Feedback(self)
        self.leads: dict[tuple[str, str | None], Case] = {}  # problem and place → its latest ticket, for 并案

    def set_out(self, case: Case) -> None:
        """A ticket came into being just now: its road begins."""
        self.know(case)
        case.is_late = self.chance.random() < 0.1
        course = COURSES.get(case.problem.get("road", ""), Roads.everyday)
        self.agenda.start(course(self, case), clock.now())

    def know(self, case: Case) -> None:
        """Others who say the same of this place can be merged into it."""
        self.leads[case.problem["code"], case.problem.get("place")] = case

    # the courses

    def everyday(self, case: Case) -> Course:
        yield from self.accepted(case)
        if self._merges(case):
            yield self.next_step(case)
            if self.deeds.state(case) is State.TRIAGE and self._may_take(case):
                self.merge(case)
                return
        yield from self.dispatched(case)
        yield from self.worked(case)

    def on_spot(self, case: Case) -> Course:
        yield self.next_step(case)
        self.deeds.confirm_onspot(case)
        yield from self.feedback.rated(case, case)

    def praised(self, case: Case) -> Course:
        yield self.next_step(case)
        self.deeds.record_praise(case)

    def redirected(self, case: Case) -> Course:
        yield from self.accepted(case)
        yield self.hours.office(clock.now(), 1)
        self.deeds.redirect(case)
        yield self.hours.office(clock.now(), self.chance.randint(0, 2))
        self.deeds.tell(case, case, "phone", self.deeds.company.clerk())

    def restricted(self, case: Case) -> Course:
        yield self.next_step(case)
        self.deeds.accept(case, by="officer")
        yield self.hours.office(clock.now(), 1)
        self.deeds.dispatch(case, by="director")
        yield self.hours.office(clock.now())
        self.deeds.sign(case)
        yield from self.worked(case)

    def handed_off(self, case: Case) -> Course:
        """The call comes first; the text goes as soon as it is recorded."""
        self.deeds.hand_off(case, receipt=f"{self.chance.randint(1000, 9999)}")
        yield from ()

    # their parts

    def accepted(self, case: Case) -> Course:
        yield self.next_step(case, 1 if case.is_late else 0)
        self.deeds.accept(case)
        if self.chance.random() < 0.05 and not case.is_urgent:
            yield from self.asked_back(case)

    def asked_back(self, case: Case) -> Course:
        yield self.hours.office(clock.now())
        self.deeds.ask(case, self.chance.choice(QUESTIONS))
        yield self.hours.office(clock.now(), self.chance.randint(1, 3))
        self.deeds.supplement(case, self.chance.choice(SUPPLEMENTS))

    def dispatched(self, case: Case) -> Course:
        """交办 and 签收, with the detours of a ticket that nobody thinks is his."""
        for step in case.problem.get("returned", []):
            yield from self.returned(case, step)
            if not step["upheld"]:
                return
        yield self.next_step(case, self.chance.choice([0, 0, 1]))
        if self.deeds.ticket(case).return_count >= 2:
            self.deeds.designate(case, case.problem["returned"][-1].get("ruling", "按职责清单裁定。"))
        else:
            self.deeds.dispatch(case)
        yield self.next_step(case, self.chance.choice([0, 0, 1]))
        self.deeds.sign(case)

    def returned(self, case: Case, step: dict[str, object]) -> Course:
        yield self.next_step(case)
        self.deeds.dispatch(case, unit=str(step["by"]))
        yield self.next_step(case)
        self.deeds.sign(case)
        yield self.hours.office(clock.now(), self.chance.choice([0, 1]))
        self.deeds.request_return(case, step)
        yield self.hours.office(clock.now(), 1)
        is_second = self.deeds.ticket(case).return_count > 0
        self.deeds.decide_return(case, step, "director" if is_second else self.deeds.company.clerk())

    def worked(self, case: Case) -> Course:
        """办理: notes, co-answers, then the answer that fits the outcome."""
        days = self._work_days(case)
        yield from self.delayed(case)
        for note in case.problem.get("progress", []):
            yield self._during(case, days)
            self.deeds.progress(case, note)
        if case.limit_class == "complex" and case.co and self.chance.random() < 0.4:
            yield from self.met(case)
        for co in case.co:
            yield self.hours.office(clock.now(), self.chance.choice([0, 1]))
            self.deeds.co_answer(case, co)
        outcome = case.problem["outcome"]
        if outcome == "C":
            yield self.hours.office(clock.now(), 1)
            self.deeds.plan(case)
            return
        if outcome == "B":
            yield from self.interim(case)
        if case.is_late:
            yield self.hours.office(clock.now(), LATE_DAYS[case.limit_class])
            if self.chance.random() < 0.3:
                order = self.deeds.supervise(case, ORDER)
                self.agenda.start(self._urged(case, order), self.hours.office(clock.now(), 1))
        yield from self.answered(case)

    def _urged(self, case: Case, key: int) -> Course:
        """督办: the head answers the next day, the director lifts it when it is done."""
        self.deeds.answer_order(case, key, "配件晚到，已经装好；以后备足常用配件。")
        yield self.hours.office(clock.now(), 2)
        self.deeds.lift_order(case, key, "已办理并答复，超过期限的原因已说明。")

    def delayed(self, case: Case) -> Course:
        """延期: asked for at once, where a part has to come from far away."""
        if case.limit_class == "general" and not case.is_late and self.chance.random() < 0.05:
            yield self.hours.office(clock.now(), 1)
            self.deeds.extend(case, 3, "配件要从外地调货，预计三天到。")

    def met(self, case: Case) -> Course:
        """专题协调: several units at one table."""
        yield self.hours.office(clock.now(), 1)
        self.deeds.convene(case, 3)
        yield self.hours.office(clock.now(), self.chance.randint(3, 5))
        self.deeds.meeting_result(case, DECISION)

    def interim(self, case: Case) -> Course:
        """阶段答复 now, the final one when the promised day has nearly come."""
        yield self.hours.office(clock.now())
        self.deeds.interim_answer(case)
        yield self.hours.office(clock.now(), case.problem["expected_days"] // 2)

    def answered(self, case: Case) -> Course:
        """提交 → 部门审定 → 党政办审核, once in a while with a way back."""
        yield self._during(case, self._work_days(case))
        self.deeds.submit(case)
        yield self.next_step(case, self.chance.choice([0, 0, 1]))
        if self.chance.random() < 0.04:
            self.deeds.head_return(case, RETURNS[0])
            yield self.hours.office(clock.now())
            self.deeds.submit(case)
            yield self.hours.office(clock.now())
        self.deeds.head_approve(case)
        if self.deeds.state(case) is State.OFFICE_REVIEW:
            yield from self.reviewed(case)
        self.feedback.begin(case)

    def reviewed(self, case: Case) -> Course:
        yield self.hours.office(clock.now(), self.chance.choice([0, 0, 1]))
        if self.chance.random() < 0.04:
            self.deeds.office_return(case, RETURNS[1])
            yield self.hours.office(clock.now())
            self.deeds.submit(case)
            yield self.hours.office(clock.now())
            self.deeds.head_approve(case)
            yield self.hours.office(clock.now())
        self.deeds.office_approve(case)

    # merging

    def merge(self, case: Case) -> None:
        lead = self._lead(case)
        self.deeds.merge(case, lead)
        if self.deeds.ticket(lead).answer_id is not None:
            self.feedback.begin(lead, only=case)

    def _merges(self, case: Case) -> bool:
        return (case.problem.get("same_as"), case.problem.get("place")) in self.leads

    def _lead(self, case: Case) -> Case:
        return self.leads[case.problem["same_as"], case.problem.get("place")]

    def _may_take(self, case: Case) -> bool:
        lead = self.deeds.ticket(self._lead(case))
        return lead.state not in NOT_OPEN and lead.id != case.ticket_id

    # when

    def next_step(self, case: Case, days: int = 0) -> datetime:
        """Urgent matters are passed on within the hour, the others when the office works."""
        if case.is_urgent:
            return self.hours.on_duty(clock.now(), 8, 55)
        return self.hours.office(clock.now(), days)

    def _during(self, case: Case, days: int) -> datetime:
        if case.is_urgent:
            return self.hours.on_duty(clock.now(), 40, 300)
        steps = len(case.problem.get("progress", [])) + 1
        return self.hours.office(clock.now(), max(days // steps, 0))

    def _work_days(self, case: Case) -> int:
        return self.chance.randint(*WORK_DAYS[case.limit_class])


COURSES = {
    "on_spot": Roads.on_spot,
    "praise": Roads.praised,
    "redirect": Roads.redirected,
    "restricted": Roads.restricted,
    "hand_off": Roads.handed_off,
}
