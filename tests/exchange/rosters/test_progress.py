"""A long import goes on by itself, tells how far it is, and is whole or not at all."""

from __future__ import annotations

import json
import os
import threading

import pytest
from sqlalchemy import func, select

from liaison.core import files, jobs
from liaison.core.db import db
from liaison.exchange.models import RosterImport
from liaison.exchange.rosters import writing
from tests.exchange.rosters.books import TEACHER, book, everything
from tests.exchange.rosters.pages import choose, confirm, follow
from tests.factories import actor

GOOD = book(person=TEACHER)
NOBODY = 2**22 + 1  # no process has this number


@pytest.fixture
def director(app, sign_in_as):
    return sign_in_as("director")


@pytest.fixture
def held(monkeypatch):
    """Writing waits until the test lets it go on."""
    reached, let_go = threading.Event(), threading.Event()
    write = writing.write

    def slow(plan, closings, close, who, told):
        told(3, 9)
        reached.set()
        assert let_go.wait(20)
        return write(plan, closings, close, who, told)

    monkeypatch.setattr(writing, "write", slow)
    monkeypatch.setattr(jobs, "PATIENCE", 0.05)
    yield reached, let_go
    let_go.set()


def test_how_far_it_is_can_be_followed_without_a_script(director, held):
    reached, let_go = held
    page = choose(director, GOOD)
    address = page.request.path
    form = {"mark": page.text.split('name="mark"')[1].split('value="')[1].split('"')[0]}
    answer = director.send(f"{address}/confirm", form)
    assert reached.wait(10)
    shown = director.get(answer.location)
    assert shown.headers["Refresh"] == "2"
    assert "已处理 3 行，共 9 行。" in shown.text
    let_go.set()
    assert "写入的行" in follow(director, director.get(address)).text
    assert db.session.scalar(select(func.count()).select_from(RosterImport)) == 1


def test_whatever_breaks_on_the_way_leaves_nothing(director, monkeypatch):
    before, looked_through = everything(), choose(director, GOOD)

    def breaks(*_deed, **_detail):
        raise RuntimeError("没有电了")

    monkeypatch.setattr(writing.audit, "append", breaks)  # the last thing before the end
    page = confirm(director, looked_through)
    assert "什么都没有写入" in page.text
    assert "没有电了" not in page.text
    monkeypatch.undo()
    assert everything() == before
    assert "写入的行" in confirm(director, page).text  # the file is still there: once more is enough


def test_a_process_that_died_says_so_and_the_file_is_still_there(director):
    page = choose(director, GOOD)
    token = page.request.path.rsplit("/", 1)[1]
    dead = {"name": "writing", "pid": NOBODY, "done": 5, "total": 9}
    files.keep(actor("director").id, json.dumps(dead).encode(), token, "job")
    again = director.get(page.request.path)
    assert "服务器重启过，这一步没有做完" in again.text
    assert "写入的行" in confirm(director, again).text


def test_who_is_at_it_in_another_process_is_waited_for(director):
    page = choose(director, GOOD)
    token = page.request.path.rsplit("/", 1)[1]
    busy = {"name": "writing", "pid": os.getppid(), "done": 5, "total": 9}
    files.keep(actor("director").id, json.dumps(busy).encode(), token, "job")
    assert "已处理 5 行" in director.get(page.request.path).text


def test_a_thread_that_is_gone_is_no_progress(director):
    page = choose(director, GOOD)
    token = page.request.path.rsplit("/", 1)[1]
    gone = {"name": "reading", "pid": os.getpid()}
    files.keep(actor("director").id, json.dumps(gone).encode(), token, "job")
    assert "服务器重启过" in director.get(page.request.path).text
