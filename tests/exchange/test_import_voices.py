"""导入诉求: a collection by the office, looked through first, all rows or none (rulings §13 «Imports»)."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import func, select

from liaison.core import clock, files
from liaison.core.db import db
from liaison.exchange import actions
from liaison.exchange.models import ImportBatch
from liaison.exchange.views import voices
from liaison.tickets.models import Ticket, Voice
from liaison.tickets.models.voices import Source
from tests.client import find_form
from tests.factories import actor, category_id, unit_id
from workflows.ticket_states import State

GOOD = "内容,地点,类别,日期\n三楼的热水器坏了,三号楼,03,2026-11-02\n食堂排队太久了,,,2026-11-03\n"
MIXED = "内容,地点,日期\n三楼的热水器坏了,月亮楼,2026-11-02\n短,,\n图书馆座位不够用,,后天\n"


@pytest.fixture(autouse=True)
def wednesday(frozen):
    frozen("2026-11-18 10:00")


@pytest.fixture
def wang(app, sign_in_as):
    category_id("03")
    for left in files.folder().glob("*.kept"):
        left.unlink()
    return sign_in_as("wang")


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def choose(browser, text, name="意见.csv"):
    """Send a file as a browser does; by hand, as the library's own way leaves its temporary file open."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.token()}\r\n',
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n',
    ]
    body = "".join(parts).encode() + (text if isinstance(text, bytes) else text.encode()) + b"\r\n--x--\r\n"
    return browser.post("/import", data=body, content_type="multipart/form-data; boundary=x")


def confirm(browser, looked_through):
    form = find_form(looked_through, "/import", to="/import/confirm", move=None)
    token = next(field.get("value") for field in form.iter("input") if field.get("name") == "token")
    return browser.send("/import/confirm", {"token": token})


# the page


def test_the_dry_run_shows_every_row_and_writes_nothing(wang):
    page = choose(wang, MIXED)
    assert page.status_code == 200
    assert "可以导入 1 条，其中 1 条有提示；不能导入 2 行" in page.text
    for words in ("第 2 行", "月亮楼", "第 3 行", "不到 5 个字", "第 4 行", "读不出来"):
        assert words in page.text
    assert count(Voice) == count(Ticket) == count(ImportBatch) == 0


def test_confirmed_rows_wait_to_be_accepted(wang):
    done = confirm(wang, choose(wang, GOOD))
    assert done.status_code == 303
    voices = list(db.session.scalars(select(Voice).order_by(Voice.id)))
    assert [voice.text for voice in voices] == ["三楼的热水器坏了", "食堂排队太久了"]
    assert {voice.source for voice in voices} == {Source.IMPORT}
    assert {voice.filed_by_id for voice in voices} == {actor("wang").id}
    assert voices[0].place_id == unit_id("dorm-3")
    tickets = list(db.session.scalars(select(Ticket).order_by(Ticket.id)))
    assert {ticket.state for ticket in tickets} == {State.SUBMITTED}
    assert [ticket.category_id for ticket in tickets] == [category_id("03"), None]
    assert clock.local(tickets[0].waits_since).date().isoformat() == "2026-11-02"
    assert "已导入 2 条" in wang.get("/import").text


def test_the_unit_a_table_suggests_is_read_at_the_triage(wang):
    """A hint, nothing more: whoever triages reads it in the history."""
    confirm(wang, choose(wang, "内容,部门\n三楼的热水器坏了,后勤处\n食堂排队太久了,别的单位\n"))
    first, second = db.session.scalars(select(Ticket.number).order_by(Ticket.id))
    assert "来件建议由后勤处办理" in wang.get(f"/tickets/{first}").text
    assert "别的单位" not in wang.get(f"/tickets/{second}").text


def test_rows_with_errors_stay_out_and_the_rest_comes_in(wang):
    assert confirm(wang, choose(wang, MIXED)).status_code == 303
    assert list(db.session.scalars(select(Voice.text))) == ["三楼的热水器坏了"]


def test_the_same_file_is_known_again(wang, sign_in_as):
    confirm(wang, choose(wang, GOOD))
    again = choose(sign_in_as("director"), GOOD, "换了个名字.csv")
    assert again.status_code == 422
    assert "这份文件已由王老师于" in again.text
    assert count(Voice) == 2


def test_confirming_twice_imports_once(wang):
    looked_through = choose(wang, GOOD)
    assert confirm(wang, looked_through).status_code == 303
    assert confirm(wang, looked_through).status_code == 409
    assert count(Voice) == 2


def test_two_dry_runs_of_one_file_import_once(wang):
    first, second = choose(wang, GOOD), choose(wang, GOOD)
    assert confirm(wang, first).status_code == 303
    assert confirm(wang, second).status_code == 409
    assert count(Voice) == 2


def test_nobody_confirms_what_another_chose(wang, sign_in_as):
    looked_through = choose(wang, GOOD)
    assert confirm(sign_in_as("director"), looked_through).status_code == 409
    assert count(Voice) == 0


def test_all_rows_or_none(wang, monkeypatch):
    looked_through = choose(wang, GOOD)
    filed = []

    def breaks_at_the_second(*args, **given):
        filed.append(given)
        if len(filed) == 2:
            raise actions.Conflict("没有电了")
        return raise_voice(*args, **given)

    raise_voice = actions.raise_voice
    monkeypatch.setattr(actions, "raise_voice", breaks_at_the_second)
    assert confirm(wang, looked_through).status_code == 409
    assert count(Voice) == count(Ticket) == count(ImportBatch) == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("内容,学号\n三楼的热水器坏了,1\n", "这些列不能进本系统：学号"),
        (b"\x00\xff\xfe\x01", "读不懂这个文件"),
        ("地点\n3号楼\n", "没有找到写诉求内容的列"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing(wang, app, data, words):
    page = choose(wang, data)
    assert page.status_code == 422
    assert words in page.text
    assert list(files.folder().glob("*.kept")) == []
    assert count(Voice) == 0


def test_no_file_is_a_sentence_beside_the_field(wang):
    page = wang.send("/import")
    assert page.status_code == 422
    assert "请选一个 CSV 文件。" in page.text


def test_long_files_come_by_command(wang, monkeypatch):
    monkeypatch.setattr(voices, "MOST_ROWS_HERE", 1)
    page = choose(wang, GOOD)
    assert page.status_code == 422
    assert "flask import-voices" in page.text


def test_a_file_larger_than_any_form_is_taken(wang):
    page = choose(wang, GOOD + f"{'长' * 1500}\n" * 700)  # 3 MB
    assert page.status_code == 200
    assert "不能导入 700 行" in page.text
    assert "另有 500 行没有列出" in page.text


def test_the_kept_file_goes_after_an_hour(wang):
    looked_through = choose(wang, GOOD)
    (kept,) = files.folder().glob("*.kept")
    long_ago = clock.now().timestamp() - files.KEPT_SECONDS - 1
    os.utime(kept, (long_ago, long_ago))
    assert confirm(wang, looked_through).status_code == 409
    assert list(files.folder().glob("*.kept")) == []


@pytest.mark.parametrize("login", ["li", "zhang", "sun", "liaison", "auditor", "admin", "desk"])
def test_others_have_no_such_page(sign_in_as, login):
    assert sign_in_as(login).get("/import").status_code in (403, 404)


# the command


@pytest.fixture
def run(app, tmp_path):
    category_id("03")
    db.session.commit()

    def with_file(text, *options):
        path = tmp_path / "意见.csv"
        path.write_bytes(text.encode("gb18030"))
        return app.test_cli_runner().invoke(args=["import-voices", str(path), *options])

    return with_file


def test_the_command_tries_first_where_asked(run):
    result = run(MIXED, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "预检：3 行，可导入 1 条，不能导入 2 行。" in result.output
    assert "第 3 行：" in result.output
    assert "热水器" not in result.output
    assert count(Voice) == 0


def test_the_command_files_in_the_name_of_a_clerk(run):
    assert run(GOOD, "--filer", "zhao-clerk").exit_code == 0
    assert set(db.session.scalars(select(Voice.filed_by_id))) == {actor("zhao-clerk").id}
    again = run(GOOD)
    assert again.exit_code == 1
    assert "不再重复" in again.output


def test_the_command_wants_a_clerk(run):
    result = run(GOOD, "--filer", "zhang")
    assert result.exit_code == 1
    assert "--filer" in result.output
