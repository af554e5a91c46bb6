"""联系前一页: before a visit one reads what is open there, and tells what can be told (domain.md §4.11)."""

import pytest

from liaison.tickets.models import Telling, Voice
from tests import cast
from tests.factories import go, make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

CHOOSE = "/contacts/briefs"


@pytest.fixture
def here(db, frozen):
    """The page of 3号楼, at a fixed time; make_ticket raises at 3号楼 for 李书记."""
    frozen("2026-11-20 15:00")
    return f"{CHOOSE}/{cast.unit('dorm-3').id}"


def part(page, title):
    return page.text.split(f">{title}</h2>")[1].split("</section>")[0] if f">{title}</h2>" in page.text else ""


def voice_of(db, ticket):
    return db.session.scalars(db.select(Voice.id).filter_by(ticket_id=ticket.id)).one()


def test_what_can_be_told_comes_first_with_ready_words_and_is_told_with_one_tap(db, here, sign_in_as):
    ticket, browser = make_ticket(State.FEEDBACK_PENDING), sign_in_as("li")
    page = browser.get(here)
    assert ticket.number in part(page, "今天可以告诉同学的")
    assert "已解决。" in part(page, "今天可以告诉同学的")
    pressed = {"version": str(ticket.version)}  # of the button
    done = browser.submit(here, pressed, to=f"{here}/told/{ticket.number}/{voice_of(db, ticket)}")
    assert (done.status_code, done.location) == (303, here)
    db.session.refresh(ticket)
    (telling,) = db.session.scalars(db.select(Telling)).all()
    assert (ticket.state, telling.channel.value, telling.by_id) == (
        State.FEEDBACK_GIVEN,
        "face_to_face",
        cast.person("li").id,
    )
    assert ticket.number not in part(browser.get(here), "今天可以告诉同学的")


def test_what_is_still_worked_on_says_its_stage_and_what_was_promised(here, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    still_open = part(sign_in_as("li").get(here), "还在办的")
    assert ticket.number in still_open
    assert "前答复" in still_open


def test_what_was_told_after_the_last_visit_stands_apart_from_what_was_told_before(
    db, here, frozen, sign_in_as, file_one
):
    frozen("2026-11-09 10:00")
    before = make_ticket(State.FEEDBACK_GIVEN)
    file_one(sign_in_as("li"), at="2026-11-12 19:00")
    frozen("2026-11-16 10:00")
    after = make_ticket(State.FEEDBACK_PENDING)
    go(after, "tell")
    go(after, "close")
    go(before, "close")
    page = sign_in_as("li").get(here)
    assert "上次有人来：11月12日" in page.text
    since = part(page, "上次走访以后告知的")
    assert (after.number in since, before.number in since) == (True, False)
    assert before.number in page.text


def test_restricted_matters_and_other_places_are_not_in_it(db, here, sign_in_as):
    restricted = make_ticket(State.IN_PROGRESS)
    restricted.confidentiality = Confidentiality.RESTRICTED
    elsewhere = make_ticket(State.IN_PROGRESS)
    elsewhere.place_id = cast.unit("canteen-1").id
    db.session.commit()
    page = sign_in_as("director").get(here).text
    assert restricted.number not in page
    assert elsewhere.number not in page


def test_nobody_reads_there_what_he_may_not_see(here, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)
    assert ticket.number in sign_in_as("wang").get(here).text
    assert ticket.number not in sign_in_as("noise-leader").get(here).text


def test_only_who_may_tell_tells_and_twice_is_refused_kindly(db, here, sign_in_as):
    ticket = make_ticket(State.FEEDBACK_PENDING)
    address = f"{here}/told/{ticket.number}/{voice_of(db, ticket)}"
    assert "已当面告知" not in sign_in_as("noise-leader").get(here).text
    assert sign_in_as("noise-leader").send(address, {"version": ticket.version}).status_code == 404
    browser, drawn = sign_in_as("li"), ticket.version
    assert browser.send(address, {"version": drawn}).status_code == 303
    assert browser.send(address, {"version": drawn}).status_code == 409
    assert len(db.session.scalars(db.select(Telling)).all()) == 1


def test_places_at_hand_and_places_found_lead_to_it(here, sign_in_as):
    browser = sign_in_as("li")
    assert f'href="{here}"' in browser.get(CHOOSE).text  # a link of his
    assert f'href="{here}"' in sign_in_as("wang").get(f"{CHOOSE}?q=3号楼").text
    assert "没有这个名字的地点" in browser.get(f"{CHOOSE}?q=没有这里").text
    assert CHOOSE in browser.get("/contacts/").text


def test_a_place_nobody_knows_and_who_meets_nobody_get_no_page(here, sign_in_as, client):
    assert sign_in_as("li").get(f"{CHOOSE}/987654321").status_code == 404
    assert sign_in_as("sun").get(here).status_code == 404
    assert "/sign-in" in client.get(here).location


def test_it_takes_the_same_few_statements_however_much_was_raised(here, sign_in_as, queries):
    browser = sign_in_as("li")
    make_ticket(State.FEEDBACK_PENDING)
    browser.get(here)
    for state in (State.FEEDBACK_PENDING, State.IN_PROGRESS, State.FEEDBACK_GIVEN):
        make_ticket(state)
    for most in (11, 7):  # what he reads there for the first time is noted, once, in four more
        with queries() as asked:
            assert browser.get(here).status_code == 200
        assert len(asked) <= most, "\n".join(asked)


@pytest.mark.parametrize("version", ["9" * 30, "x", ""])
def test_a_version_that_is_none_loses_the_race(version, db, here, sign_in_as):
    ticket = make_ticket(State.FEEDBACK_PENDING, place="dorm-3")
    db.session.commit()
    where = f"{here}/told/{ticket.number}/{voice_of(db, ticket)}"
    assert sign_in_as("li").send(where, {"version": version}).status_code == 409
