"""B22: patterns put into a simulated term are found, and a term as people live it is hardly asked anything.

A term of eighteen weeks: sixty people who visit and record, twelve units that answer. Every rule that looks at
rows of one term is asked of it; the numbers are those of the promise.
"""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from liaison.core import clock
from liaison.core.clock import CHINA
from liaison.oversight.prompts.finding import contacts, shares, texts, tickets
from liaison.oversight.prompts.finding.contacts import Held
from liaison.oversight.prompts.finding.night import Night
from liaison.oversight.prompts.words import PromptKind
from liaison.programmes.reckoning.spans import Span
from liaison.programmes.words import Period
from workflows.ticket_words import LimitClass

K = PromptKind
PEOPLE, UNITS = range(1, 61), range(101, 113)
BEGIN = datetime(2026, 9, 7, 8, tzinfo=CHINA)
DAYS = 126
NIGHTS = [
    Night(day, Span(Period.TERM, "term", BEGIN.date(), date(2027, 2, 28)), None, day - timedelta(days=14))
    for day in (date(2026, 10, 2), date(2026, 11, 2), date(2026, 12, 2), date(2027, 1, 12))
]
THINGS = "水泵 灯管 窗户 网线 桌椅 门锁 水龙头 路面 饭卡机 洗衣机 空调 投影仪 书架 插座 纱窗 暖气片".split()
PLACES = "三楼 四楼 一食堂 二食堂 图书馆 操场 东门 西门 教学楼 实验楼 自习室 水房".split()
DONE = "已更换 已修好 已清理 已调整 已补装 已加固 已检测 已重新布置".split()
TEMPLATE = "您好，您反映的问题已转有关科室处理，请您耐心等待，如有疑问请随时与我们联系，感谢您的理解与支持。"


class Term:
    """What people recorded and units answered, from one seed; patterns are put into it afterwards."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.held = [one for who in PEOPLE for one in self.visits(who)]
        self.answers = [one for unit in UNITS for one in self.answered(unit)]
        self.requests = [one for unit in UNITS for one in self.extensions(unit)]
        self.put = set()

    # --- as people live it ---------------------------------------------------------------------------

    def visits(self, who):
        """About one a week, recorded within three days, a problem heard at two of three."""
        for week in range(18):
            at = self.at(week * 7 + self.chance.randrange(5), self.chance.choice([12, 15, 19]))
            late = timedelta(hours=self.chance.choice([0, 0, 1, 3, 26, 50]))
            yield self.visit(who, at, at + late, has_voice=self.chance.random() < 0.66)

    def visit(self, who, at, filed, **more):
        given = {"is_on_site": True, "minutes": 60, "campus": "本部", "has_voice": True} | more
        return Held(f"LJ-{who}-{at:%m%d%H%M}-{self.chance.random()}", at, filed, who, leaders={who: True}, **given)

    def answered(self, unit):
        return [self.answer(unit, n) for n in range(self.chance.randrange(40, 120))]

    def answer(self, unit, n, **more):
        """Within five days of a limit that ends at midnight, in words of its own."""
        signed = self.at(self.chance.randrange(DAYS - 6), self.chance.randrange(8, 18))
        handled = signed + timedelta(hours=self.chance.uniform(3, 110))
        words = [f"{self.pick(PLACES)}{n}号的{self.pick(THINGS)}{self.pick(DONE)}" for _one in range(3)]
        row = {
            "id": self.chance.random(),
            "number": f"LX-{unit}-{n}",
            "episode": 1,
            "unit_id": unit,
            "text": "，".join(words),
            "limit_class": LimitClass.GENERAL,
            "signed_at": signed,
            "handled_at": handled,
            "due_at": clock.end_of((signed + timedelta(days=6)).date()),
            "paused": timedelta(hours=self.chance.choice([0] * 9 + [20])),
            "held": timedelta(hours=self.chance.uniform(3, 110)),
            "closed_at": handled,
            "reopened_at": handled + timedelta(days=self.chance.choice([3, 12, 30])),
            "is_reopened": self.chance.random() < 0.02,
        }
        return SimpleNamespace(**row | more)

    def extensions(self, unit):
        return [
            self.extension(unit, n, self.chance.choice([0, 1, 1, 2, 2, 3])) for n in range(self.chance.randrange(9))
        ]

    def extension(self, unit, n, days_before):
        asked = self.at(self.chance.randrange(20, DAYS), 10)
        due_at = clock.end_of((asked + timedelta(days=days_before)).date())
        return SimpleNamespace(number=f"LX-E-{unit}-{n}", episode=1, unit_id=unit, asked_at=asked, due_at=due_at)

    def at(self, day, hour):
        return BEGIN + timedelta(days=day, hours=hour - 8, minutes=self.chance.randrange(60))

    def pick(self, words):
        return self.chance.choice(words)

    # --- patterns, with the noise of a term around them ----------------------------------------------

    def inject(self):
        """One pattern for every third person or unit, each in turn."""
        kinds = [self.batch, self.at_the_end, self.silent, self.belated, self.twice_at_once]
        for n, who in enumerate(self.chance.sample(PEOPLE, 20)):
            self.put.add((kinds[n % len(kinds)](who), who))
        kinds = [self.templates, self.minutes, self.late_asking, self.bunched, self.reopened_soon, self.paused]
        for n, unit in enumerate(self.chance.sample(UNITS, 12)):
            self.put.add((kinds[n % len(kinds)](unit), unit))

    def batch(self, who):
        evening, begun = self.at(85, 20), self.chance.randrange(45, 60)
        for n in range(self.chance.randrange(6, 10)):
            self.held.append(self.visit(who, self.at(begun + 4 * n, 15), evening + timedelta(minutes=5 * n)))
        return K.BATCH

    def at_the_end(self, who):
        self.held = [one for one in self.held if who not in one.leaders or one.held_at.month != 11]
        days = [*self.chance.choices(range(1, 27), k=2), *self.chance.choices([28, 29, 30], k=6)]
        for day in days:
            at = datetime(2026, 11, day, 9, tzinfo=CHINA) + timedelta(minutes=self.chance.randrange(600))
            self.held.append(self.visit(who, at, at))
        return K.LAST_MINUTE

    def silent(self, who):
        for one in self.held:
            one.has_voice = one.has_voice and who not in one.leaders
        return K.QUIET

    def belated(self, who):
        for one in self.held:
            if who in one.leaders:
                one.filed_at = one.held_at + timedelta(days=self.chance.uniform(6, 20))
        return K.DELAY

    def twice_at_once(self, who):
        one = next(one for one in self.held if who in one.leaders and one.held_at.month == 11)
        again = one.held_at + timedelta(minutes=self.chance.randrange(50))
        self.held.append(self.visit(who, again, again, campus="东校区"))
        return K.OVERLAP

    def templates(self, unit):
        for one in self.chance.sample(self.lately(unit), 4):
            one.text = TEMPLATE + self.pick(["", "！", "祝好"])
        return K.TEMPLATE

    def minutes(self, unit):
        for one in self.chance.sample(self.lately(unit), 3):
            one.handled_at, one.text = one.signed_at + timedelta(minutes=self.chance.uniform(1, 9)), "已处理，请知悉"
        return K.HASTE

    def late_asking(self, unit):
        lots = self.chance.choices([0, 0, 0, 0, 1, 2], k=16)
        self.requests += [self.extension(unit, 100 + n, days) for n, days in enumerate(lots)]
        return K.EXTENSIONS

    def bunched(self, unit):
        for one in self.of_november(unit):
            if self.chance.random() < 0.75:
                one.handled_at = one.due_at - timedelta(minutes=self.chance.uniform(1, 119))
        return K.BUNCHING

    def reopened_soon(self, unit):
        for one in self.chance.sample(self.of_november(unit), 3):
            one.is_reopened, one.reopened_at = True, one.closed_at + timedelta(days=self.chance.uniform(0.5, 6.5))
        return K.QUICK_REOPEN

    def paused(self, unit):
        for one in self.chance.sample(self.of_november(unit), 4):
            one.paused = one.held * self.chance.uniform(1.1, 3)
        return K.PAUSES

    def lately(self, unit):
        return [one for one in self.answers if one.unit_id == unit and one.handled_at >= NIGHTS[2].since]

    def of_november(self, unit):
        return [one for one in self.answers if one.unit_id == unit and one.handled_at.astimezone(CHINA).month == 11]

    # --- what is asked -------------------------------------------------------------------------------

    def asked(self):
        """Kind and subject of every list of the term."""
        found = {}
        for night in NIGHTS:
            for one in self.night(night):
                found.setdefault((one.kind, one.whom.person_id or one.whom.unit_id, one.period), one)
        return Counter((kind, who) for kind, who, _period in found)

    def night(self, night):
        until = clock.moment(night.day)
        held = [one for one in self.held if one.filed_at < until]
        answers = [one for one in self.answers if one.handled_at < until]
        recent = [one for one in answers if one.handled_at >= night.since]
        of_month = [one for one in answers if clock.local(one.handled_at).date() in night.month]
        reopened = [one for one in of_month if one.is_reopened and one.reopened_at < until]
        noted = {one.id for one in recent if one.handled_at - one.signed_at > timedelta(hours=1)}
        yield from contacts.batches([one for one in held if one.filed_at >= night.since])
        yield from contacts.overlaps(held, {}, night)
        for rule in (contacts.last_minute, contacts.quiet, contacts.delay, contacts.proxy):
            yield from rule(held, night)
        yield from texts.template(answers)
        yield from tickets.haste(recent, noted)
        yield from tickets.quick_reopen(reopened, night)
        yield from tickets.pauses(of_month, night)
        yield from shares.extensions([one for one in self.requests if one.asked_at < until], night)
        yield from shares.bunching(of_month, night)


SEEDS = range(5)


@pytest.fixture(scope="module")
def terms():
    return [Term(seed) for seed in SEEDS]


def test_a_term_as_people_live_it_asks_hardly_anything(terms):
    """Far below one list for each unit and term, and none for a person."""
    lists = Counter(who for term in terms for _kind, who in term.asked().elements())
    assert not [who for who in lists if who in PEOPLE]
    assert sum(lists.values()) <= 0.2 * len(UNITS) * len(SEEDS)


def test_nine_of_ten_patterns_are_found_with_the_one_who_made_them(terms):
    put, found = Counter(), Counter()
    for term in terms:
        term.inject()
        asked = term.asked()
        put.update(kind.value for kind, _who in term.put)
        found.update(kind.value for kind, who in term.put if (kind, who) in asked)
    assert len(put) == 11
    assert all(found[kind] >= 0.9 * number for kind, number in put.items()), (found, put)
