"""What follows an answer: who hears of it and how, what he thinks of it, and who looks whether it is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from liaison.core import clock
from liaison.exchange.demo.agenda import Course
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.publishing import Publishing
from workflows.ticket_states import State

if TYPE_CHECKING:
    from liaison.exchange.demo.roads import Roads

CHANNELS = {"code_page": 58, "face_to_face": 16, "phone": 8, "class_meeting": 6, "notice": 5, "nobody": 7}
FACILITIES = {"01", "02", "03", "06", "15"}  # only places and things may be told by a notice
UNREACHABLE = ["unopened", "code_lost", "group_left"]
VERDICTS = {("yes", 5): 36, ("yes", 4): 30, ("yes", 3): 10, ("partly", 4): 6, ("partly", 3): 9, ("partly", 2): 3,
            ("no", 2): 4, ("no", 1): 2}  # fmt: skip
WORDS = {
    "yes": ["", "", "", "好多了，谢谢。", "修得很快。", "第二天就解决了，没想到。", "有回音就好。"],
    "partly": ["", "比以前好，周末还是有一点。", "白天可以，晚上人多的时候还不行。", "解决了一半，希望再看看。"],
    "no": ["", "没看到有变化。", "去看了一次，还是老样子。", "说修好了，过两天又坏了。"],
}
GROUNDS = ["反映人说没有解决，请到现场再看一次。", "评价为未解决，与答复不一致，请重新核对。"]
AGAIN = ["又出现了同样的情况，请再看一看。", "修过以后好了两天，现在又不行了。"]

REOPENABLE = {State.FEEDBACK_PENDING, State.FEEDBACK_GIVEN, State.CLOSED}  # a call-back is ended first


class Feedback:
    """Courses beside each other, one for every voice of a ticket."""

    def __init__(self, roads: Roads) -> None:
        self.roads = roads
        self.deeds, self.hours, self.chance, self.agenda = roads.deeds, roads.hours, roads.chance, roads.agenda
        self.publishing = Publishing(roads.deeds)

    def begin(self, case: Case, only: Case | None = None) -> None:
        """The answer is offered: every voice is owed a telling from now on."""
        for voice in [only] if only else [case, *case.merged]:
            self.agenda.start(self.told(case, voice), clock.now())
        if only is None:
            if case.ticket_id % 3 and not case.is_restricted:
                self.deeds.open_answer(case)  # two of three; a restricted answer is not his to read
            self.agenda.start(self.looked_at(case), clock.now())
            self.agenda.start(self.publishing.released_later(case), clock.now())

    def told(self, case: Case, voice: Case) -> Course:
        still = self._same_answer(case)
        way = self._way(case, voice)
        yield from self._heard(case, voice, way, still)
        if way != "nobody" and still():
            yield from self.rated(case, voice)

    def _heard(self, case: Case, voice: Case, way: str, still: Callable[[], bool]) -> Course:
        if way == "code_page":
            yield self.hours.leisure(clock.now(), self.chance.choice([0, 0, 1, 1, 2, 4]))
            if still():
                self.deeds.open_page(voice)
        elif way == "nobody":
            yield self.hours.office(clock.now(), self.chance.randint(11, 14))
            if still():
                self._give_up(case, voice)
        else:
            yield self.hours.office(clock.now(), self.chance.randint(0, 3))
            if still():
                self._tell(case, voice, way)

    def _way(self, case: Case, voice: Case) -> str:
        way = self.chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        if not voice.code:  # an extract: the office tells it
            return "phone"
        if case.is_restricted:
            return "code_page"
        return "phone" if way == "notice" and case.problem["category"] not in FACILITIES else way

    def _tell(self, case: Case, voice: Case, way: str) -> None:
        """Face to face the filer tells, on his own filings only; everything else the office does."""
        if way == "face_to_face" and voice is case:
            self.deeds.tell(case, voice, way, case.filer)
        else:
            note = "贴在楼下公告栏" if way == "notice" else ""
            by = self.deeds.company.clerk()
            self.deeds.tell(case, voice, "phone" if way == "face_to_face" else way, by, note)

    def _give_up(self, case: Case, voice: Case) -> None:
        """无法告知; when nobody could be told, the file says so."""
        self.deeds.mark_unreachable(case, voice, self.chance.choice(UNREACHABLE))
        ticket = self.deeds.ticket(case)
        if ticket.state is State.FEEDBACK_PENDING and ticket.voice_count == 1:
            self.deeds.close_untold(case)

    def rated(self, case: Case, voice: Case) -> Course:
        """评价, or none: silence is no verdict."""
        if not voice.code or self.chance.random() < 0.4:
            return
        still = self._same_answer(case)
        yield self.hours.leisure(clock.now(), self.chance.choice([0, 0, 1, 2, 3, 5]))
        if not still():
            return
        solved, satisfied = self.chance.choices(list(VERDICTS), list(VERDICTS.values()))[0]
        self.deeds.rate(voice, solved, satisfied, self.chance.choice(WORDS[solved]))
        if solved == "no" or satisfied <= 2:
            yield from self.reopened(case, voice, solved)

    def reopened(self, case: Case, voice: Case, solved: str) -> Course:
        """The holder asks for it or the office decides it; then the work begins again."""
        still = self._same_answer(case)
        yield self.hours.office(clock.now(), self.chance.randint(1, 2))
        on_spot = case.problem.get("road") == "on_spot"
        if not still() or case.is_restricted or on_spot or self.deeds.state(case) not in REOPENABLE:
            return
        if solved == "no" and self.chance.random() < 0.4:
            self.deeds.ask_again(voice, self.chance.choice(AGAIN))
        else:
            self.deeds.reopen(case, self.chance.choice(GROUNDS))
        if self.deeds.state(case) is State.IN_PROGRESS:
            case.worked_on = clock.today()
            yield from self.roads.answered(case)

    def looked_at(self, case: Case) -> Course:
        """回访: once it was told, the lot decides; who checks waits until every voice is settled."""
        still = self._same_answer(case)
        for _day in range(6):
            yield self.hours.office(clock.now(), 1)
            if not still() or self.deeds.state(case) is not State.FEEDBACK_PENDING:
                break
        if not still() or not self.deeds.sample(case):
            return
        yield self.hours.office(clock.now(), self.chance.randint(2, 4))
        yield from self._checked(case)

    def _checked(self, case: Case) -> Course:
        for _day in range(20):
            ticket = self.deeds.ticket(case)
            if ticket.state is not State.CALLBACK:
                return
            if ticket.told_count >= ticket.voice_count:
                break
            yield self.hours.office(clock.now(), 1)
        else:
            return
        is_true = self.chance.random() < 0.9
        self.deeds.check(case, "true" if is_true else "partly")
        if not is_true:
            case.worked_on = clock.today()
            yield from self.roads.answered(case)

    def _same_answer(self, case: Case) -> Callable[[], bool]:
        """Is it still about this answer? Reopening makes another course of it."""
        answer_id = self.deeds.ticket(case).answer_id
        return lambda: self.deeds.ticket(case).answer_id == answer_id
