"""台账、督办清单、事项卡: what one may see, as files; each with its purpose, without formulas, without secrets."""

import json
import os
import re
import threading
import tracemalloc
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from openpyxl import load_workbook

from liaison import tick
from liaison.audit.models import AuditRow, AuditText
from liaison.core import clock, files, jobs
from liaison.oversight import ledger_sheet
from liaison.oversight.views import written_files
from liaison.tickets.actions import orders
from liaison.tickets.models.orders import Grade
from tests.exchange.rosters.pages import follow
from tests.factories import ANSWER, TEXT, actor, make_ticket
from workflows.ticket_states import State

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1"]

HIDDEN = {"confidentiality": "restricted", "office": "officer", "limit_class": "restricted"}


@pytest.fixture
def november(db, frozen):
    time = frozen("2026-11-05 10:00")
    found = {
        "closed": make_ticket(State.CLOSED),
        "other": make_ticket(State.IN_PROGRESS, lead="it-centre"),
        "hidden": make_ticket(State.IN_PROGRESS, **HIDDEN),
    }
    time.to("2026-10-20 10:00")
    found["earlier"] = make_ticket(State.SUBMITTED)
    db.session.commit()
    time.to("2026-11-19 10:00")
    return found


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Short files come at once, however slow this machine is."""
    monkeypatch.setattr(jobs, "PATIENCE", 30)


def take(browser, **more):
    given = {"what": "ticket", "first": "2026-11-01", "last": "2026-11-30", "purpose": "月度例会", **more}
    return browser.submit("/ledger", given, to="/ledger")


def read(answer):
    book = load_workbook(BytesIO(answer.data))
    rows = list(book[book.sheetnames[1]].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]], book


def test_one_row_for_each_matter_of_the_days_that_one_may_see(november, sign_in_as):
    rows, book = read(take(sign_in_as("wang")))
    assert {row["编号"] for row in rows} == {november["closed"].number, november["other"].number}
    closed = next(row for row in rows if row["编号"] == november["closed"].number)
    assert (closed["办理结果"], closed["销号"], closed["诉求"], closed["主办单位"]) == ("已解决", "是", 1, "后勤保障处")
    assert closed["提出"].date() == date(2026, 11, 5)  # a date, not words
    sheet = book["事项台账"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("B2", True)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet.print_title_rows, "&P" in (sheet.oddFooter.center.text or "")) == ("$1:$1", True)
    said = " ".join(str(cell.value) for row in book["说明"] for cell in row)
    assert all(words in said for words in ("内部资料", "2026-11-19 10:00 生成", "王老师", "用途：月度例会"))


def test_a_head_has_those_of_his_unit(november, sign_in_as):
    rows, _book = read(take(sign_in_as("zhang")))
    assert [row["编号"] for row in rows] == [november["closed"].number, november["hidden"].number]
    assert rows[1]["事项"] == "受限事项"  # he reads it on its page, where each look is recorded


def test_a_restricted_matter_is_a_number_with_dates(november, sign_in_as):
    rows, _book = read(take(sign_in_as("director")))
    hidden = next(row for row in rows if row["编号"] == november["hidden"].number)
    assert hidden["事项"] == "受限事项"
    assert {name for name, value in hidden.items() if value} == {"编号", "事项", "提出", "交办", "期限", "原时限"}


def test_the_order_of_a_restricted_matter_is_its_numbers_with_dates(db, november, sign_in_as):
    orders.issue(november["hidden"], actor=actor("director"), demand="请查清原因", due_on=date(2026, 11, 24))
    db.session.commit()
    (row,), _book = read(take(sign_in_as("director"), what="order"))
    assert {name for name, value in row.items() if value} == {"文号", "事项编号", "下达", "回复期限"}


def test_orders_have_a_list_of_their_own(db, november, sign_in_as):
    given = {"demand": "=请查清原因", "due_on": date(2026, 11, 24), "grade": Grade.ORDER}
    orders.issue(november["other"], actor=actor("director"), **given)
    db.session.commit()
    (row,), book = read(take(sign_in_as("director"), what="order"))
    assert (row["文号"], row["事项编号"], row["督办要求"]) == ("督〔2026〕1号", november["other"].number, "=请查清原因")
    assert book["督办清单"]["F2"].data_type == "s"
    assert read(take(sign_in_as("zhang"), what="order"))[0] == []  # another unit's


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_ever_a_formula(db, november, sign_in_as, text):
    november["closed"].title = text
    db.session.commit()
    cell = read(take(sign_in_as("wang")))[1]["事项台账"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_it_is_recorded_who_took_what_for_what(db, november, sign_in_as):
    browser = sign_in_as("auditor")
    assert take(browser, purpose=" ").status_code == 422
    assert take(browser, first="2026-12-01").status_code == 422
    take(browser)
    row = db.session.scalars(db.select(AuditRow).filter_by(deed="ledger.exported")).one()
    assert (row.object, '"rows":2' in row.detail, "sha256" in row.detail) == ("2026-11-01至2026-11-30", True, True)
    assert db.session.scalars(db.select(AuditText.text).filter_by(seq=row.seq)).one() == "月度例会"


@pytest.mark.parametrize("login", ["li", "sun", "liaison", "officer", "admin"])
def test_nobody_else_takes_it(login, november, sign_in_as):
    browser = sign_in_as(login)
    assert browser.get("/ledger").status_code == 404
    assert browser.get(f"/ledger/{november['closed'].number}").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client):
    assert "/sign-in" in client.get("/ledger").location


def test_the_statements_do_not_grow_with_the_rows(db, november, sign_in_as, queries):
    browser = sign_in_as("wang")
    take(browser)
    with queries() as few:
        take(browser)
    for _n in range(5):
        make_ticket(State.SUBMITTED)
    db.session.commit()
    with queries() as more:
        take(browser)
    assert len(more) == len(few) <= 12, "\n".join(more)


def test_the_memory_does_not_grow_with_the_rows():
    empty = "number ticket due_on answered_at issued_at answer result demand unit".split()
    row = SimpleNamespace(**dict.fromkeys(empty))
    row.confidentiality, row.grade, row.cause, row.state = None, Grade.ORDER, Grade.ORDER, Grade.ORDER

    def peak(rows):
        tracemalloc.start()
        ledger_sheet.write_orders((row for _n in range(rows)), BytesIO(), ["督办清单"])
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(3000) < peak(300) + 300_000


def test_a_long_list_is_written_while_others_write_and_fetched_when_it_is_there(db, november, sign_in_as, monkeypatch):
    reached, let_go, write = threading.Event(), threading.Event(), ledger_sheet.write_tickets

    def slow(rows, into, said):
        first = next(rows)
        reached.set()
        assert let_go.wait(20)
        return write(chain([first], rows), into, said)

    monkeypatch.setattr(ledger_sheet, "write_tickets", slow)
    monkeypatch.setattr(jobs, "PATIENCE", 0.05)
    browser = sign_in_as("wang")
    where = take(browser).location
    assert reached.wait(20)
    shown = browser.get(where)
    assert (shown.headers["Refresh"], "共 2 行" in shown.text) == ("2", True)
    assert browser.get(f"{where}/content").status_code == 404
    with db.engine.begin() as another:
        another.execute(db.text("UPDATE person SET name = name"))  # SQLite has one writer: nobody waits for the file
    let_go.set()
    ready = follow(browser, browser.get(where))
    assert f'href="{where}/content"' in ready.text
    for _twice in range(2):
        assert len(read(browser.get(f"{where}/content"))[0]) == 2
    assert {sign_in_as("director").get(url).status_code for url in (where, f"{where}/content")} == {404}  # another's
    assert db.session.scalar(db.select(db.func.count()).where(AuditRow.deed == "ledger.exported")) == 1


def test_a_job_of_another_kind_is_no_file(november, sign_in_as):
    token = files.new_token()
    files.keep(actor("wang").id, json.dumps({"name": "reading", "pid": 1, "is_over": True}).encode(), token, "job")
    assert [sign_in_as("wang").get(f"/files/{token}{more}").status_code for more in ("", "/content")] == [404, 404]


def test_who_may_no_longer_ask_for_it_fetches_nothing(november, sign_in_as, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE", 0)
    browser = sign_in_as("wang")
    where = take(browser).location
    monkeypatch.setattr(written_files, "may", lambda _actor, _action: False)
    assert [browser.get(f"{where}{more}").status_code for more in ("", "/content")] == [404, 404]


def test_a_file_that_goes_while_they_are_looked_through_breaks_nothing(november, sign_in_as, monkeypatch):
    take(sign_in_as("wang"))
    kept, *_others = files.folder().glob("*.xlsx")
    stat = Path.stat

    def taken_meanwhile(path, **how):
        if path == kept:
            path.unlink(missing_ok=True)
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", taken_meanwhile)
    assert files.sweep() == 0


def test_what_nobody_fetches_is_gone_after_an_hour(november, sign_in_as):
    take(sign_in_as("wang"))
    long_ago = clock.now().timestamp() - files.KEPT_SECONDS - 1
    for kept in files.folder().iterdir():
        os.utime(kept, (long_ago, long_ago))
    tick.tidy_up()
    assert list(files.folder().iterdir()) == []


def test_the_card_is_one_page_without_who_raised_it(db, november, sign_in_as):
    browser = sign_in_as("wang")
    number = november["closed"].number
    assert f'href="/ledger/{number}"' in browser.get(f"/tickets/{number}").text
    page = browser.get(f"/ledger/{number}").text
    answer = browser.post_form(f"/ledger/{number}", {"purpose": "交接"})
    word = [[cell.text for cell in row.cells] for table in Document(BytesIO(answer.data)).tables for row in table.rows]
    said = dict(word)
    assert said["诉求原话"] == TEXT
    assert said["答复"] == f"已解决：{ANSWER}"
    assert "2026-11-05 交办" in said["办理经过"]
    assert all(value.split("\n")[0] in page for value in said.values())
    assert not [name for name in ("李书记", "孙师傅") if name in page.split("<main")[1] or name in str(word)]
    assert sum(len(value) // 28 + value.count("\n") + 1 for value in said.values()) < 34  # lines of one page
    deeds = [row.deed for row in db.session.scalars(db.select(AuditRow).filter_by(object=number))]
    assert deeds.count("card.exported") == 3  # twice looked at for printing, once taken as a file


def test_the_card_of_a_restricted_matter_says_nothing_of_it(november, sign_in_as):
    number = november["hidden"].number
    assert sign_in_as("wang").get(f"/ledger/{number}").status_code == 404
    page = sign_in_as("director").get(f"/ledger/{number}").text
    assert "受限事项" in page
    assert TEXT not in page
    assert re.findall(r'class="unbroken">([^<]+)<', page) == ["事项", "日期"]
