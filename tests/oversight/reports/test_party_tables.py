"""党组织联系学生及解决问题情况表: one organisation, counts by level, nobody named; page, Word and Excel agree."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from liaison.audit.models import AuditRow
from liaison.contacts import recomputing
from liaison.oversight.queries import party_tables as queries
from liaison.oversight.reports import periods
from liaison.oversight.reports.blocks import Share
from liaison.oversight.reports.contact_work import of_group, rules_in_force
from liaison.oversight.reports.party_table import party_table
from liaison.people.models import Unit
from liaison.people.words import UnitType
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.derived import Progress
from liaison.tickets.models import Ticket
from liaison.tickets.models.publications import Decision, Publication
from tests.cast import PEOPLE, person
from tests.factories import actor, go, make_ticket, move, unit_id
from workflows.ticket_states import State
from workflows.ticket_words import Outcome

SCHOOL, COLLEGE = "/party-tables/university/2026-2027-1", "/party-tables/academic-affairs/2026-2027-1"


@pytest.fixture
def counted(db, november):
    """What the rules ask of everybody is counted. 教务处 is a college here, for it has a head, with three matters."""
    november["time"].to("2026-11-20 10:00")
    settle_programmes(all_in_force=True)
    db.session.execute(db.update(Unit).filter_by(code="academic-affairs").values(type=UnitType.COLLEGE, name="工学院"))
    make_ticket(State.CLOSED, lead="academic-affairs")
    make_ticket(State.LONG_TERM, lead="academic-affairs")
    db.session.commit()
    november["time"].to("2026-12-06 09:00")
    recomputing.renew_stale()
    db.session.commit()
    return november


def cells(data):
    return [[cell.text for cell in row.cells] for table in Document(BytesIO(data)).tables for row in table.rows]


def test_it_is_filled_from_records_by_level_and_names_nobody(counted, sign_in_as):
    browser = sign_in_as("director")
    page = browser.get(SCHOOL).text
    article = page.split("<article")[1].split("</article>")[0]
    assert "示例大学党组织联系学生及解决问题情况表" in article
    assert all(level in article for level in ("校领导", "中层干部"))
    assert not [row[1] for row in PEOPLE if row[1] in article]
    rows = cells(browser.submit(SCHOOL, {"as_what": "docx", "purpose": "述职评议"}, to=SCHOOL).data)
    solved = {row[0]: row[1:4] for row in rows if len(row) == 5}
    assert solved["受理事项"] == ["7", "7", "—"]
    assert solved["办结率"][0] == "2/7"


def test_requirements_are_counted_by_person_and_a_surplus_hides_no_shortfall(db, counted):
    """张处长 went three times where two are asked, 刘老师 never, 周主任 is exempt."""
    lines = db.session.query(Progress).filter_by(code="FJ21-3T-M", period_key="2026-2027-1")
    figures = {"zhang": (2, 3), "liu": (2, 0), "director": (None, 0)}
    there = {person(who).id: figure for who, figure in figures.items()}
    for line in lines:
        if line.person_id in there:
            line.required, line.done = there[line.person_id]
        else:
            db.session.delete(line)
    db.session.commit()
    wanted = [2, 1, Share(1, 2), Share(2, 4)]
    of_school, of_group = fulfilment("party", "2026-2027-1"), fulfilment("report", "2026-2027-1")
    assert (of_school["FJ21-3T-M", "中层干部"], of_group["FJ21-3T-M"]) == (wanted, wanted)


@pytest.mark.parametrize("key", ["2026-2027-1", "2026-2027"])
def test_what_is_asked_by_half_year_and_by_calendar_year_counts_where_it_ends(key, counted):
    asked = {code for code, level in fulfilment("party", key) if level == "校领导"}
    assert {"FJ21-L1-INSP", "FJ21-L3-CLASS", "MOE19-LEC"} <= asked  # half_year, calendar_year, term
    assert {"FJ21-L1-INSP", "FJ21-L3-CLASS", "MOE19-LEC"} <= fulfilment("report", key).keys()


def fulfilment(paper, key):
    """Requirement (and level) → 应完成, 免计, 达标, 完成次数, as the paper prints them of the whole university."""
    period, codes = periods.of(key), {rule.title: code for code, rule in rules_in_force().items()}
    if paper == "report":
        return {codes[row[0]]: list(row[2:]) for row in of_group(period).tables[0].rows}
    (table,) = party_table(queries.load("university", None), period, actor("director")).sections[0].tables
    return {(codes[row[0]], row[1]): list(row[3:]) for row in table.rows}


def test_a_college_tells_of_what_it_leads_itself(db, counted, sign_in_as):
    article = sign_in_as("director").get(COLLEGE).text
    assert "工学院党组织联系学生及解决问题情况表" in article
    assert '<td data-label="数值" class="number">3</td>' in article  # 受理事项: the three of the college
    assert "长期推进事项" in article
    assert counted["planned"].number not in article  # another unit's plan


def test_examples_are_those_that_were_published_in_the_words_of_the_board(db, counted, sign_in_as):
    publish(db, counted, make_ticket(State.CLOSED, lead="academic-affairs"))
    browser = sign_in_as("director")
    for url in (SCHOOL, COLLEGE):
        assert "延长到二十四时" in browser.get(url).text
    db.session.execute(db.update(Publication).values(ended_at=counted["time"].moment, end_reason="撤下"))
    db.session.commit()
    assert "延长到二十四时" not in browser.get(SCHOOL).text


def test_an_example_stays_with_the_unit_that_led_it_then(db, counted, sign_in_as):
    """As the figures beside it do: what was passed on after the term does not go with it."""
    ticket = make_ticket(State.CLOSED, lead="academic-affairs")
    publish(db, counted, ticket)
    counted["time"].to("2027-02-01 10:00")
    db.session.execute(db.update(Ticket).filter_by(id=ticket.id).values(lead_unit_id=unit_id("it-centre")))
    db.session.commit()
    assert "延长到二十四时" in sign_in_as("director").get(COLLEGE).text


def publish(db, counted, ticket):
    said = {"decision": Decision.PUBLISHED, "outcome": Outcome.A, "by_id": person("wang").id}
    days = {"at": counted["time"].moment, "handled_on": counted["time"].moment.date()}
    db.session.add(Publication(ticket_id=ticket.id, said="热水时间太短", done="延长到二十四时", **said, **days))
    db.session.commit()


def test_word_and_excel_say_what_the_page_says_and_are_recorded(db, counted, sign_in_as):
    browser = sign_in_as("director")
    page = browser.get(SCHOOL).text
    word = Document(BytesIO(browser.submit(SCHOOL, {"as_what": "docx", "purpose": "述职评议"}, to=SCHOOL).data))
    lines = [one.text for one in word.paragraphs if one.text]
    assert [one for one in lines if one.startswith(("一、", "二、", "三、", "四、"))] == [
        "一、联系学生情况",
        "二、解决问题情况",
        "三、长期推进事项",
        "四、典型事例",
    ]
    assert len(next(one for one in lines if one.startswith("党组织书记（签字）"))) + 2 <= 27  # one line of 3号
    book = load_workbook(BytesIO(browser.submit(SCHOOL, {"as_what": "xlsx", "purpose": "述职评议"}, to=SCHOOL).data))
    for table in word.tables:
        for row in table.rows:
            assert row.cells[0].text in page
    assert [name.partition(" ")[2] for name in book.sheetnames[1:]] == ["联系情况", "解决问题情况", "长期推进事项"]
    assert browser.send(SCHOOL, {"as_what": "docx", "purpose": " "}).status_code == 422
    deeds = db.select(AuditRow.object).filter_by(deed="party_table.exported")
    assert db.session.scalars(deeds).all() == ["university 2026-2027-1"] * 2


def test_the_head_of_a_college_sees_his_own_only(counted, sign_in_as):
    browser = sign_in_as("liu")
    assert "/party-tables" in browser.get("/statements").text
    page = browser.get("/party-tables").text
    assert ("academic-affairs/2026-2027" in page, "university/" in page) == (True, False)
    assert (browser.get(COLLEGE).status_code, browser.get(SCHOOL).status_code) == (200, 404)


def test_a_plan_that_was_given_back_since_is_counted_and_not_named(db, counted, sign_in_as):
    """Planned when the term ended, in the hands of another unit today: to its head the matter does not exist."""
    counted["time"].to("2027-01-22 10:00")
    ticket = make_ticket(State.LONG_TERM, lead="academic-affairs")
    counted["time"].to("2027-01-25 10:00")
    move(ticket, "resume", "liu", reason="计划有变")
    why = {"reason_code": "not_our_duty", "duty_clause": "机构职责第3条"}
    move(ticket, "request_return", "liu", suggested_unit=str(unit_id("it-centre")), **why)
    move(ticket, "uphold_return", "wang", reason="职责不在该单位")
    go(ticket, "dispatch", lead="it-centre")
    db.session.commit()
    counted["time"].to("2027-02-01 10:00")
    assert names_of_plans(sign_in_as, ticket) == {"director": (True, False), "liu": (False, True)}


def test_of_a_unit_below_it_is_counted_and_named_to_who_may_see_it(db, counted, sign_in_as):
    """Its head sees what his own unit was given, not what the units below it were (access.py: U)."""
    college = unit_id("academic-affairs")
    db.session.execute(db.update(Unit).filter_by(code="it-centre").values(parent_id=college))
    ticket = make_ticket(State.LONG_TERM, lead="it-centre")
    db.session.commit()
    assert names_of_plans(sign_in_as, ticket) == {"director": (True, False), "liu": (False, True)}


def names_of_plans(sign_in_as, ticket):
    """Reader → whether the table calls the matter by its number, and whether it says that there is one more."""
    pages = {login: sign_in_as(login).get(COLLEGE).text for login in ("director", "liu")}
    assert sign_in_as("liu").get(f"/tickets/{ticket.number}").status_code == 404
    return {login: (ticket.number in page, "另有1件未列出" in page) for login, page in pages.items()}


@pytest.mark.parametrize("login", ["zhang", "wang", "li", "auditor", "chen"])
def test_nobody_else_does(login, counted, sign_in_as):
    browser = sign_in_as(login)
    assert {browser.get(url).status_code for url in (SCHOOL, COLLEGE)} == {404}
    index = browser.get("/party-tables")
    assert (index.status_code, "academic-affairs" in index.text) == (200 if login == "zhang" else 404, False)
    assert browser.send(COLLEGE, {"as_what": "docx", "purpose": "看看"}).status_code == 404


@pytest.mark.parametrize("wrong", ["university/2026-11", "university/2031-2032", "logistics/2026-2027", "x/2026-2027"])
def test_there_is_none_of_a_month_or_of_another_unit(wrong, counted, sign_in_as):
    assert sign_in_as("director").get(f"/party-tables/{wrong}").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client):
    assert "/sign-in" in client.get(SCHOOL).location


def test_the_statements_do_not_grow(counted, sign_in_as, queries):
    browser = sign_in_as("director")
    browser.get(SCHOOL)
    with queries() as asked:
        browser.get(SCHOOL)
    assert len(asked) <= 18, "\n".join(asked)
