"""三个纳入: on a numbered request, the person's own view first, his line only, printed as it was issued."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from docx import Document

from liaison.audit.models import AuditRow, AuditText
from liaison.notifications.models import Notice
from liaison.oversight import waiting
from liaison.oversight.reports.statement import statement
from liaison.oversight.reports.statement_models import Stance, Statement
from liaison.programmes.words import ContactKind
from tests.cast import person
from tests.factories import make_ticket
from workflows.ticket_states import State

CHARACTERS = 27  # of 3号 in one line of the type area
REQUEST = {"number": "组函〔2026〕12号", "purpose": "干部任用", "first": "2026-09-01", "last": "2026-11-18"}


@pytest.fixture
def asked(db, frozen, fujian, held, sign_in_as):
    """李书记 went to building 3 with two problems; the request is entered on the 18th of November."""
    time = frozen("2026-11-05 15:00")
    held("li", "2026-11-05 15:00", ContactKind.ENTER_DORM, heard=2)
    db.session.commit()
    time.to("2026-11-18 10:00")
    browser = sign_in_as("director")
    answer = browser.submit("/statements", {**REQUEST, "person": str(person("li").id)}, to="/statements")
    assert answer.status_code == 303
    return {"time": time, "url": answer.location, "director": browser}


def row_of(db):
    return db.session.scalars(db.select(Statement)).one()


def test_the_person_is_told_at_once_and_in_the_digest(db, asked):
    told = db.session.scalars(db.select(Notice).filter_by(text_key="paper.statement")).one()
    assert (told.recipient_id, told.path) == (person("li").id, asked["url"])
    assert "组函〔2026〕12号" in [line.about for line in waiting.waiting()[person("li").id]]


def test_it_waits_for_the_person_five_working_days(db, asked, sign_in_as):
    assert row_of(db).due_on == date(2026, 11, 25)
    issue = f"{asked['url']}/issue"
    assert asked["director"].submit(asked["url"], to=issue).status_code == 409
    asked["time"].to("2026-11-26 09:00")
    browser = sign_in_as("director")
    assert browser.submit(asked["url"], to=issue).status_code == 303
    assert "本人在规定的时间内没有提出意见。" in browser.get(asked["url"]).text


def test_his_view_comes_first_word_for_word(db, asked, sign_in_as):
    browser = sign_in_as("li")
    deed = f"{asked['url']}/answer"
    assert browser.submit(asked["url"], {"stance": "objected", "note": " "}, to=deed).status_code == 422
    browser.submit(asked["url"], {"stance": "objected", "note": "九月在外培训，没有扣除。"}, to=deed)
    assert row_of(db).stance is Stance.OBJECTED
    asked["director"].submit(asked["url"], to=f"{asked['url']}/issue")
    word = Document(BytesIO(asked["director"].submit(asked["url"], to=f"{asked['url']}/file").data))
    lines = [one.text for one in word.paragraphs if one.text]
    first = lines.index("一、本人意见")
    assert lines[first + 1 : first + 3] == ["2026年11月18日，本人：有异议，本人说明如下：", "九月在外培训，没有扣除。"]
    assert "本期联系1次，联系中听到并提交诉求2条，已告知反映人0/2。" in lines
    assert lines[-1] == "2026年11月18日"
    assert len(next(one for one in lines if one.startswith("本人签字"))) + 2 <= CHARACTERS
    assert browser.send(deed, {"stance": "confirmed"}).status_code == 409  # it has left the house


def test_it_says_nothing_of_anybody_else(asked):
    page = asked["director"].get(asked["url"]).text.split("<article")[1].split("</article>")[0]
    assert "五个联系" not in page
    assert not [name for name in ("陈副校长", "许副校长", "张处长", "排名", "得分", "平均") if name in page]


def test_what_was_issued_stays_as_it_was(db, asked, sign_in_as, held):
    sign_in_as("li").submit(asked["url"], {"stance": "confirmed"}, to=f"{asked['url']}/answer")
    for _twice in range(2):
        asked["director"].send(f"{asked['url']}/issue")
    before = row_of(db).content
    held("li", "2026-11-12 15:00", ContactKind.ENTER_DORM, heard=1)
    db.session.commit()
    asked["time"].to("2026-11-20 10:00")
    browser = sign_in_as("director")
    assert "本期联系1次" in browser.get(asked["url"]).text
    assert row_of(db).content == before
    word = Document(BytesIO(browser.submit(asked["url"], to=f"{asked['url']}/file").data))
    assert word.paragraphs[-1].text == "2026年11月18日"  # of its issue, not of its download


def test_every_academic_year_between_first_and_last_is_in_it(db, asked):
    days = {**REQUEST, "number": "组函〔2026〕13号", "first": "2024-10-08", "person": str(person("li").id)}
    asked["director"].submit("/statements", days, to="/statements")
    paper = statement(db.session.scalars(db.select(Statement).filter_by(number=days["number"])).one())
    (lines,) = next(one.tables for one in paper.sections if "条目完成情况" in one.heading)
    assert {"2024-2025 学年", "2025-2026 学年", "2026-2027 学年"} <= {row[2] for row in lines.rows}


def test_the_log_holds_number_purpose_who_and_when(db, asked, sign_in_as):
    sign_in_as("li").submit(asked["url"], {"stance": "confirmed"}, to=f"{asked['url']}/answer")
    asked["director"].submit(asked["url"], to=f"{asked['url']}/issue")
    asked["director"].submit(asked["url"], to=f"{asked['url']}/file")
    wanted = db.select(AuditRow).where(AuditRow.deed.like("statement.%")).order_by(AuditRow.seq)
    rows = db.session.scalars(wanted).all()
    assert [row.deed.partition(".")[2] for row in rows] == ["asked", "answered", "issued", "exported"]
    assert {row.object for row in rows} == {"组函〔2026〕12号"}
    texts = db.select(AuditText.text).where(AuditText.seq.in_([row.seq for row in rows]))
    assert set(db.session.scalars(texts)) == {"干部任用"}


def test_one_number_asks_once_for_a_person(db, asked):
    again = asked["director"].submit("/statements", {**REQUEST, "person": str(person("li").id)}, to="/statements")
    assert again.status_code == 422
    backwards = {**REQUEST, "number": "组函〔2026〕13号", "first": "2026-11-19", "person": str(person("li").id)}
    assert asked["director"].submit("/statements", backwards, to="/statements").status_code == 422
    assert db.session.scalar(db.select(db.func.count(Statement.id))) == 1


def test_old_ones_are_reached_page_by_page(db, asked):
    row = row_of(db)
    given = {name: getattr(row, name) for name in ("purpose", "person_id", "first_on", "last_on", "asked_at", "due_on")}
    db.session.add_all(Statement(**given, number=f"第{n}号", asked_by_id=row.asked_by_id) for n in range(50))
    db.session.commit()
    first = asked["director"].get("/statements").text
    assert ("第49号" in first, REQUEST["number"] in first) == (True, False)
    assert REQUEST["number"] in asked["director"].get(unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])).text


@pytest.mark.parametrize(
    ("login", "code"), [("chen", 404), ("zhang", 404), ("wang", 404), ("auditor", 404), ("li", 200)]
)
def test_only_the_person_and_the_director_see_it(login, code, asked, sign_in_as):
    browser = sign_in_as(login)
    assert browser.get(asked["url"]).status_code == code
    assert browser.send(f"{asked['url']}/issue").status_code == 404
    if login in ("chen", "zhang"):
        assert "组函" not in browser.get("/statements").text


def test_the_director_does_not_answer_for_him_and_takes_nothing_before(asked):
    assert asked["director"].send(f"{asked['url']}/answer", {"stance": "confirmed"}).status_code == 403
    assert asked["director"].send(f"{asked['url']}/file").status_code == 409


def test_everybody_makes_his_own_self_check(db, asked, sign_in_as):
    ticket = make_ticket(State.IN_PROGRESS)  # filed by 李书记
    db.session.commit()
    word = Document(BytesIO(sign_in_as("li").submit("/statements", to="/statements/self-check").data))
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert ["2026-2027", "1", "2", "0"] in cells
    assert ticket.number in [row[0] for row in cells]
    other = Document(BytesIO(sign_in_as("chen").submit("/statements", to="/statements/self-check").data))
    assert ticket.number not in str([[cell.text for cell in row.cells] for table in other.tables for row in table.rows])


def test_without_sign_in_there_is_the_sign_in(client):
    assert "/sign-in" in client.get("/statements").location


def test_the_pages_take_few_statements(asked, queries):
    for url, most in (("/statements", 9), (asked["url"], 20)):
        asked["director"].get(url)
        with queries() as seen:
            asked["director"].get(url)
        assert len(seen) <= most, "\n".join(seen)
