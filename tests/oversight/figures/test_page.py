"""数据: each figure with its proof, the whole for the office, his own for a head; each opens into its tickets."""

from types import SimpleNamespace

import pytest

from liaison.oversight.figures import showing
from liaison.tickets.actions import recurring
from tests import html
from tests.factories import actor, go, make_ticket, move
from workflows.ticket_states import State

NOVEMBER = "month=2026-11&as_of=2026-11-18"


@pytest.fixture
def november(db, frozen):
    """Three matters of logistics, one of them handled, one of another unit; then the clock stands on the 18th."""
    frozen("2026-11-02 10:00")
    handled = make_ticket(State.FEEDBACK_PENDING)
    working = make_ticket(State.IN_PROGRESS)
    hidden = make_ticket(State.IN_PROGRESS, confidentiality="restricted", office="officer", limit_class="restricted")
    other = make_ticket(State.IN_PROGRESS, lead="it-centre")
    db.session.commit()
    frozen("2026-11-18 20:40")
    return {"handled": handled, "working": working, "hidden": hidden, "other": other}


@pytest.fixture
def given_back(db, frozen):
    """A matter that logistics had for one day of November and gave back."""
    time = frozen("2026-11-04 10:00")
    go(ticket := make_ticket(State.DISPATCHED), "request_return")
    time.to("2026-11-05 10:00")
    move(ticket, "uphold_return", "wang", reason="职责不在该单位")
    db.session.commit()
    time.to("2026-11-18 20:40")
    return ticket


def rows(page):
    """Name of the figure and its set → value and proof."""
    cells = [[" ".join(cell.itertext()).strip() for cell in row] for row in html.tree_of(page.text).iter("tr")]
    return {(one[0], one[3]): (one[1], one[2]) for one in cells if len(one) == 5}


def turned(page, way):
    """The address of the page beside this one."""
    return next(link.get("href") for link in html.tree_of(page.text).iter("a") if link.get("rel") == way)


def test_the_office_reads_each_figure_with_its_proof(november, sign_in_as):
    found = rows(sign_in_as("director").get(f"/figures?{NOVEMBER}"))
    assert found["答复率", "本期提出"] == ("1/4", "1/4")
    assert found["按期办结率", "本期到期"] == ("1/3", "1/3")
    assert found["按期办结率", "本期提出"] == ("1/3", "1/3 · 期限未到 1")


def test_a_head_reads_those_of_his_own_unit_and_no_restricted_one(november, sign_in_as):
    page = sign_in_as("zhang").get(f"/figures?{NOVEMBER}")
    assert rows(page)["答复率", "本期提出"] == ("1/2", "1/2")
    assert "信息化中心" not in page.text


def test_what_a_unit_gave_back_is_no_longer_in_the_figures_of_its_head(given_back, sign_in_as):
    browser = sign_in_as("zhang")
    assert rows(browser.get(f"/figures?{NOVEMBER}"))["受理事项", "本期提出"][0] == "0"
    assert given_back.number not in browser.get("/dashboard").text


def test_of_the_day_when_he_had_it_he_reads_the_count_and_not_the_title(given_back, sign_in_as):
    address = "/figures/tickets.cohort?month=2026-11&as_of=2026-11-04"
    his, offices = (sign_in_as(login).get(address).text for login in ("zhang", "wang"))
    for words, is_his in ((given_back.number, False), (given_back.title, False), ("现在不归您查看", True)):
        assert [words in his, words in offices] == [is_his, not is_his], words
    assert "<strong>1</strong>" in his


@pytest.mark.parametrize("login", ["li", "sun", "admin", "officer"])
def test_nobody_else_reads_them(login, sign_in_as):
    assert sign_in_as(login).get("/figures").status_code == 404


def test_without_sign_in_there_is_the_sign_in(client):
    assert client.get("/figures").status_code == 303


def test_a_figure_opens_into_the_tickets_it_counts_and_those_it_only_divides_by(november, sign_in_as):
    browser = sign_in_as("wang")
    counted = browser.get(f"/figures/answered_final.cohort?{NOVEMBER}").text
    rest = browser.get(f"/figures/answered_final.cohort?{NOVEMBER}&part=rest").text
    for page, here, elsewhere in ((counted, "handled", "working"), (rest, "working", "handled")):
        assert f'href="/tickets/{november[here].number}"' in page
        assert november[elsewhere].number not in page
        assert november["hidden"].number not in page


def test_under_five_restricted_matters_are_in_no_count_beside_a_list(november, sign_in_as):
    """The office divides by four, as on every paper; beside the list stands what is listed."""
    browser = sign_in_as("wang")
    page = browser.get(f"/figures/answered_final.cohort?{NOVEMBER}&part=rest").text
    assert "<strong>1/4</strong>" in page
    assert "事项 2 件" in page
    assert "只计在分母里的事项 2" in page


@pytest.mark.parametrize("restricted", [4, 5])
def test_from_five_on_they_are_a_number(restricted):
    records = [SimpleNamespace(key=key, is_named=key > restricted) for key in range(1, restricted + 3)]
    page = showing.listed(records)
    assert [len(page.rows), page.total, page.restricted] == ([2, 7, 5] if restricted == 5 else [2, 2, 0])


def test_where_nothing_can_be_listed_the_page_says_why(db, frozen, sign_in_as):
    frozen("2026-11-02 10:00")
    make_ticket(State.IN_PROGRESS, confidentiality="restricted", office="officer", limit_class="restricted")
    db.session.commit()
    frozen("2026-11-18 20:40")
    page = sign_in_as("wang").get(f"/figures/tickets.cohort?{NOVEMBER}").text
    assert "受限事项不逐件列出" in page
    assert "<table" not in page


def test_the_list_of_a_figure_goes_page_by_page(november, sign_in_as, monkeypatch):
    monkeypatch.setattr(showing, "SIZE", 1)
    browser = sign_in_as("wang")
    first = browser.get(f"/figures/tickets.cohort?{NOVEMBER}")
    numbers = [november[name].number for name in ("other", "working", "handled")]
    assert [number in first.text for number in numbers] == [True, False, False]
    second = browser.get(turned(first, "next"))
    assert [number in second.text for number in numbers] == [False, True, False]
    assert browser.get(turned(second, "prev")).text.count(numbers[0]) == first.text.count(numbers[0])


def test_the_list_of_a_figure_costs_nine_statements(november, sign_in_as, queries):
    browser = sign_in_as("director")
    browser.get(f"/figures/told_over_outcome.cohort?{NOVEMBER}")
    with queries() as asked:
        browser.get(f"/figures/told_over_outcome.cohort?{NOVEMBER}")
    assert len(asked) <= 9, asked


def test_what_came_back_later_counts_against_the_month_it_was_first_heard_in(db, frozen, sign_in_as):
    frozen("2026-10-12 10:00")
    earlier = make_ticket(State.CLOSED)
    frozen("2026-11-02 10:00")
    recurring.confirm(later := make_ticket(State.TRIAGE), earlier, actor=actor("wang"))
    go(later, "withdraw")
    db.session.commit()
    frozen("2026-11-18 20:40")
    page = sign_in_as("director").get("/figures?month=2026-10&as_of=2026-11-18")
    assert rows(page)["复发（截至）", "本期提出"][0] == "1/1"


def test_who_was_sent_elsewhere_long_ago_and_not_told_is_owed_it_still(db, frozen, sign_in_as):
    frozen("2026-09-07 10:00")
    make_ticket(State.REDIRECTED)
    db.session.commit()
    frozen("2026-11-18 20:40")
    page = sign_in_as("director").get(f"/figures?{NOVEMBER}")
    assert rows(page)["告知债", "截至当日"][0] == "1"


def test_who_heard_an_answer_and_was_then_sent_elsewhere_is_owed_the_route(db, frozen, sign_in_as):
    frozen("2026-09-07 10:00")
    go(ticket := make_ticket(State.FEEDBACK_GIVEN), "reopen")
    go(ticket, "request_return uphold_return redirect")
    db.session.commit()
    frozen("2026-11-18 20:40")
    page = sign_in_as("director").get(f"/figures?{NOVEMBER}")
    assert rows(page)["告知债", "截至当日"][0] == "1"


def test_voices_merged_and_merged_again_are_owed_what_the_last_matter_answered(db, frozen, sign_in_as):
    frozen("2026-09-07 10:00")
    first, second = make_ticket(State.TRIAGE), make_ticket(State.TRIAGE)
    last = make_ticket(State.FEEDBACK_PENDING)
    for early, late in ((first, second), (second, last)):
        move(early, "merge", "wang", lead_ticket=late.number, reason="同一件事")
    db.session.commit()
    frozen("2026-11-18 20:40")
    page = sign_in_as("director").get(f"/figures?{NOVEMBER}")
    assert rows(page)["告知债", "截至当日"][0] == "3"


def test_a_figure_nobody_defined_is_not_found(sign_in_as):
    assert sign_in_as("wang").get("/figures/happiness.cohort").status_code == 404


def test_what_is_done_later_changes_no_figure_of_an_earlier_day(november, frozen, sign_in_as, db):
    browser = sign_in_as("auditor")
    before = rows(browser.get(f"/figures?{NOVEMBER}"))
    frozen("2026-11-20 10:00")
    go(november["handled"], "tell close")
    go(november["working"], "submit_answer head_approve office_approve tell reopen")
    make_ticket(State.TRIAGE)
    db.session.commit()
    assert rows(browser.get(f"/figures?{NOVEMBER}")) == before
    assert rows(browser.get("/figures?month=2026-11&as_of=2026-11-20")) != before


def test_units_come_in_organisational_order_with_counts_where_there_are_few(november, sign_in_as):
    page = sign_in_as("auditor").get(f"/figures?{NOVEMBER}")
    table = page.text.split("按主办单位（组织机构顺序）", 1)[1]
    assert table.index("后勤保障处") < table.index("信息化中心")
    assert "%" not in table.split("</table>")[0]


def test_the_page_costs_few_statements_however_much_there_is(november, sign_in_as, queries):
    browser = sign_in_as("director")
    browser.get(f"/figures?{NOVEMBER}")
    with queries() as asked:
        browser.get(f"/figures?{NOVEMBER}")
    assert len(asked) <= 11, asked  # one more with merged matters, however many
