"""From the inbox to the ways out: what leaves, when, to whom, and what became of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from liaison.notifications import digest, sender
from liaison.notifications.actions import tell
from liaison.notifications.models import Delivery, Notice
from liaison.notifications.outlets import Refused, Unreachable
from liaison.notifications.words import Outlet, Result
from liaison.people.queries.acting import actor_of
from tests.cast import person
from tests.factories import TEXT, make_ticket
from workflows.ticket_states import Stage, State
from workflows.ticket_words import Confidentiality

ALL = dict.fromkeys("MAIL_SERVER MAIL_FROM WEBHOOK_URL WEBHOOK_SECRET WECOM_URL".split(), "somewhere")


@pytest.fixture
def left(app, db, monkeypatch):
    """What left the house: outlet and message. Everybody has an address, every outlet but two robots is open."""
    arrived = []
    monkeypatch.setattr(sender, "hand_over", lambda outlet, message: arrived.append((outlet, message)))
    for name, value in ALL.items():
        monkeypatch.setitem(app.config, name, value)
    db.session.execute(db.text("UPDATE person SET email = login || '@example.edu'"))
    return arrived


def told(*logins, key="ticket.dispatch", urgent=False, dedupe="1:2", ticket=None):
    ticket = ticket or make_ticket(State.DISPATCHED)
    people = [person(login).id for login in logins]
    tell(people, key, about=ticket.number, stage=Stage.RESOLVE, path="/", urgent=urgent, dedupe=dedupe)
    return ticket


def only(db, *logins):
    """Leave only the notices of these people, and none of the moves that made the ticket."""
    people = [person(login).id for login in logins]
    db.session.execute(db.delete(Notice).where(Notice.recipient_id.not_in(people)))


def results(db):
    return set(db.session.scalars(db.select(Delivery.result)))


def test_what_a_department_must_start_on_goes_to_the_hooks_at_once_and_names_only_the_number(left, db, frozen):
    frozen("2026-11-19 09:05")
    ticket = make_ticket(State.DISPATCHED)
    sender.send_due()
    assert sorted(outlet for outlet, _ in left) == [Outlet.WEBHOOK] * 3 + [Outlet.WECOM]
    robot = next(message for outlet, message in left if outlet is Outlet.WECOM)
    assert robot.subject == f"连心 {ticket.number} 研究落实"
    assert robot.text == f"{ticket.number} 交办到您的部门，等您签收。（研究落实）"
    assert not [message for _, message in left if TEXT in f"{message.text}{message.data}"]
    assert sender.send_due() == 0
    assert results(db) == {Result.SENT}


def test_at_night_only_what_is_urgent_leaves_the_rest_at_eight(left, frozen):
    time = frozen("2026-11-19 20:00")
    told("sun", dedupe="a")
    told("sun", urgent=True, dedupe="b")
    sender.send_due()
    assert {message.is_urgent for _, message in left} == {True}
    assert Outlet.MAIL in {outlet for outlet, _ in left}
    before = len(left)
    time.to("2026-11-20 07:59")
    sender.send_due()
    assert len(left) == before
    time.to("2026-11-20 08:00")
    sender.send_due()
    assert len(left) > before
    assert not any(message.is_urgent for _, message in left[before:])


def test_without_any_way_out_the_inbox_is_all_there_is(db, frozen):
    frozen("2026-11-19 09:05")
    told("sun")
    assert sender.send_due() == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(Delivery)) == 0
    assert None not in set(db.session.scalars(db.select(Notice.sent_at)))


def test_what_is_a_day_old_stays_in_the_inbox(left, frozen):
    time = frozen("2026-11-19 09:05")
    told("sun", urgent=True)
    time.on(days=2)
    assert sender.send_due() == 0


def read(_db, _ticket):
    _db.session.execute(_db.update(Notice).values(read_at=Notice.created_at))


def leave(_db, _ticket):
    person("liu-handler").is_active = False


def look_away(_db, ticket):
    ticket.confidentiality = Confidentiality.RESTRICTED


@pytest.mark.parametrize("meanwhile", [read, leave, look_away])
def test_whom_it_no_longer_concerns_gets_nothing(left, db, frozen, meanwhile):
    frozen("2026-11-19 09:05")
    ticket = told("liu-handler", ticket=make_ticket(State.DISPATCHED, lead="academic-affairs"), urgent=True)
    only(db, "liu-handler")
    meanwhile(db, ticket)
    db.session.flush()
    sender.send_due()
    assert [outlet for outlet, _ in left if outlet is not Outlet.WECOM] == []
    assert Result.DROPPED in results(db)


def test_a_stranger_is_asked_again_when_it_is_sent(left, frozen):
    frozen("2026-11-19 09:05")
    told("noise-handler", urgent=True)
    sender.send_due()
    assert not [1 for outlet, message in left if message.login == "noise-handler" and outlet is not Outlet.WECOM]


def test_a_restricted_matter_is_never_named_in_a_group(left, frozen):
    frozen("2026-11-19 09:05")
    ticket = make_ticket(State.SUBMITTED, confidentiality=Confidentiality.RESTRICTED)
    told("officer", ticket=ticket, urgent=True)
    sender.send_due()
    assert {outlet for outlet, _ in left} == {Outlet.MAIL, Outlet.WEBHOOK}


def test_everybody_reads_his_own_language(left, db, frozen):
    frozen("2026-11-19 09:05")
    person("sun").language = "en"
    ticket = told("sun", "zhang", urgent=True)
    sender.send_due()
    subjects = {message.login: message.subject for outlet, message in left if outlet is Outlet.MAIL}
    assert subjects["sun"].startswith(f"Liaison, urgent {ticket.number}")
    assert subjects["zhang"] == f"连心·紧急 {ticket.number} 研究落实"


def test_two_senders_at_once_send_each_message_once(app, left, db, frozen):
    frozen("2026-11-19 09:05")
    told("sun", "zhang", "sun-colleague", urgent=True)
    sender.lay_out()
    waiting = db.session.scalar(db.select(db.func.count()).select_from(Delivery))
    db.session.commit()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _n: send_alone(app), range(2)))
    assert len(left) == len({(outlet, message.key) for outlet, message in left}) == waiting


def send_alone(app):
    with app.app_context():
        return sender.send_due()


def test_what_cannot_even_be_written_stops_no_other(left, db, frozen, monkeypatch):
    frozen("2026-11-19 09:05")
    told("sun", "zhang", urgent=True)
    write = sender.Composer.message

    def fail_once(self, claimed):
        monkeypatch.setattr(sender.Composer, "message", write)
        raise ZeroDivisionError

    monkeypatch.setattr(sender.Composer, "message", fail_once)
    with pytest.raises(sender.SendingFailed):
        sender.send_due()
    assert left
    assert results(db) == {Result.SENT, None}


def test_old_deliveries_and_notices_are_removed(left, db, frozen):
    time = frozen("2026-11-19 09:05")
    told("sun", urgent=True)
    sender.send_due()
    time.on(days=31)
    sender.sweep()
    assert results(db) == set()
    assert db.session.scalar(db.select(Notice.id).limit(1))
    time.on(days=335)
    sender.sweep()
    assert db.session.scalar(db.select(Notice.id).limit(1)) is None


def test_an_outlet_that_is_down_waits_longer_each_time_and_stops_no_other(left, db, frozen, monkeypatch):
    time, tried = frozen("2026-11-19 09:05"), []

    def down(outlet, message):
        tried.append(outlet)
        if outlet is Outlet.MAIL:
            raise Unreachable("no route")

    monkeypatch.setattr(sender, "hand_over", down)
    told("zhang", "sun", urgent=True)
    with pytest.raises(sender.SendingFailed, match="no route"):
        sender.send_due()
    assert tried.count(Outlet.MAIL) == 1
    assert tried.count(Outlet.WECOM) > 0
    tried.clear()
    time.on(minutes=3)
    with pytest.raises(sender.SendingFailed):
        sender.send_due()
    assert tried == [Outlet.MAIL]
    monkeypatch.setattr(sender, "hand_over", lambda outlet, message: tried.append(outlet))
    time.on(hours=2)
    assert sender.send_due() == 2
    assert results(db) == {Result.SENT}


def test_what_is_refused_for_good_is_given_up_and_told(left, db, frozen, monkeypatch):
    frozen("2026-11-19 09:05")

    def refuse(_outlet, _message):
        raise Refused("status 410", is_final=True)

    monkeypatch.setattr(sender, "hand_over", refuse)
    told("zhang", key="ticket.office_return")
    with pytest.raises(sender.SendingFailed, match="410"):
        sender.send_due()
    assert Result.GIVEN_UP in results(db)


# --- the digest ----------------------------------------------------------------------------------


def digests(db):
    return list(db.session.scalars(db.select(Notice).where(Notice.text_key == digest.TEXT)))


def lines(login):
    who = actor_of(person(login).id)
    return [(line.text_key, line.about) for line in digest.seen_lines(who, digest.all_lines().get(who.id, []))]


def test_amber_goes_to_handler_and_head_red_also_to_the_clerks(db, frozen):
    time = frozen("2026-11-16 09:00")
    number = make_ticket(State.IN_PROGRESS).number  # due 23 November
    time.to("2026-11-19 08:30")
    assert lines("sun") == []
    time.to("2026-11-20 08:30")
    assert [lines(login) for login in ("sun", "zhang", "wang", "sun-colleague")] == [[("ticket.amber", number)]] * 2 + [
        []
    ] * 2
    time.to("2026-11-24 08:30")
    assert [lines(login) for login in ("sun", "zhang", "wang", "liu")] == [[("ticket.red", number)]] * 3 + [[]]


def test_what_nobody_accepted_and_what_nobody_told_is_named_too(db, frozen):
    time = frozen("2026-11-16 09:00")
    new, told_to = make_ticket(State.SUBMITTED).number, make_ticket(State.FEEDBACK_PENDING).number
    assert ("ticket.submit", new) in lines("wang")
    time.to("2026-11-23 09:00")
    assert ("ticket.debt", told_to) in lines("li")


def test_one_digest_a_day_on_working_days_from_half_past_eight(db, frozen):
    time = frozen("2026-11-16 09:00")
    make_ticket(State.IN_PROGRESS)
    counts = []
    for moment in (
        "11-24 08:29",
        "11-24 08:30",
        "11-24 08:31",
        "11-24 15:00",
        "11-25 20:30",
        "11-28 09:00",
        "12-07 11:00",
    ):
        time.to(f"2026-{moment}")
        counts.append(bool(digest.tell_all()))
        db.session.commit()
    assert counts == [False, True, False, False, False, False, True]  # night, Saturday, then a week that was missed
    assert len([one for one in digests(db) if one.recipient_id == person("sun").id]) == 2


def test_a_digest_leaves_by_mail_with_its_lines_of_that_moment(left, db, frozen):
    time = frozen("2026-11-16 09:00")
    ticket = make_ticket(State.IN_PROGRESS)
    time.to("2026-11-24 08:30")
    digest.tell_all()
    sender.send_due()
    letter = next(message for outlet, message in left if outlet is Outlet.MAIL and message.login == "sun")
    assert (letter.subject, letter.text) == ("连心每日汇总：1 件", f"{ticket.number} 已逾期。（研究落实）")
    assert Outlet.WECOM not in {outlet for outlet, _ in left}
