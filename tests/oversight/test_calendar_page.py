"""校历: a sheet is looked through, then confirmed; what moves is shown before it moves."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from liaison.calendars import in_force, published, queries
from liaison.calendars.models import CalendarDay, CalendarVersion, Term
from liaison.tickets.models import Ticket
from tests.calendars.files import DAY_HEAD, NEW_YEAR, SHIFTED, TERM_HEAD, TERM_LINE, csv, xlsx
from tests.calendars.moments import end
from tests.factories import go, make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality


@pytest.fixture(autouse=True)
def _forgotten(app):
    yield
    in_force.forget()


@pytest.fixture
def a7(frozen):
    """A7: COMPLEX, dispatched Mon 21 Dec. 2026, due Mon 11 Jan. 2027 暂定."""
    frozen("2026-12-21 10:00")
    return go(make_ticket(State.DISPATCHED, office="director", limit_class="complex"), "sign")


def upload(browser, data, name="校历.csv"):
    return browser.send("/calendar/preview", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def confirm(browser, preview):
    """Press the button of the page that showed the preview."""
    from tests import html
    from tests.client import forms

    (form,) = [form for form in forms(preview) if form.get("action").endswith("/calendar/confirm")]
    return browser.post("/calendar/confirm", data=html.form_fields(form))


@pytest.mark.parametrize(("login", "status"), [("director", 200), ("admin", 200), ("wang", 404), ("zhang", 404)])
def test_it_is_kept_by_the_director_and_the_administrator(sign_in_as, login, status):
    assert sign_in_as(login).get("/calendar").status_code == status


def test_the_page_shows_what_counts_now(sign_in_as):
    page = sign_in_as("director").get("/calendar").text
    assert "现行版本 2026-1" in page
    assert "2026 年的节假日与调休" in page
    assert "10月10日 周六" in page


def test_the_preview_names_what_would_move_and_writes_nothing(db, sign_in_as, a7):
    browser = sign_in_as("director")
    preview = upload(browser, csv(DAY_HEAD, NEW_YEAR))
    assert preview.status_code == 200
    assert a7.number in preview.text
    assert "2027年1月11日 周一" in preview.text
    assert "2027年1月12日 周二" in preview.text
    assert "会改日子的事项 1 件" in preview.text
    for table in (CalendarDay, CalendarVersion):
        assert db.session.scalars(select(table)).all() == []
    db.session.refresh(a7)
    assert (a7.due_at, a7.is_due_provisional) == (end("2027-01-11"), True)


def test_the_confirmation_does_exactly_what_was_shown(db, sign_in_as, a7):
    browser = sign_in_as("director")
    answer = confirm(browser, upload(browser, csv(DAY_HEAD, NEW_YEAR)))
    assert answer.status_code == 303
    db.session.refresh(a7)
    assert (a7.due_at, a7.is_due_provisional, a7.calendar_version) == (end("2027-01-12"), False, "2027-1")
    assert in_force.calendar().label == "2027-1"
    assert queries.labels() == ["2026-1", "2027-1"]
    assert "校历 2027-1 已启用" in browser.get("/calendar").text


def test_with_a_shifted_sunday_besides_only_the_mark_goes(db, sign_in_as, a7):
    browser = sign_in_as("director")
    preview = upload(browser, csv(DAY_HEAD, NEW_YEAR, SHIFTED))
    assert "只去掉“暂定”的 1 件" in preview.text
    confirm(browser, preview)
    db.session.refresh(a7)
    assert (a7.due_at, a7.is_due_provisional) == (end("2027-01-11"), False)


def test_a_workbook_brings_terms_and_days_at_once(db, sign_in_as):
    browser = sign_in_as("admin")
    book = xlsx(
        学期校历=[TERM_HEAD.split(","), TERM_LINE.split(",")], 节假日与调休=[DAY_HEAD.split(","), NEW_YEAR.split(",")]
    )
    confirm(browser, upload(browser, book, "校历.xlsx"))
    term = db.session.scalars(select(Term)).one()
    assert (term.term_no, term.teaching_weeks, term.exempt_weeks) == (1, 18, "12")
    assert "2026-2027学年第一学期" in browser.get("/calendar").text


def test_faults_are_shown_by_row_and_column_and_nothing_is_taken(db, sign_in_as):
    page = upload(sign_in_as("director"), csv(DAY_HEAD, NEW_YEAR, "2027-02-30,休,,,2027"))
    assert page.status_code == 422
    assert "第 3 行" in page.text
    assert "读不出日期" in page.text
    assert "/calendar/confirm" not in page.text


@pytest.mark.parametrize(("data", "words"), [(b"x", "没有找到校历的列"), (b"PKx", "打不开这个工作簿")])
def test_a_file_that_is_no_calendar_comes_back_with_a_sentence(sign_in_as, data, words):
    page = upload(sign_in_as("director"), data)
    assert page.status_code == 422
    assert words in page.text


def test_no_file_at_all_comes_back_with_a_sentence(sign_in_as):
    page = sign_in_as("director").send("/calendar/preview")
    assert page.status_code == 422
    assert "请选一个文件" in page.text


def test_somebody_else_was_faster(sign_in_as):
    director, admin = sign_in_as("director"), sign_in_as("admin")
    preview = upload(director, csv(DAY_HEAD, NEW_YEAR))
    confirm(admin, upload(admin, csv(TERM_HEAD, TERM_LINE)))
    answer = confirm(director, preview)
    assert answer.status_code == 409
    assert "刚才有人先保存了校历" in answer.text


def test_what_was_looked_through_cannot_be_changed_on_the_way_or_lent(db, sign_in_as):
    director = sign_in_as("director")
    preview = upload(director, csv(DAY_HEAD, NEW_YEAR))
    assert confirm(sign_in_as("admin"), preview).status_code in {400, 409}
    assert director.send("/calendar/confirm", {"rows": "x"}).status_code == 409
    assert db.session.scalars(select(CalendarDay)).all() == []


def test_restricted_tickets_are_counted_not_named(frozen, sign_in_as):
    frozen("2026-12-21 10:00")
    ticket = make_ticket(
        State.DISPATCHED, office="officer", limit_class="restricted", confidentiality=Confidentiality.RESTRICTED
    )
    page = upload(sign_in_as("director"), csv(DAY_HEAD, NEW_YEAR)).text
    assert ticket.number not in page
    assert "其中受限事项 1 件" in page


def test_a_table_that_comes_with_a_newer_program_is_offered_and_confirmed_the_same_way(db, sign_in_as, a7, monkeypatch):
    known, table = published.years(), published.table
    day = published.Exceptional(date(2027, 1, 1), published.ExceptionKind.OFF)
    browser = sign_in_as("director")
    confirm(browser, upload(browser, csv(TERM_HEAD, TERM_LINE)))  # the versions there are know nothing of it
    monkeypatch.setattr(published, "years", lambda: known | {2027})
    monkeypatch.setattr(published, "table", lambda year: (day,) if year == 2027 else table(year))
    page = browser.get("/calendar").text
    assert "2027 年的节假日表，还没有启用" in page
    preview = browser.send("/calendar/preview", {"program": "yes"})
    assert a7.number in preview.text
    confirm(browser, preview)
    db.session.refresh(a7)
    assert a7.due_at == end("2027-01-12")


def test_every_confirmation_is_recorded(db, sign_in_as, a7):
    from liaison.audit.models import AuditRow

    browser = sign_in_as("director")
    confirm(browser, upload(browser, csv(DAY_HEAD, NEW_YEAR)))
    row = db.session.scalars(select(AuditRow).where(AuditRow.deed == "calendar.saved")).one()
    assert (row.object, '"moved":1' in row.detail.replace(" ", "")) == ("2027-1", True)


def test_saving_a_calendar_changes_no_final_limit(db, sign_in_as, frozen):
    frozen("2026-11-18 10:00")
    tickets = [make_ticket(state) for state in (State.SUBMITTED, State.IN_PROGRESS, State.FEEDBACK_PENDING)]
    db.session.commit()
    wanted = select(*Ticket.__table__.columns).where(Ticket.id.in_([t.id for t in tickets])).order_by(Ticket.id)
    before = db.session.execute(wanted).all()
    browser = sign_in_as("director")
    confirm(browser, upload(browser, csv(DAY_HEAD, NEW_YEAR, "2026-11-20,休,校庆,,2026")))
    assert in_force.calendar().label == "2027-1"
    db.session.expire_all()
    assert db.session.execute(wanted).all() == before
