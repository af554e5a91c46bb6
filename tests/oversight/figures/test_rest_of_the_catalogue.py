"""What histories of chance do not reach: hand-overs, orders, contacts, the base sample; and the effect of a topic."""

from datetime import date

import pytest
from sqlalchemy import func

from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.actions import planning
from liaison.contacts.models import Contact
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries import coverage
from liaison.contacts.queries.present import present
from liaison.core import clock
from liaison.oversight.figures import computing
from liaison.oversight.figures.catalogue import BY_NAME, figure
from liaison.oversight.figures.computing import COUNTS
from liaison.oversight.figures.figure import View
from liaison.oversight.figures.printing import printed, proof
from liaison.oversight.figures.results import Result
from liaison.oversight.figures.scope import month
from liaison.oversight.figures.topics import effect
from liaison.oversight.reports import stored
from liaison.oversight.reports.counted import Counted, annex, plain_figures
from liaison.people.models import Person, Unit
from liaison.programmes.words import ContactKind
from liaison.tickets.actions import checks
from liaison.tickets.models.confidential import Handoff
from liaison.tickets.models.draws import Draw, Lot, Why
from liaison.tickets.models.orders import Cause, Grade, SupervisionOrder
from liaison.tickets.models.tellings import CheckKind
from tests.factories import actor, at, make_ticket, unit_id
from workflows.supervision import State as OrderState
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, HandoffType

pytestmark = pytest.mark.usefixtures("app")


def of(key, view):
    """[numerator, denominator, not yet due] in November, as of today."""
    found = figure(key, view).count(computing.world(month(clock.today(), clock.today())))
    return [found.numerator, found.denominator, found.not_due]


def test_a_hand_over_waits_a_day_for_its_receipt(db, frozen):
    frozen("2026-11-18 20:40")
    for called, receipt in (("2026-11-03 10:00", "2026-11-03 22:00"), ("2026-11-05 10:00", "2026-11-06 11:00"),
                            ("2026-11-09 10:00", None), ("2026-11-18 12:00", None)):  # fmt: skip
        ends = {"receipt": "收1", "receipt_at": at(receipt)} if receipt else {}
        db.session.add(
            Handoff(
                type=next(iter(HandoffType)), receiver="值班室", called_at=at(called), recorded_at=at(called), **ends
            )
        )
    db.session.commit()
    assert of("handoff_receipt", View.FLOW) == [1, 3, 1]


def test_fewer_than_five_restricted_matters_are_not_told():
    few, five = Result(1, 3, 1), Result(2, 5)
    receipt = figure("handoff_receipt")
    assert [printed(receipt, few), proof(receipt, few)] == ["不足 5 件，不列", ""]
    assert [printed(receipt, five), proof(receipt, five)] == ["2/5", "2/5"]


@pytest.mark.parametrize(
    ("result", "line", "counts"),
    [
        (Result(1, 3, 1), ("不足 5 件，不列", "—", "—", "—", "—"), [None] * 4),
        (Result(2, 5, 1), ("2/5", 2, 5, 1, 0), [2, 5, 1, {}]),
    ],
)
def test_no_paper_no_file_and_no_snapshot_tells_them_either(result, line, counts):
    receipt = figure("handoff_receipt")
    known = Counted(None, dict.fromkeys(BY_NAME, Result(0, 0)) | {receipt.name_in_address: result})
    assert next(row[1:6] for row in annex(known).rows if row[0] == receipt.name) == line
    plain = next(one for one in plain_figures(known) if one["key"] == receipt.key)
    assert [plain[name] for name in COUNTS] == counts
    kept = stored.plain([(receipt, result)])[receipt.name_in_address]
    assert [kept["numerator"], kept["denominator"]] == counts[:2]
    assert printed(receipt, stored.result_of(kept)) == line[0]


def test_no_part_of_a_figure_calls_a_restricted_matter_by_its_number(db, frozen):
    frozen("2026-11-02 10:00")
    named = make_ticket(State.IN_PROGRESS).number
    make_ticket(State.IN_PROGRESS, confidentiality="restricted", office="officer", limit_class="restricted")
    world = computing.world(month(clock.today(), clock.today()))
    world.voices *= 5
    stock, hot = (figure(*which).count(world) for which in (("open_stock", View.STOCK), ("hot_tickets",)))
    assert (stock.numerator, stock.parts["oldest"]) == (2, {named: 0})
    assert (hot.numerator, hot.parts["voices"]) == (2, {named: 5})


ORDERS = (
    ("2026-11-06", "2026-11-06 23:00"),
    ("2026-11-06", "2026-11-07 00:30"),
    ("2026-11-10", ""),
    ("2026-11-27", ""),
)


def test_an_order_is_answered_by_the_end_of_its_day(db, frozen):
    frozen("2026-11-02 10:00")
    known = {"ticket_id": make_ticket(State.IN_PROGRESS).id, "episode": 1, "unit_id": unit_id("logistics")}
    known |= {"grade": Grade.ORDER, "cause": Cause.OFFICE, "proposed_at": clock.now(), "issued_at": clock.now()}
    for n, (due, answered) in enumerate(ORDERS, start=1):
        known |= {"number": f"督{n}", "due_on": date.fromisoformat(due)}
        state = OrderState.ANSWERED if answered else OrderState.ISSUED
        db.session.add(SupervisionOrder(**known, state=state, answered_at=at(answered) if answered else None))
    db.session.commit()
    frozen("2026-11-18 20:40")
    assert of("orders", View.FLOW) == [1, 3, 1]


def test_contacts_are_counted_with_what_they_brought_and_where_they_were(db, frozen, held):
    held("li", "2026-11-05 15:00", ContactKind.ENTER_DORM, heard=2)
    held("li", "2026-11-06 15:00", ContactKind.ENTER_DORM)
    held("li", "2026-10-06 15:00", ContactKind.ENTER_DORM, heard=1)
    db.session.commit()
    frozen("2026-11-18 20:40")
    places = db.session.scalar(db.select(func.count()).where(Unit.type.in_(coverage.KINDS)))
    assert of("contacts", View.FLOW)[0] == 2
    assert of("contacts_with_voice", View.FLOW)[:2] == [1, 2]
    assert of("coverage", View.FLOW)[:2] == [1, places]


PLANS = (  # planned for · there · gone there, or nothing
    ("2026-11-03 15:00", "dorm-3", ("2026-11-05 10:00", "dorm-3-301")),  # another day of the week, one of its rooms
    ("2026-11-04 15:00", "dorm-3", None),  # the same place in the same week
    ("2026-11-10 15:00", "canteen-1", ("2026-11-17 15:00", "canteen-1")),  # a week late: of a week nobody planned
    ("2026-11-12 15:00", "dorm-3", None),
    ("2026-11-25 15:00", "dorm-3", None),  # still to come
    ("2026-10-20 15:00", "canteen-1", ("2026-11-02 15:00", "canteen-1")),  # last month's plan
)


def test_planned_coverage_counts_a_place_once_a_week_as_it_was_planned(db, frozen):
    """What was planned is told by the event: a contact that is held says where and when it was instead."""
    time = frozen("2026-10-19 09:00")
    li = actor("li")
    numbers = [planning.plan(li, occasion(when, place)) for when, place, _gone in PLANS]
    time.to("2026-11-17 20:00")
    for number, (_when, _place, gone) in zip(numbers, PLANS, strict=True):
        contact = db.session.scalars(db.select(Contact).filter_by(number=number)).one()
        if gone:
            planning.hold(li, contact, contact.version, occasion(*gone), [], "事后补记")
    cancelled = db.session.scalars(db.select(Contact).filter_by(number=numbers[3])).one()
    planning.cancel(li, cancelled, cancelled.version, [li.id])
    db.session.commit()
    time.to("2026-11-18 20:40")
    assert of("coverage_planned", View.FLOW)[:2] == [1, 3]
    world = computing.world(month(date(2026, 10, 1), date(2026, 10, 31)))
    october = figure("coverage_planned").count(world)
    assert (october.numerator, october.denominator) == (0, 1)


def occasion(when, place):
    return Occasion(at(when), ContactKind.ENTER_DORM, (actor("li").id,), place_id=unit_id(place))


def test_of_a_requirement_nobody_does_more_than_all_and_who_is_exempt_stands_apart(fujian, db, frozen, held):
    """Counted from the stored lines, and a second time by judging everybody anew."""
    frozen("2026-11-30 10:00")
    days = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    db.session.add(Term(name="第一学期", academic_year="2026-2027", term_no=1, teaching_weeks=18, exam_weeks=2, **days))
    for day in (3, 4, 5, 12, 19):
        held("li", f"2026-11-{day:02} 15:00", ContactKind.ENTER_DORM)
    db.session.commit()
    recomputing.recompute()
    db.session.commit()
    people = list(db.session.scalars(db.select(Person.id)))
    judged = present(people, "2026-2027").lines
    lines = [one for mine in judged.values() for one in mine if one.span.key == "2026-11"]
    owed = [one for one in lines if one.required is not None]
    found = figure("requirement").count(computing.world(month(clock.today(), clock.today())))
    assert found.numerator == sum(min(one.done, one.required) for one in owed)
    assert found.denominator == sum(one.required for one in owed)
    assert found.parts == {"exempt": len(lines) - len(owed)}
    assert found.numerator > 0


def test_only_the_base_sample_says_how_much_is_overclaimed(db, frozen):
    frozen("2026-11-02 10:00")
    draw = Draw(month=date(2026, 11, 1), seed="s", seed_hash="h", rate=20, opened_at=clock.now())
    db.session.add(draw)
    db.session.flush()
    for why, result in ((Why.BASE, "true"), (Why.BASE, "false"), (Why.BASE, "unreached"), (Why.TOP_UP, "false")):
        ticket = make_ticket(State.CLOSED)
        lot = {"draw_id": draw.id, "number": ticket.number, "episode": 1, "is_listed": True, "at": clock.now()}
        db.session.add(Lot(ticket_id=ticket.id, answer_id=ticket.answer_id, why=why, **lot))
        note = "水还是凉的" if result == "false" else ""
        checks.look(ticket, CheckResult(result), CheckKind.SITE, actor=actor("zhao-clerk"), version=None, note=note)
    db.session.commit()
    frozen("2026-11-18 20:40")
    assert of("overclaim", View.COHORT)[:2] == [1, 2]


def test_nineteen_checks_of_the_sample_are_too_few_for_a_percentage():
    overclaim = figure("overclaim")
    assert [printed(overclaim, Result(2, 19)), printed(overclaim, Result(2, 20))] == ["2/19", "10.0%"]


def test_less_is_heard_only_where_the_interval_says_so():
    """metrics.md §5, formula 3: the same ratio, from twice as many and from half."""
    many, few = effect(48, 20, 60, 56), effect(24, 10, 30, 28)
    assert [round(one, 2) for one in (many.ratio, many.low, many.high)] == [0.45, 0.24, 0.84]
    assert [round(one, 2) for one in (few.ratio, few.low, few.high)] == [0.45, 0.18, 1.10]
    assert (many.is_shown, few.is_shown) == (True, False)


def test_where_nothing_is_heard_any_more_there_is_still_a_ratio():
    gone = effect(8, 0, 10, 10)
    assert gone.ratio == pytest.approx((0.5 / 8.5) / (10.5 / 10.5))
