"""From real moves and rows to the question, rule by rule: what the night reads is what the rules mean.

The finders' edges are in the tests beside this one; here is one case that is asked and the innocent one next to it.
"""

from datetime import date, timedelta
from typing import Any

from liaison.core import clock
from liaison.core.db import add, add_each, table
from liaison.feedback import watching
from liaison.oversight.prompts.models import Prompt
from liaison.oversight.prompts.words import PromptKind
from liaison.people.models import Unit
from liaison.programmes.models import Absence
from liaison.programmes.words import AbsenceType
from liaison.tickets.actions import recurring, requesting
from liaison.tickets.models import Check, Interval, Ticket
from liaison.tickets.models.tellings import CheckKind, RatingMark
from liaison.tickets.models.work import Ledger, PauseReason
from tests.factories import actor, at, go, make_ticket, move, unit_id
from tests.tickets.deeds import on_the_spot
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult, Outcome

SUMMARY = "在3号楼看了水房和活动室，和十几位同学谈了热水、晾衣和晚归，带回三个问题，已交后勤。"
LOGISTICS = "logistics"


def unit():
    return [(None, unit_id(LOGISTICS))]


def copies(db: Any, ticket: Ticket, count: int, **columns: Any) -> list[int]:
    """So many tickets more, of which only these columns differ: numbers are made up, what belongs to one is not."""
    db.session.flush()
    row = {column.key: getattr(ticket, column.key) for column in table(Ticket).c if column.key != "id"} | columns
    begun = db.session.scalar(db.select(db.func.count()).select_from(Ticket))
    return add_each(Ticket, [{**row, "number": f"LX-COPY-{begun + n}"} for n in range(count)])


# --- contacts ----------------------------------------------------------------------------------------


def test_i2_one_summary_twice(contact, asked, frozen):
    time = frozen("2026-11-20 09:00")
    contact("zhang", "2026-11-19 15:00", summary=SUMMARY)
    contact("liu", "2026-11-19 15:00", summary="和图书馆的值班同学一起看了自习区的座位、照明和插座，记下两条建议。")
    assert asked("I2") == []
    time.on(days=7)
    contact("zhang", "2026-11-26 15:00", summary=SUMMARY + "谢谢")
    assert asked("I2") == [(actor("zhang").id, None)]


def test_i3_two_campuses_at_once_and_a_day_of_absence(db, contact, asked, frozen):
    frozen("2026-11-20 19:00")
    for code, campus in (("dorm-3", "本部"), ("canteen-1", "东校区")):
        db.session.execute(db.update(Unit).filter_by(code=code).values(campus=campus))
    away = {"from_on": date(2026, 11, 18), "until_on": date(2026, 11, 18), "type": AbsenceType.LEAVE}
    add(Absence, {"person_id": actor("liu").id, **away})
    contact("zhang", "2026-11-20 15:00", minutes=60)
    contact("chen", "2026-11-20 15:30", place="canteen-1")
    contact("liu", "2026-11-19 15:00")
    assert asked("I3") == []
    contact("zhang", "2026-11-20 15:30", place="canteen-1")
    contact("liu", "2026-11-18 15:00")
    assert sorted(asked("I3")) == sorted([(actor("zhang").id, None), (actor("liu").id, None)])


def test_i3_stays_asked_while_those_who_filed_late_are_alone_with_it(db, contact, asked, frozen):
    """The days they were filed on count, for the question and for its correction; not the days they are about."""
    time = frozen("2026-07-05 19:00")
    db.session.execute(db.update(Unit).filter_by(code="dorm-3").values(campus="本部"))
    db.session.execute(db.update(Unit).filter_by(code="canteen-1").values(campus="东校区"))
    away = {"from_on": date(2026, 7, 20), "until_on": date(2026, 7, 20), "type": AbsenceType.LEAVE}
    add(Absence, {"person_id": actor("liu").id, **away})
    contact("zhang", "2026-07-05 15:00", minutes=60)
    time.to("2026-09-01 19:00")
    contact("zhang", "2026-07-05 15:15", place="canteen-1")  # while the first was still going on
    contact("liu", "2026-07-20 15:00")
    both = [(actor("liu").id, None), (actor("zhang").id, None)]
    for night in ("2026-09-02 01:00", "2026-09-07 01:00"):  # the last night of one term and the first of the next
        time.to(night)
        assert sorted(asked("I3")) == sorted(both)


def test_i4_to_i7_read_the_contacts_of_term_and_month(contact, asked, frozen):
    """王 nothing; 张 ten in the last days and without a voice; 李's liaison records late what he never confirms."""
    time = frozen("2026-11-30 20:00")
    for n in range(10):
        contact("zhang", f"2026-11-{28 + n % 3} {10 + n}:00")
    for day in range(2, 7):
        contact("li", f"2026-11-{day:02} 15:00", by="liaison")
    for day in range(23, 28):
        time.to(f"2026-11-{day} 20:00")
        contact("liu", f"2026-11-{day} 15:00")
    time.to("2026-12-20 01:00")
    assert asked("I4") == [(actor("zhang").id, None)]
    assert asked("I5") == [(actor("zhang").id, None)]
    assert asked("I6") == [(actor("li").id, None)]
    assert asked("I7") == [(actor("li").id, None)]


# --- answers -----------------------------------------------------------------------------------------


def test_i8_what_was_said_on_the_spot_was_twice_found_otherwise(db, asked, frozen):
    frozen("2026-11-18 20:40")
    said = on_the_spot()
    wrong = [said.id, *copies(db, said, 8)]
    copies(db, said, 1, is_on_spot=False)
    result = {"kind": CheckKind.SITE, "by_id": actor("wang").id, "at": clock.now(), "note": ""}
    add(Check, {"ticket_id": wrong[0], "result": CheckResult.FALSE, **result})
    add(Check, {"ticket_id": wrong[1], "result": CheckResult.TRUE, **result})
    assert asked("I8") == []
    add(Check, {"ticket_id": wrong[2], "result": CheckResult.PARTLY, **result})
    assert asked("I8") == [(actor("li").id, None)]


def test_i9_and_i10_three_like_answers_each_of_one_minute(asked, frozen):
    frozen("2026-11-19 09:00")
    for _one in range(2):
        make_ticket(State.FEEDBACK_PENDING)
    slow, noted = make_ticket(State.DISPATCHED), make_ticket(State.IN_PROGRESS, limit_class="simple")
    frozen("2026-11-20 09:00")
    go(noted, "progress")
    assert asked("I9") == []
    assert asked("I10") == unit()
    go(slow, "sign")
    frozen("2026-11-23 09:00")
    go(slow, "submit_answer head_approve office_approve")
    assert asked("I9") == unit()


def test_i10_is_content_with_a_day_or_with_a_note_and_sixty_characters(db, asked, frozen):
    time = frozen("2026-11-19 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    go(ticket, "progress")
    answer = "11月20日已更换三楼的循环水泵，每晚十点到十二点供应热水，水房门口能看到时间表。" * 2
    move(ticket, "submit_answer", "sun", outcome="A", answer=answer)
    go(ticket, "head_approve office_approve")
    other = make_ticket(State.IN_PROGRESS)
    time.on(days=1)
    go(other, "submit_answer head_approve office_approve")
    assert asked("I10") == []


def test_i11_asks_the_unit_when_a_mark_was_left(db, asked, frozen):
    time = frozen("2026-11-19 20:10")
    ticket = make_ticket(State.FEEDBACK_GIVEN)
    for n in range(5):
        assert asked("I11") == []
        watching.rated(ticket.id, f"203.0.113.{n}")
    assert asked("I11") == unit()
    time.on(days=36)
    assert asked("I11") == unit()
    assert not db.session.scalars(db.select(RatingMark)).all()


def test_i11_counts_the_ratings_of_several_marks_and_i10_the_answers(db, asked, frozen):
    time = frozen("2026-11-19 20:10")
    first, second = make_ticket(State.FEEDBACK_GIVEN), make_ticket(State.FEEDBACK_GIVEN)
    for n in range(5):
        watching.rated(first.id, f"203.0.113.{n}")
    watching.tried_by_staff(second.id)
    time.on(hours=1)
    watching.tried_by_staff(second.id)
    assert asked("I11") == asked("I10") == unit()
    parts = {row.kind: row.part for row in db.session.execute(db.select(Prompt.kind, Prompt.part))}
    assert (parts[PromptKind.RATINGS], parts[PromptKind.HASTE]) == (7, 2)


def test_i12_goes_straight_to_whoever_gave_the_answer(db, asked, frozen, monkeypatch):
    frozen("2026-11-19 09:00")
    ticket, spot = make_ticket(State.CALLBACK), on_the_spot()
    assert asked("I12") == []
    move(ticket, "check_mismatch", "zhao-clerk", check_result="partly", reason="三楼还是没有热水")
    db.session.execute(db.update(Ticket).filter_by(id=spot.id).values(is_drawn=True))
    db.session.refresh(spot)
    answered = {"answer": "图书馆自习区开放到二十三点", "answered_by": str(actor("li").id)}
    move(spot, "confirm_onspot", "wang", **answered)
    move(spot, "check_mismatch_onspot", "zhao-clerk", check_result="false", reason="没有延长")
    assert sorted(asked("I12"), key=str) == sorted([*unit(), (actor("li").id, None)], key=str)
    assert len(asked("I12")) == 2


def test_i13_asks_when_the_office_has_confirmed_the_return(asked, frozen):
    frozen("2026-11-02 10:00")
    earlier = make_ticket(State.CLOSED)
    frozen("2026-11-26 10:00")
    later = make_ticket(State.TRIAGE)
    assert asked("I13") == []
    recurring.confirm(later, earlier, actor=actor("wang"))
    assert asked("I13") == unit()


# --- shares ------------------------------------------------------------------------------------------


def test_i14_half_explained_this_term_and_hardly_any_last(db, asked, frozen):
    frozen("2026-06-01 10:00")
    last = make_ticket(State.CLOSED)
    copies(db, last, 4)
    frozen("2026-11-19 10:00")
    here = make_ticket(State.CLOSED)
    copies(db, here, 4)
    copies(db, here, 4, outcome=Outcome.D)
    assert asked("I14") == []
    copies(db, here, 1, outcome=Outcome.D)
    assert asked("I14") == unit()


def test_i15_extensions_on_the_last_day_by_the_limit_as_it_stood(asked, frozen):
    time = frozen("2026-11-02 09:00")
    some = [make_ticket(State.IN_PROGRESS) for _one in range(6)]  # due on Monday the 9th
    for n, ticket in enumerate(some):
        time.to("2026-11-09 15:00" if n > 2 else "2026-11-06 15:00")
        key = requesting.ask(ticket, "extend", actor=actor("zhang"), reason="水泵在路上", due_on=date(2026, 11, 13))
        time.on(hours=1)
        if n == 5:
            assert asked("I15") == unit()
        elif n == 4:
            assert asked("I15") == []
        requesting.settle(ticket, requesting.load(ticket, key), True, actor=actor("wang"))


def test_i16_half_of_a_month_in_the_last_two_hours(db, asked, frozen):
    frozen("2026-11-19 09:00")
    ticket, due = make_ticket(State.CLOSED), clock.end_of(date(2026, 11, 24))
    copies(db, ticket, 2, due_at=due, handled_at=due - timedelta(minutes=5))
    copies(db, ticket, 2, due_at=due, handled_at=due - timedelta(hours=3))
    frozen("2026-12-01 02:00")
    assert asked("I16") == []
    copies(db, ticket, 1, due_at=due, handled_at=due - timedelta(minutes=5))
    assert asked("I16") == unit()


def test_i17_two_of_a_month_reopened_within_a_week(asked, frozen):
    time = frozen("2026-11-27 09:00")
    soon, too, late = (make_ticket(State.CLOSED) for _one in range(3))
    time.to("2026-12-03 09:00")
    go(soon, "reopen")
    time.to("2026-12-05 09:00")
    go(late, "reopen")
    assert asked("I17") == []
    time.to("2026-12-04 08:00")
    go(too, "reopen")
    assert asked("I17") == unit()


def test_i18_more_left_out_than_in_the_months_before_is_asked_of_the_office(db, asked, frozen):
    """Two of eleven; what is void or split was not left out, it is not counted at all."""
    frozen("2026-10-10 09:00")
    copies(db, make_ticket(State.TRIAGE), 9)
    frozen("2026-11-10 09:00")
    here, parent = make_ticket(State.TRIAGE), make_ticket(State.SPLIT)
    copies(db, here, 7)
    void, _other = db.session.scalars(db.select(Ticket).filter_by(parent_id=parent.id))
    move(void, "void", "director", reason="重复记录")
    frozen("2026-12-01 02:00")
    copies(db, here, 1, state=State.WITHDRAWN)
    assert asked("I18") == []  # one of ten
    copies(db, here, 1, state=State.REDIRECTED)
    assert asked("I18") == [(None, None)]


def test_i19_three_that_waited_longer_than_they_were_worked_on(db, asked, frozen):
    time = frozen("2026-11-02 09:00")
    ticket = make_ticket(State.CLOSED)
    some = copies(db, ticket, 3)
    stretch = {"unit_id": None, "episode": 1, "from_at": at("2026-11-02 09:00")}
    for key in some:
        worked = {"ledger": Ledger.CUSTODY, "pause_reason": None, "until_at": at("2026-11-04 09:00")}
        add(Interval, {"ticket_id": key, **stretch, **worked})
        told = {"ledger": Ledger.PAUSE, "pause_reason": PauseReason.ANSWERED, "until_at": at("2026-11-20 09:00")}
        add(Interval, {"ticket_id": key, **stretch, **told})
    time.to("2026-12-01 02:00")
    paused = {"ledger": Ledger.PAUSE, "pause_reason": PauseReason.INFO}
    for key, until in zip(some, ("2026-11-05 09:00", "2026-11-04 10:00", "2026-11-04 08:00"), strict=True):
        add(Interval, {"ticket_id": key, **stretch, **paused, "until_at": at(until)})
    assert asked("I19") == []
    add(Interval, {"ticket_id": some[2], **stretch, **paused, "until_at": at("2026-11-03 09:00")})
    assert asked("I19") == unit()


def test_restricted_matters_are_left_out(asked, frozen):
    frozen("2026-11-19 09:00")
    for _one in range(3):
        make_ticket(State.FEEDBACK_PENDING, confidentiality="restricted", office="officer")
    assert asked("I9") + asked("I10") == []


def test_every_kind_is_asked_somewhere_here():
    told = {
        name.upper() for test in globals() for name in test.split("_") if name.startswith("i") and name[1:].isdigit()
    }
    others = {"I1", "I5", "I6"}  # test_nightly · between i4 and i7
    assert told | others == {kind.value for kind in PromptKind}
