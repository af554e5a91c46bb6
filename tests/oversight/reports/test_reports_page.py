"""报告: drafted when the figures stand, written by the director, final for good; page, Word, Excel and JSON agree."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from liaison import tick
from liaison.audit.models import AuditRow, AuditText
from liaison.calendars.models import Term
from liaison.core.db import add
from liaison.oversight.actions import snapshots
from liaison.oversight.queries import reports as queries
from liaison.oversight.reports import handling, making, periods
from liaison.oversight.reports.blocks import as_plain
from liaison.oversight.reports.models import StoredReport
from liaison.oversight.reports.words import Sort
from liaison.programmes import in_force
from liaison.programmes.derived import MonthSnapshot
from liaison.programmes.reckoning import spans
from liaison.tickets.actions import orders
from liaison.tickets.models import Answer
from tests import html
from tests.factories import actor, at, make_ticket
from workflows.monthly import State as Draft
from workflows.ticket_states import State
from workflows.ticket_words import ExplanationReason

PAGE, NOVEMBER = "/reports/2026-11", date(2026, 11, 1)


@pytest.fixture
def drafted(november):
    """The tick of the 6th has run: November is kept, its return is a draft."""
    done = {one.name: one for one in tick.run()}
    assert (done["数据快照"].count, done["报告草稿"].count) == (1, 1)
    november["time"].to("2026-12-06 09:00")
    return november


def export(browser, as_what, **more):
    return browser.submit(PAGE, {"as_what": as_what, "purpose": "报校党委", **more}, to=f"{PAGE}/export")


def test_the_tick_drafts_a_month_once_it_is_locked(drafted):
    assert queries.row_of("2026-11").state is Draft.DRAFT
    assert queries.row_of("2026-2027-1") is None  # the term goes on
    again = {one.name: one for one in tick.run()}
    assert "报告草稿" not in again or again["报告草稿"].count == 0


def test_the_director_writes_two_paragraphs_of_a_month(drafted, sign_in_as):
    browser = sign_in_as("director")
    answer = browser.submit(PAGE, {"account": "本月走访了三号楼。", "next_steps": "下月看食堂。"}, to=f"{PAGE}/words")
    assert answer.status_code == 303
    page = browser.get(PAGE).text
    assert "本月走访了三号楼。" in page
    assert "七、下月安排" in page
    assert 'name="problems"' not in page
    assert browser.submit(PAGE, {"account": "长" * 1001}, to=f"{PAGE}/words").status_code == 422


def test_two_at_once_the_second_is_told(drafted, sign_in_as):
    one, other = sign_in_as("director"), sign_in_as("director")
    one.submit(PAGE, {"next_steps": "先写的"}, to=f"{PAGE}/words")
    for deed in ("words", "finalise"):
        refused = other.send(f"{PAGE}/{deed}", {"version": "1", "next_steps": "后写的"})
        assert refused.status_code == 409
        assert set(re.findall(r'name="version"[^>]*value="(\d+)"', refused.text)) == {"2"}  # so that he may go on
        typed = refused.text.split('name="next_steps"')[1].split("</textarea>")[0]
        assert ("后写的" in typed, "先写的" in typed) == (deed == "words", deed != "words")
    assert queries.row_of("2026-11").next_steps == "先写的"
    assert other.send(f"{PAGE}/words", {"version": "2", "next_steps": "一起写的"}).status_code == 303


def test_what_was_written_long_ago_is_still_found(db, drafted, sign_in_as, monkeypatch):
    sign_in_as("director").submit(PAGE, to=f"{PAGE}/finalise")
    drafted["time"].to("2030-03-01 09:00")
    months = [one.key for one in spans.months(date(2008, 1, 1), date(2012, 12, 31))]  # written down afterwards
    written = {"sort": Sort.MONTH, "state": Draft.DRAFT, "made_at": at("2026-12-06 00:01")}
    db.session.add_all(StoredReport(key=key, **written) for key in months)
    db.session.commit()
    browser, links, url = sign_in_as("director"), [], "/reports"
    while url:
        page = browser.get(url).text
        links += re.findall(r'href="/reports/([^"/?]+)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        url = unescape(older[1]) if older else None
    assert len(links) == len(set(links))
    assert links[-61:] == [*reversed(months), "2026-11"]
    assert "定稿" in browser.get(PAGE).text
    assert browser.get("/reports/2008-06").status_code == 200


def test_a_report_outlives_its_term(db, drafted, sign_in_as):
    """The calendar was imported anew without it, or under another key: what was sent is still there."""
    drafted["time"].to("2027-02-06 09:00")
    content = as_plain(making.report(periods.of("2026-2027-1"), queries.Unwritten()))
    made = {"sort": Sort.TERM, "made_at": drafted["time"].moment}
    final = {"state": Draft.FINAL, "finalised_at": drafted["time"].moment, "content": content}
    db.session.add(StoredReport(key="2026-2027-1", **final, **made))
    db.session.add(StoredReport(key="2025-2026-2", state=Draft.DRAFT, **made))
    db.session.execute(db.delete(Term))
    db.session.commit()
    in_force.forget()
    browser = sign_in_as("director")
    page = browser.get("/reports").text
    assert "第一学期</a>" in page
    assert "草稿，校历里已经没有这个时期" in page
    assert "/reports/2025-2026-2" not in page
    assert browser.get("/reports/2026-2027-1/data?purpose=存档").json == content
    assert (browser.get("/reports/2026-2027-1").status_code, browser.get("/reports/2025-2026-2").status_code) == (
        200,
        404,
    )


def test_what_is_final_stays_as_it_was_sent(db, drafted, sign_in_as):
    browser = sign_in_as("director")
    browser.submit(PAGE, {"next_steps": "下月看食堂。"}, to=f"{PAGE}/words")
    assert browser.submit(PAGE, to=f"{PAGE}/finalise").status_code == 303
    sent = browser.get(f"{PAGE}/data?purpose=存档").json
    make_ticket(State.SUBMITTED, raised_at=at("2026-11-20 10:00"))
    db.session.commit()
    assert browser.get(f"{PAGE}/data?purpose=存档").json == sent
    for deed in ("words", "finalise"):
        assert browser.send(f"{PAGE}/{deed}", {"version": str(queries.row_of("2026-11").version)}).status_code == 409

    drafted["time"].to("2027-01-06 00:01")
    word = Document(BytesIO(export(sign_in_as("director"), "docx").data))
    assert "2026年12月6日" in [one.text for one in word.paragraphs]  # of its end, not of its download
    snapshots.take(date(2026, 12, 1))
    db.session.commit()
    assert "11月更正：受理事项 +1（5 → 6）" in browser.get("/reports/2026-12").text


def test_what_was_corrected_later_stands_below_what_was_sent_with_its_date(db, drafted, sign_in_as):
    browser = sign_in_as("director")
    browser.submit(PAGE, to=f"{PAGE}/finalise")
    assert "（定稿以后" not in browser.get(PAGE).text
    make_ticket(State.SUBMITTED, raised_at=at("2026-11-20 10:00"))
    drafted["time"].to("2027-01-06 00:01")
    snapshots.take(date(2026, 12, 1))
    add(MonthSnapshot, {"month": NOVEMBER, "version": 2, "frozen_at": at("2026-12-09 10:00"), "contacts": 1})
    db.session.commit()
    counted = "诉求件次 +1（6 → 7）、事项总数 +1（6 → 7）、受理事项 +1（5 → 6）"
    said = f"更正（定稿以后，未列入上文）：2026年12月9日 联系次数 +1，变动条目 0 条；2027年1月6日 {counted}。"
    browser = sign_in_as("director")
    assert said in browser.get(PAGE).text
    assert said == browser.get(f"{PAGE}/data?purpose=存档").json["corrected"]
    assert said in [one.text for one in Document(BytesIO(export(browser, "docx").data)).paragraphs]
    book = load_workbook(BytesIO(export(browser, "xlsx").data))
    assert said in [row[0] for row in book["说明"].iter_rows(values_only=True)]


def test_a_return_names_the_versions_it_prints(drafted, sign_in_as):
    page = sign_in_as("director").get(PAGE).text
    assert "数据快照第 1 版" in page
    assert "联系进度第 1 版。" in page


def test_page_word_excel_and_json_say_the_same(drafted, sign_in_as):
    browser = sign_in_as("wang")
    plain = browser.get(f"{PAGE}/data?purpose=核对").json
    wanted = {one["name"]: (one["printed"], one["numerator"], one["denominator"]) for one in plain["figures"]}
    assert wanted["答复率"] == ("2/5", 2, 5)

    page = [[" ".join(c.itertext()).strip() for c in row] for row in html.tree_of(browser.get(PAGE).text).iter("tr")]
    word = Document(BytesIO(export(browser, "docx").data))
    annex = [[cell.text for cell in row.cells] for row in word.tables[-1].rows]
    book = load_workbook(BytesIO(export(browser, "xlsx").data))
    sheet = [
        list(row)
        for row in book[next(name for name in book.sheetnames if "指标表" in name)].iter_rows(values_only=True)
    ]
    rows = [[str(cell) for cell in row] for row in sheet]
    for name, (printed, numerator, denominator) in wanted.items():
        counts = [str(one) if one is not None else "—" for one in (numerator, denominator)]
        assert [name, printed, *counts] in [row[:4] for row in page], name
        assert [name, printed, *counts] in [row[:4] for row in annex], name
        assert [name, printed, *counts] in [row[:4] for row in rows], name

    units = next(t for s in plain["sections"] for t in s["tables"] if t["title"] == "承办部门办理情况")
    assert [row[0] for row in units["rows"]] == ["后勤保障处", "教务处", "信息化中心"]  # no ranking
    shown = [[cell if isinstance(cell, (str, int)) else cell["printed"] for cell in row] for row in units["rows"]]
    in_word = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    for row in shown:
        assert [str(cell) for cell in row] in in_word
        assert [str(cell) for cell in row] in page
    paragraphs = [text for section in plain["sections"] for text in section["paragraphs"]]
    text = "\n".join(one.text for one in word.paragraphs)
    assert not [one for one in paragraphs if one not in text]
    assert set(paragraphs) <= {str(cell) for row in book["说明"].iter_rows(values_only=True) for cell in row}


def test_the_word_file_keeps_the_measures_of_the_standard(drafted, sign_in_as):
    word = Document(BytesIO(export(sign_in_as("director"), "docx").data))
    page = word.sections[0]
    measured = (page.page_width, page.page_height, page.top_margin, page.left_margin, page.right_margin)
    assert [round(one.mm, 1) for one in measured] == [210, 297, 37, 28, 26]
    assert round((page.page_height - page.top_margin - page.bottom_margin) / Mm(1), 1) == 225
    title, _blank, heading, body = word.paragraphs[:4]
    assert title.text.partition("\n")[0] == "关于2026年11月领导干部"  # no word is parted
    looks = [(one.runs[0].font.size, fonts(one)) for one in (title, heading, body)]
    assert looks == [(Pt(22), "方正小标宋简体"), (Pt(16), "黑体"), (Pt(16), "仿宋_GB2312")]
    assert {one.paragraph_format.line_spacing for one in (title, heading, body)} == {Pt(28.95)}
    assert body.paragraph_format.first_line_indent == 2 * Pt(16)
    odd, even = (foot.paragraphs[0] for foot in (page.footer, page.even_page_footer))
    assert (odd.alignment, even.alignment, odd.text) == (2, 0, "—  —")  # outside; the number is a field
    mark = " ".join(one.text for one in page.footer.paragraphs[1:])
    wanted = ("内部资料", "草稿", "截至2026年11月30日24时", "周主任", "用途：报校党委")
    assert not [words for words in wanted if words not in mark]


def test_nothing_stands_alone_at_the_end_of_a_page(drafted, sign_in_as):
    word = Document(BytesIO(export(sign_in_as("director"), "docx").data))
    keeping = [one.text for one in word.paragraphs if one.paragraph_format.keep_with_next]
    assert {"一、总体情况", "表2　承办部门办理情况", "党政办公室", "2026年12月6日"} <= set(keeping)
    ending = [one.text for one in word.paragraphs].index("附件：1.领导班子成员“五联七进”工作记录表")
    assert all(one.paragraph_format.keep_with_next for one in word.paragraphs[ending - 2 : ending + 7])
    for table in word.tables:
        first, *_rest, last = table.rows
        assert {bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in (first, last)} == {True}
    assert "附件4" in [one.text for one in word.paragraphs]  # as it is numbered in the list of annexes
    assert [one.text for one in word.paragraphs].count("集中反映的问题") == 0  # the heading says it


def fonts(paragraph):
    """The East Asian one of its first run."""
    return paragraph.runs[0].element.rPr.rFonts.get(qn("w:eastAsia"))


def test_every_file_is_recorded_with_what_it_is_for(db, drafted, sign_in_as):
    browser = sign_in_as("wang")
    assert browser.submit(PAGE, {"as_what": "docx", "purpose": " "}, to=f"{PAGE}/export").status_code == 422
    assert browser.get(f"{PAGE}/data").status_code == 422
    export(browser, "xlsx")
    row = db.session.scalars(db.select(AuditRow).filter_by(deed="report.exported")).one()
    assert (row.object, row.actor_id is not None, "sha256" in row.detail) == ("2026-11", True, True)
    assert db.session.scalars(db.select(AuditText.text).filter_by(seq=row.seq)).one() == "报校党委"


def test_restricted_matters_are_in_the_totals_only(drafted, sign_in_as):
    text = sign_in_as("director").get(f"{PAGE}/data?purpose=核对").text
    assert drafted["hidden"].number not in text
    assert drafted["explained"].number in text  # what was not done, and why


def test_orders_of_restricted_matters_are_counted_and_not_listed(db, november, sign_in_as):
    november["time"].to("2026-11-19 10:00")
    for name in ("hidden", "working"):
        orders.issue(november[name], actor=actor("director"), demand="请查清原因", due_on=date(2026, 11, 24))
    db.session.commit()
    november["time"].to("2026-12-06 09:00")
    found = sign_in_as("director").get(f"{PAGE}/data?purpose=核对").json
    section = next(one for one in found["sections"] if "督办" in one["heading"])
    assert section["paragraphs"][0].startswith("本期下达督办单2份")
    assert [row[:2] for row in section["tables"][0]["rows"]] == [["督〔2026〕2号", "信息化中心"]]


def test_a_term_and_a_year_are_counted_from_the_matters(drafted, sign_in_as):
    browser = sign_in_as("director")
    for key in ("2026-2027-1", "2026-2027"):
        found = browser.get(f"/reports/{key}/data?purpose=核对").json
        assert next(one["numerator"] for one in found["figures"] if one["key"] == "tickets") == 5
        headings = [one["heading"].partition("、")[2] for one in found["sections"]]
        assert headings == [
            *("总体情况", "联系情况", "问题办理情况", "集中反映的问题", "共性问题", "督办与提请研究事项"),
            *("走势", "核实提示", "数据更正与设置变更", *(["下一步"] if key == "2026-2027-1" else [])),
        ]
        assert browser.get(f"/reports/{key}").status_code == 200


def test_a_list_that_is_cut_says_how_many_there_are_more(db, drafted, monkeypatch):
    """政策清单: explained by a rule of our own."""
    monkeypatch.setattr(handling, "LONGEST", 1)
    drafted["time"].to("2026-11-20 10:00")
    for _n in range(2):
        make_ticket(State.FEEDBACK_GIVEN, outcome="D", lead="academic-affairs")
    db.session.commit()
    db.session.execute(
        db.update(Answer).where(Answer.reason_class.is_not(None)).values(reason_class=ExplanationReason.RULE)
    )
    drafted["time"].to("2027-03-06 09:00")
    table = next(
        t
        for s in making.report(periods.of("2026-2027-1"), queries.Unwritten()).sections
        for t in s.tables
        if "政策清单" in t.title
    )
    assert (len(table.rows), table.note) == (1, "另有2件见事项台账。")


@pytest.mark.parametrize("login", ["li", "zhang", "auditor", "admin", "liaison"])
def test_nobody_but_the_office_reads_them(login, drafted, sign_in_as):
    browser = sign_in_as(login)
    assert {browser.get(url).status_code for url in ("/reports", PAGE, f"{PAGE}/data?purpose=看看")} == {404}
    assert browser.send(f"{PAGE}/export", {"as_what": "docx", "purpose": "看看"}).status_code == 404


def test_a_clerk_reads_and_takes_but_does_not_write(drafted, sign_in_as):
    browser = sign_in_as("wang")
    assert browser.get(PAGE).status_code == 200
    assert browser.send(f"{PAGE}/words", {"version": "1"}).status_code == 404
    assert browser.send(f"{PAGE}/finalise", {"version": "1"}).status_code == 404


def test_without_sign_in_there_is_the_sign_in(client, term):
    assert "/sign-in" in client.get(PAGE).location


@pytest.mark.parametrize("period", ["2026-13", "2031-01", "2026", "x"])
def test_a_period_that_has_not_begun_has_no_report(period, drafted, sign_in_as):
    assert sign_in_as("director").get(f"/reports/{period}").status_code == 404


def test_the_pages_take_few_statements(drafted, sign_in_as, queries):
    browser = sign_in_as("director")
    browser.get(PAGE)
    for url, most in (("/reports", 8), (PAGE, 37)):
        with queries() as asked:
            browser.get(url)
        assert len(asked) <= most, "\n".join(asked)
