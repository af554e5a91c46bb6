"""The newest weeks, told by hand: on the day the demo is opened, everybody finds something on his desk.

A story is a line: who heard what, who filed it where that was somebody else, then what was done n working days
before today, n standing before the deeds of a day (0: yesterday, whatever day it was).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from liaison.calendars.working_days import working_day_before
from liaison.core import clock
from liaison.exchange.demo import confiding, content
from liaison.exchange.demo.agenda import Agenda, Course
from liaison.exchange.demo.calendar_of_visits import Calendar
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.content import Row
from liaison.exchange.demo.deeds import Deeds
from liaison.exchange.demo.visits import Visits

STORIES = """
    # 党政办公室: 待受理 (one of them urgent, one late), 研判, 退回, 审核, 回访
    dorm-11-drain         chen · 1 heard
    dorm-5-trip           vice-teaching · 0 heard
    canteen-1-price       president · 4 heard
    canteen-2-praise      li · 1 heard
    library-closing-time  vice-teaching · 2 heard
    workshop-gloves       chen · 1 heard
    road-puddle           chen · 2 heard 1 accept
    password-reset        deputy-secretary · 3 heard 2 accept
    classroom-curtain     vice-teaching · 5 heard 4 accept 3 first 2 sign 1 return
    gym-card-refund       vice-staff · 8 heard 7 accept dispatch 6 sign 4 note 2 submit 1 head
    timetable-calendar    vice-careers · 7 heard 6 accept dispatch 5 sign 4 note 2 submit 1 head
    saturday-class        vice-teaching · 15 heard 14 accept dispatch 13 sign 9 submit 8 head 5 office 4 open sample
    # 待反馈 and 已反馈
    dorm-3-corridor-lamp  li · 9 heard 8 accept dispatch 7 sign 5 note 4 submit 3 head 1 office
    club-fund             li liaison · 8 heard 7 accept dispatch 6 sign 5 note 3 submit 2 head 1 office
    canteen-late-supper   vice-careers · 11 heard 10 accept dispatch 9 sign 6 submit 5 head 4 office 3 open unhappy
    library-sockets       vice-teaching · 12 heard 11 accept dispatch 10 sign 6 submit 5 head 4 office 3 open happy
    # 后勤保障处: 待签收 (one late), 部门审定, 办理 (calm, due today, late), 长期推进
    basketball-hoop       chen · 3 heard 2 accept 1 dispatch
    shuttle-last-bus      li liaison · 6 heard 5 accept 3 dispatch
    shuttle-full          li · 7 heard 6 accept dispatch 5 sign 3 note 1 submit
    parcel-station-queue  president · 6 heard 5 accept dispatch 4 sign 3 note 1 submit
    dark-path             chen liaison · 3 heard slip 2 accept dispatch 1 sign
    dorm-9-water-pressure chen · 6 heard 5 accept dispatch sign 3 note 2 urge 1 reply delay
    dorm-1-corridor-lamp  president · 10 heard 9 accept 8 dispatch 7 sign 5 note 1 urge
    bath-house-floor      vice-staff · 16 heard 15 accept 14 dispatch 13 sign 11 note 9 co 6 plan
    # 协办: one unit has not answered yet, another has
    timetable-east-west   vice-teaching · 5 heard 4 accept dispatch 3 sign 1 note
    library-database      vice-teaching · 7 heard 6 accept dispatch 5 sign 4 note 2 co
    # 教务处
    slides-sharing        vice-teaching · 3 heard 2 accept 1 dispatch
    enrolment-certificate vice-careers · 4 heard 3 accept dispatch 2 sign 1 note submit
    # 李书记, 何老师: 待补充
    electricity-top-up    li · 3 heard 2 accept 1 ask
    repair-app-status     li liaison · 4 heard 3 accept 2 ask
    # 党政办主任: 裁定, 专题协调, 提请会议研究
    stray-dogs            president · 6 heard 5 accept first 4 sign 3 return 2 decide 1 dispatch
    dorm-12-network       vice-careers · 10 heard 9 accept 8 first 7 sign return 6 decide 3 first 2 sign 1 return
    too-many-apps         vice-careers · 9 heard 8 accept 7 dispatch 6 sign 4 note 2 convene
    dorm-5-washers        vice-teaching · 14 heard 13 accept 12 dispatch 11 sign 9 note 8 convene 3 escalate
    # 其他去向
    city-bus              li liaison · 5 heard 4 accept 1 redirect
    internship-far        li liaison · 5 heard 4 withdraw
    hand-off-counselling-2 chen · 1 heard call
    restricted-office-attitude officer · 1 confide name
"""
HOT = ["dorm-3-hot-water", *(f"dorm-3-hot-water-{n}" for n in range(2, 7))]
HEARD_BY = ["deputy-secretary", "president", "li", "deputy-secretary", "chen"]
SPLIT = ["library-noise", "library-book-copies"]
TRY = {  # what a visitor may open with its code
    "dorm-3-corridor-lamp": "答复已备好：打开就算告知，然后可以评价",
    "electricity-top-up": "在等补充：可以替同学答一句",
    "bath-house-floor": "已列入计划：看得到预计完成的日子",
}
PLACES = {"electricity-top-up": "dorm-3", "repair-app-status": "dorm-3", "slides-sharing": "accounting-2401",
          "internship-far": "mech-2401", "club-fund": "club-robotics", "password-reset": "dorm-3",
          "hand-off-counselling-2": "dorm-9", "too-many-apps": "computing-2401",
          "timetable-calendar": "software-2301", "canteen-low-sugar": "canteen-3",
          "timetable-east-west": "software-2301"}  # fmt: skip
QUESTION = "请问主要是哪几层、什么时候？知道了好派人去看。"
FIRST, APART = time(9, 10), timedelta(minutes=35)


@dataclass(frozen=True)
class Story:
    problem: Row
    leader: str
    filer: str
    steps: list[tuple[int, str]]


def stories() -> Iterator[Story]:
    for line in STORIES.strip().splitlines():
        if line.strip().startswith("#"):
            continue
        head, _dot, script = line.partition("·")
        code, leader, *filer = head.split()
        yield Story(content.problems()[code], leader, filer[0] if filer else leader, _steps(script))


def _steps(script: str) -> list[tuple[int, str]]:
    found, ago = [], 0
    for word in script.split():
        if word.isdigit():
            ago = int(word)
        else:
            found.append((ago, word))
    return found


def told_here() -> set[str]:
    """The problems the present is made of: nobody else raises them this term."""
    return {story.problem["code"] for story in stories()} | {*HOT, *SPLIT}


class Present:
    """Puts the stories on the agenda; `codes` fills with those a visitor may try."""

    def __init__(self, today: date, agenda: Agenda, visits: Visits, calendar: Calendar) -> None:
        self.today, self.agenda, self.visits, self.calendar = today, agenda, visits, calendar
        self.deeds, self.roads = visits.roads.deeds, visits.roads
        self.codes: list[tuple[str, str]] = []

    def plan(self) -> None:
        for story in stories():
            moments = self._moments(story.steps)
            self.agenda.start(self._course(story, moments), moments[0])
        self.agenda.start(self._doubted(), self._at(9, time(21, 40)))
        for code, leader, ago in zip(HOT[1:], HEARD_BY, range(6, 1, -1), strict=True):
            self.agenda.start(self._joins(code, leader, ago), self._at(ago, time(20, 5 * ago)))
        self.agenda.start(self._rulings(), self._at(5, time(11, 20)))
        self.agenda.start(self._split(), self._at(4, time(16, 20)))
        for ago, leader in ((1, "li"), (2, "chen"), (3, "li")):
            self.agenda.start(self._to_confirm(leader), self._at(ago, time(20, 30 + ago)))

    def _course(self, story: Story, moments: list[datetime]) -> Course:
        """The steps of a line, one after another."""
        case, notes, returns = self._begin(story), iter(story.problem.get("progress", [])), 0
        for (_ago, deed), moment in zip(story.steps[1:], moments[1:], strict=True):
            yield moment
            if deed == "note":
                self.deeds.progress(case, next(notes))
            elif deed in DETOUR:
                self._detour(case, deed, story.problem["returned"][returns])
                returns += deed == "decide"
            else:
                DEEDS[deed](self.deeds, case)
        if story.problem["code"] in TRY:
            self.codes.append((TRY[story.problem["code"]], case.code))

    def _begin(self, story: Story) -> Case:
        if story.steps[0][1] == "confide":
            return self.visits.confide(story.problem)
        return self._heard(story.problem, story.leader, story.filer)

    def _heard(self, problem: Row, leader: str, filer: str) -> Case:
        """A contact of just now, with this one problem."""
        place = problem.get("place") or PLACES[problem["code"]]
        visit = self.calendar.visit_at(place, clock.now() - timedelta(minutes=25), [problem])
        _filed, [case] = self.visits.file(visit, filer, leader, [])
        self.roads.know(case)
        return case

    def _detour(self, case: Case, deed: str, step: Row) -> None:
        """退回: the units that first had it, as the problem tells."""
        if deed == "first":
            self.deeds.dispatch(case, by="wang", unit=step["by"])
        elif deed == "return":
            self.deeds.request_return(case, step)
        else:
            self.deeds.decide_return(case, step, "wang")

    def _doubted(self) -> Course:
        """3号楼热水: answered, not believed, begun again; meanwhile five more say the same (集中反映)."""
        case = self._heard(_ordinary(HOT[0]), "li", "li")
        for n, (ago, deed) in enumerate(ANSWERED):
            yield self._at(ago, time(9 + n, 12))
            DEEDS[deed](self.deeds, case)
        yield self._at(6, time(22, 35))
        self.deeds.open_page(case)
        self.deeds.rate(case, "no", 2, "十点以后还是凉的。")
        yield self._at(5, time(9, 40))
        self.deeds.reopen(case, "反映人说没有解决，请晚上十点以后到现场测水温。")
        yield self._at(1, time(10, 30))
        self.deeds.progress(case, case.problem["progress"][1])

    def _joins(self, code: str, leader: str, ago: int) -> Course:
        """Said again the same evening, merged the next morning."""
        case = self._heard(_ordinary(code), leader, leader)
        yield self._at(ago - 1, time(8, 40))
        self.deeds.accept(case, by="wang")
        yield self._at(ago - 1, time(8, 45))
        self.roads.merge(case)

    def _split(self) -> Course:
        """两件事说在一起: the clerk takes them apart; one goes on, one still waits."""
        parts = [content.problems()[code] for code in SPLIT]
        both = parts[0] | {"code": "split", "text": f"{parts[0]['text']}另外，{parts[1]['text']}"}
        case = self._heard(both, "vice-teaching", "vice-teaching")
        yield self._at(3, time(9, 20))
        self.deeds.accept(case, by="wang")
        yield self._at(3, time(9, 50))
        first, _second = self.deeds.split(case, parts)
        yield self._at(2, time(10, 5))
        self.deeds.dispatch(first, by="wang")

    def _rulings(self) -> Course:
        """派单目录: what was ruled before is in force, what was ruled since still waits for the director."""
        self.deeds.adopt_lines()
        yield from ()

    def _to_confirm(self, leader: str) -> Course:
        """何老师 wrote it down; the leader has not looked yet."""
        place = "mech-2401" if leader == "li" else "dorm-7"
        visit = self.calendar.visit_at(place, clock.now() - timedelta(hours=1), [])
        self.visits.file(visit, "liaison", leader, [])
        yield from ()

    def _moments(self, steps: list[tuple[int, str]]) -> list[datetime]:
        """When the steps happen: what is heard in the evening, the rest in office hours, one after another."""
        found: list[datetime] = []
        for n, (ago, deed) in enumerate(steps):
            if n and steps[n - 1][0] == ago:
                found.append(found[-1] + APART)
            else:
                found.append(self._at(ago, HOURS.get(deed, FIRST)) + timedelta(minutes=len(steps)))
        return found

    def _at(self, ago: int, hour: time) -> datetime:
        """A clock time so many working days before today; 0 is yesterday."""
        day = working_day_before(self.today, ago) if ago else self.today - timedelta(days=1)
        return clock.moment(day, hour)


def _ordinary(code: str) -> Row:
    """The matter in its second round: no emergency any more."""
    return content.problems()[code] | {"urgent": False, "limit_class": "general"}


DETOUR = {"first", "return", "decide"}
ANSWERED = [(8, "accept"), (8, "dispatch"), (8, "sign"), (7, "submit"), (7, "head"), (6, "office")]
HOURS = {"heard": time(19, 45), "confide": time(15, 20)}

ESCALATED = {
    "question": "各楼层增设洗衣点需要改造上下水，费用超出部门权限，是否列入今年修缮。",
    "options": "一是今年暑假改造两栋；二是列入明年计划，今年先延长一楼洗衣房时间。",
}

DEEDS: dict[str, Callable[[Deeds, Case], object]] = {
    "accept": lambda deeds, case: deeds.accept(case, by="wang"),
    "ask": lambda deeds, case: deeds.ask(case, QUESTION, by="wang"),
    "dispatch": lambda deeds, case: deeds.dispatch(case),
    "redirect": lambda deeds, case: deeds.redirect(case),
    "withdraw": lambda deeds, case: deeds.withdraw(case, "同学说已经自己联系好了，不用再办。"),
    "call": lambda deeds, case: deeds.hand_off(case),
    "name": confiding.name_reader,
    "slip": confiding.leave_slip,
    "sign": lambda deeds, case: deeds.sign(case),
    "co": lambda deeds, case: deeds.co_answers(case),
    "convene": lambda deeds, case: deeds.convene(case, 3),
    "escalate": lambda deeds, case: deeds.escalate(case, **ESCALATED),
    "plan": lambda deeds, case: deeds.plan(case),
    "urge": lambda deeds, case: case.orders.append(deeds.supervise(case, "请三个工作日内查清原因，写明完成的日期。")),
    "reply": lambda deeds, case: deeds.answer_order(case, case.orders[-1], "水泵已检修，晚高峰的水压每天记录。"),
    "delay": lambda deeds, case: deeds.ask_extension(case, 3, "更换的水泵要从外地调货，预计三天到。"),
    "submit": lambda deeds, case: deeds.submit(case),
    "head": lambda deeds, case: deeds.head_approve(case),
    "office": lambda deeds, case: deeds.office_approve(case),
    "open": lambda deeds, case: deeds.open_page(case),
    "happy": lambda deeds, case: deeds.rate(case, "yes", 5, "第二天就能用了。"),
    "unhappy": lambda deeds, case: deeds.rate(case, "partly", 2, "九点半就没有菜了。"),
    "sample": lambda deeds, case: deeds.sample(case),
}
