"""补充一句: one remark of the holder while somebody works on it; it reaches whoever has it."""

import pytest
from sqlalchemy import select

from liaison.notifications.models import Notice
from liaison.tickets.models import Remark, TicketEvent
from liaison.tickets.models.voices import RemarkKind
from tests import cast
from tests.feedback.conftest import TO_WORK, offered

MORE = "四楼也没有热水"


def remarks(db):
    db.session.commit()
    return db.session.scalars(select(Remark).order_by(Remark.id)).all()


def test_it_is_kept_beside_the_voice_and_in_the_history(db, voice, holder):
    held = voice(TO_WORK)
    page = holder.send("remark", held, text=MORE)
    assert "补充的话已经转给正在办的人" in page.text
    [remark] = remarks(db)
    assert (remark.kind, remark.text, remark.voice_id, remark.by_id) == (RemarkKind.REMARK, MORE, held.voice_id, None)
    event = db.session.scalars(select(TicketEvent).order_by(TicketEvent.id.desc())).first()
    assert (event.move, event.data) == ("remark", {"voice": held.voice_id})


@pytest.mark.parametrize(("road", "reader"), [(TO_WORK, "sun"), ("", "wang"), ("accept", "wang")])
def test_whoever_has_it_hears_of_it(db, voice, holder, road, reader):
    held = voice(road)
    before = len(notices(db, reader, held))
    holder.send("remark", held, text=MORE)
    assert len(notices(db, reader, held)) == before + 1


def notices(db, login, held):
    db.session.commit()
    mine = select(Notice).where(Notice.recipient_id == cast.person(login).id, Notice.about == held.number)
    return db.session.scalars(mine).all()


@pytest.mark.parametrize("road", ["", TO_WORK])
def test_the_office_reads_it_on_the_page_of_the_ticket(voice, holder, sign_in_as, road):
    held = voice(road)
    holder.send("remark", held, text=MORE)
    page = sign_in_as("wang").get(f"/tickets/{held.number}").text
    assert MORE in page
    assert "反映人 补充了一句。" in page


def test_there_is_one_and_pressing_twice_is_harmless(db, voice, holder):
    held = voice(TO_WORK)
    holder.send("remark", held, text=MORE)
    again = holder.send("remark", held, text="再说一句")
    assert (again.status_code, "补充的话已经转给" in again.text) == (200, True)
    assert [remark.text for remark in remarks(db)] == [MORE]
    assert "remark" not in offered(holder.open(held.code))


def test_each_voice_of_a_merged_matter_has_its_own(db, voice, holder):
    first, second = voice("accept"), voice("accept")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    holder.send("remark", second, text="二楼也是")
    holder.send("remark", first, text=MORE)
    assert [(remark.voice_id, remark.ticket_id) for remark in remarks(db)] == [
        (second.voice_id, first.ticket.id),
        (first.voice_id, first.ticket.id),
    ]


def test_a_question_is_answered_before_a_remark_is_made(voice, holder):
    held = voice("accept ask_info")
    assert offered(holder.open(held.code)) == {"supplement"}
    assert holder.send("remark", held, text=MORE).status_code == 409


def test_when_it_is_over_nothing_is_added(db, voice, holder):
    held = voice("accept redirect")
    assert holder.send("remark", held, text=MORE).status_code == 409
    assert not remarks(db)


@pytest.mark.parametrize("text", ["", " \n ", "长" * 501, "身份证11010519491231002X"])
def test_what_cannot_be_used_is_said_beside_the_field(db, voice, holder, text):
    page = holder.send("remark", voice(TO_WORK), text=text)
    assert page.status_code == 422
    assert 'class="error"' in page.text
    assert not remarks(db)
