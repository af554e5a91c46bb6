"""历史台账 (sheet 17): an old Excel ledger comes in, is searched, and moves nothing that the system counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from liaison import tick
from liaison.core.db import db
from liaison.exchange.models import RosterImport
from liaison.exchange.rosters import undoing
from liaison.people.actions import roles
from liaison.people.words import Role
from liaison.tickets.models import LegacyTicket
from liaison.tickets.queries import legacy
from tests import cast
from tests.calendars.files import xlsx
from tests.exchange.rosters.books import book, everything, planned, taken_in
from tests.exchange.rosters.pages import choose, confirm
from tests.factories import actor, category_id, make_ticket
from workflows.ticket_states import State
from workflows.ticket_words import Outcome

pytestmark = pytest.mark.usefixtures("app")
OLD = {
    "number": "2019-007",
    "received_on": "2019-03-05",
    "text": "三号楼的路灯整晚不亮",
    "category": "环境与维修",
    "unit": "后勤保障处",
    "ended_on": "2019-03-12",
    "outcome": "A",
    "source": "书记信箱",
}
UNNUMBERED = {"received_on": "2018年9月1日", "text": "食堂周末太早关门", "unit": "膳食科"}


def ledger(count: int) -> list[dict[str, str]]:
    first = date(2015, 1, 5)
    return [
        OLD | {"number": f"Y{n:03}", "received_on": f"{first + timedelta(days=n)}", "outcome": "ABCD"[n % 4]}
        for n in range(count)
    ]


def rows():
    return db.session.scalars(select(LegacyTicket).order_by(LegacyTicket.received_on)).all()


def test_a_ledger_comes_in_as_it_was_written():
    taken_in(book(legacy_ticket=[OLD, UNNUMBERED]), login="director")
    unnumbered, numbered = rows()
    assert (numbered.number, numbered.ended_on, numbered.outcome) == ("2019-007", date(2019, 3, 12), Outcome.A)
    assert (numbered.category, numbered.unit, numbered.source) == ("环境与维修", "后勤保障处", "书记信箱")
    assert numbered.unit_id is not None
    assert (unnumbered.received_on, unnumbered.unit, unnumbered.unit_id) == (date(2018, 9, 1), "膳食科", None)


def test_the_same_ledger_again_changes_nothing_and_a_corrected_line_is_the_same_line():
    taken_in(book(legacy_ticket=[OLD, UNNUMBERED]), login="director")
    plan = planned(book(legacy_ticket=[OLD | {"text": "四号楼的路灯整晚不亮"}, UNNUMBERED]), "director")
    assert [(step.wish.label, step.headings) for step in plan.steps] == [("2019-007", ["内容"])]
    assert plan.same["legacy_ticket"] == 1


def test_it_is_taken_back_as_any_other_sheet():
    before = everything()
    key = taken_in(book(legacy_ticket=ledger(50)), login="director")
    assert len(rows()) == 50
    assert undoing.undo(db.session.get_one(RosterImport, key), actor("director")).stay == []
    assert everything() == before


def test_what_does_not_belong_into_the_open_stays_out():
    category_id("19")
    wrong = [
        OLD | {"number": "1", "category": "教职工行为"},
        OLD | {"number": "2", "category": "19"},
        OLD | {"number": "3", "text": "退费打到 6222 0212 3456 7890 128 这张卡"},
        OLD | {"number": "4", "received_on": "2999-01-01", "ended_on": None},
        OLD | {"number": "5", "ended_on": "2019-03-04"},
        OLD | {"number": "6", "outcome": "很好"},
    ]
    faults = planned(book(legacy_ticket=wrong), "director").faults
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "分类"), (3, "分类"), (4, "内容"), (5, "收到日期"), (6, "办结日期"), (7, "结果"),
    ]  # fmt: skip


def test_what_is_worth_a_look_is_said():
    again = UNNUMBERED | {"number": "again"}  # each unknown name is said once
    told = planned(
        book(legacy_ticket=[UNNUMBERED, again, OLD | {"text": "那位同学叫小明，电话 13812345678"}]), "director"
    )
    assert [(one.row, one.column) for one in told.warnings] == [(2, "主办单位"), (4, "内容")]
    assert not told.faults


def test_columns_about_people_are_dropped_and_lists_of_names_refused(sign_in_as):
    head = ["收到日期", "内容", "学生姓名", "学号"]
    few = choose(sign_in_as("director"), xlsx(历史台账=[head, ["2019-03-05", "路灯整晚不亮", "某某", "2019001"]]))
    assert "2 列：学号、学生姓名" in few.text
    many = [["2019-03-05", f"第 {n} 盏路灯不亮", "某某", "1"] for n in range(50)]
    assert "疑似学生名单" in choose(sign_in_as("director"), xlsx(历史台账=[head, *many])).text


def test_the_director_takes_it_in_not_the_administrator(sign_in_as):
    data, director = book(legacy_ticket=OLD), sign_in_as("director")
    assert "这张表由党政办主任导入。" in choose(sign_in_as("admin"), data).text
    page = confirm(director, choose(director, data))
    assert "17 历史台账" in page.text
    assert OLD["text"] not in page.text
    roles.grant_role(cast.person("admin"), Role.HANDLER, cast.unit("logistics"), cast.LONG_AGO, actor_id=None)
    db.session.commit()
    found = sign_in_as("admin").send("/rosters/export", {"sheet": "legacy_ticket"})
    assert found.status_code == 403  # who reads a few of the texts does not take all of them away
    assert director.send("/rosters/export", {"sheet": "legacy_ticket"}).status_code == 200


@pytest.mark.parametrize(
    ("login", "finds"),
    [("wang", 2), ("director", 2), ("auditor", 2), ("zhang", 1), ("sun", 1), ("chen", 1), ("liu", 0), ("li", 0)],
)
def test_who_finds_what(sign_in_as, login, finds):
    """The office everything; a department what it did; a leader what those he supervises did."""
    taken_in(book(legacy_ticket=[OLD, UNNUMBERED]), login="director")
    page = sign_in_as(login).get("/tickets/legacy")
    assert (page.status_code, page.text.count('<th scope="row">')) == (200, finds)
    assert legacy.count(actor(login), "") == finds


def test_others_have_no_such_page_and_strangers_sign_in(sign_in_as, client):
    assert sign_in_as("admin").get("/tickets/legacy").status_code == 404
    assert "/sign-in" in client.get("/tickets/legacy").location


def test_it_is_searched_by_every_word_and_from_the_list_of_matters(sign_in_as, queries):
    taken_in(book(legacy_ticket=[OLD, UNNUMBERED, *ledger(30)]), login="director")
    wang = sign_in_as("wang")
    for words in ("2019-007", "y007", "周末太早", "膳食科"):
        found = wang.get(f"/tickets/legacy?text={words}").text
        assert found.count('<th scope="row">') == 1, words
    assert "历史台账里没有这样的事项。" in wang.get("/tickets/legacy?text=100%").text
    assert "历史台账里另有 31 件" in wang.get("/tickets/?text=路灯").text
    with queries() as asked:
        page = wang.get("/tickets/legacy?text=路灯").text
    assert len(asked) <= 6
    (older,) = re.findall(r'rel="next" href="([^"]+)"', page)
    assert wang.get(older.replace("&amp;", "&")).text.count('<th scope="row">') == 6


SHOWN = {  # every place that counts, lists, owes or asks, and who looks there
    "director": "/dashboard /figures /reports /queue /notifications/ /supervision /checks /prompts/office /progress",
    "zhang": "/figures /queue /tickets/ /duties",
    "li": "/tickets/ /duties /contacts/briefs",
}


def shown(sign_in_as):
    """What those pages say, without the tokens of their forms."""
    told = {}
    for login, addresses in SHOWN.items():
        browser = sign_in_as(login)
        for address in [*addresses.split(), "/board"]:
            page = browser.get(address)
            assert page.status_code == 200, address
            told[login, address] = re.sub(r'(value|nonce|name="form_id" value)="[^"]{20,}"', "", page.text)
    return told


def test_fifty_old_matters_move_nothing(sign_in_as, frozen):
    """No figure, queue, debt, prompt, board or report; and no job of the clock has anything to do with them."""
    frozen("2026-11-18 10:00")
    for state in (State.SUBMITTED, State.IN_PROGRESS, State.FEEDBACK_PENDING, State.CLOSED):
        make_ticket(state)
    db.session.commit()
    tick.run()
    before, looked = everything("legacy_ticket", "notice", "delivery"), shown(sign_in_as)
    taken_in(book(legacy_ticket=ledger(50)), login="director")
    tick.run()
    assert db.session.scalar(select(func.count()).select_from(LegacyTicket)) == 50
    assert everything("legacy_ticket", "notice", "delivery") == before
    now = shown(sign_in_as)
    assert [place for place, words in looked.items() if now[place] != words] == []
