"""我的任务: what the rules still ask of me, only mine; and the office's table, which nobody else has (promise B26)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison import access
from liaison.access import Action
from liaison.calendars.models import Term
from liaison.contacts import recomputing
from liaison.contacts.queries import present
from liaison.people.words import PostCategory
from liaison.programmes.words import ContactKind, MeetingChannel
from tests import cast

TABLE = "/progress"
K = ContactKind


@pytest.fixture
def autumn(fujian: int, db: Any, frozen: Any) -> None:
    """Thursday of week 11, the rules in force, everybody's lines stored."""
    frozen("2026-11-19 10:00")
    dates = {"first_monday": date(2026, 9, 7), "last_day": date(2027, 1, 24)}
    db.session.add(
        Term(name="第一学期", academic_year="2026-2027", term_no=1, teaching_weeks=18, exam_weeks=2, **dates)
    )
    db.session.commit()
    recomputing.recompute()
    db.session.commit()


def part(page: str, title: str) -> str:
    return page.split(f">{title}</h2>")[1].split("</section>")[0]


def test_one_evening_in_the_dormitory_settles_this_week(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    browser = sign_in_as("li")
    assert "11月22日 周日前" in part(browser.get("/duties").text, "本周")
    held("li", "2026-11-18 20:40", K.ENTER_DORM)
    db.session.commit()
    week = part(browser.get("/duties").text, "本周")
    assert week.count("本周已完成") == 1  # MOE19-F2F and FJ21-7-F2F ask the same: one row, one contact serves both
    assert "记一次" not in week


def test_online_contact_does_not_settle_it(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    held("li", "2026-11-18 20:40", K.ENTER_ONLINE, place="dorm-3", channel=MeetingChannel.ONLINE)
    db.session.commit()
    assert "本周已完成" not in sign_in_as("li").get("/duties").text


def test_each_line_says_how_binding_it_is_and_what_is_missing(autumn: None, sign_in_as: Any) -> None:
    page = sign_in_as("li").get("/duties").text
    term = part(page, "本学期")
    assert "0 / 2 讲" in term  # the secretary's two lectures
    assert "缺第1周、第2周" in term
    assert "倡导，不考核" in page
    assert "倡导，不考核" not in term
    assert 'href="/contacts/plan?kind=visit_general_branch"' in part(page, "本月")
    assert 'href="/contacts/new?kind=visit_general_branch"' in part(page, "本月")


def test_what_waits_for_confirmation_is_shown_beside_and_not_counted(
    autumn: None, held: Any, sign_in_as: Any, db: Any
) -> None:
    held("li", "2026-11-18 20:40", K.ENTER_DORM, by="liaison")
    db.session.commit()
    page = sign_in_as("li").get("/duties").text
    assert "1 次待确认" in part(page, "本学期")
    assert "本周已完成" not in page


def test_a_number_opens_into_its_contacts(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    contact = held("li", "2026-11-18 20:40", K.ENTER_DORM)
    db.session.commit()
    browser = sign_in_as("li")
    assert contact.number in browser.get("/duties/MOE19-F2F/2026-11").text
    assert contact.number in sign_in_as("wang").get(f"{TABLE}/{cast.person('li').id}/MOE19-F2F/2026-11").text
    assert browser.get("/duties/MOE19-F2F/2027-05").status_code == 404
    assert browser.get("/duties/nothing/2026-11").status_code == 404


def test_everybody_sees_his_own_only(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    held("li", "2026-11-18 20:40", K.ENTER_DORM)
    db.session.commit()
    assert "本周已完成" not in sign_in_as("chen").get("/duties").text
    assert sign_in_as("chen").get(f"{TABLE}/{cast.person('li').id}/MOE19-F2F/2026-11").status_code == 404


def test_whoever_owes_nothing_reads_so(autumn: None, sign_in_as: Any, client: Any) -> None:
    assert sign_in_as("sun").get("/duties").status_code == 404
    assert "/sign-in" in client.get("/duties").location


def test_a_change_below_shows_at_once(autumn: None, post_of: Any, sign_in_as: Any, db: Any) -> None:
    """From the day he is a leader a visit a week is owed; nothing was computed in between."""
    assert "每周面对面接触学生" not in sign_in_as("zhang").get("/duties").text
    post_of("zhang", PostCategory.VICE_LEADER, "副校长", "university")
    db.session.commit()
    assert "每周面对面接触学生" in part(sign_in_as("zhang").get("/duties").text, "本周")


def test_the_table_shows_what_was_recorded_a_minute_ago(
    autumn: None, held: Any, sign_in_as: Any, db: Any, monkeypatch: Any
) -> None:
    """Of a few people; where many changed at once it says so until the tick has been there."""
    held("chen", "2026-11-18 20:40", K.ENTER_DORM)
    db.session.commit()
    asked = {"programme": "MOE19", "period": "2026-11"}
    page = sign_in_as("director").get(TABLE, query_string=asked).text
    assert "1 / 4 周" in page
    assert "正在更新" not in page
    monkeypatch.setattr(present, "AFRESH", 0)
    page = sign_in_as("director").get(TABLE, query_string=asked).text
    assert "1 / 4 周" not in page
    assert "正在更新" in page


def test_the_table_stands_in_organisational_order(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    held("chen", "2026-11-18 20:40", K.ENTER_DORM)  # who did more does not come first
    db.session.commit()
    page = sign_in_as("director").get(TABLE, query_string={"programme": "MOE19", "period": "2026-11"}).text
    rows = page.split("<tbody>")[1]
    assert rows.index("李书记") < rows.index("陈副校长") < rows.index("许副校长")
    assert f"{TABLE}/{cast.person('chen').id}/MOE19-F2F/2026-11" in rows
    assert "1 / 4 周" in rows


def test_periods_and_programmes_nobody_knows_show_the_present_month(autumn: None, sign_in_as: Any) -> None:
    page = sign_in_as("wang").get(TABLE, query_string={"programme": "x", "period": "y", "after": "z"}).text
    assert "2026年11月，按组织机构顺序" in page


def test_the_table_takes_few_statements_whatever_its_length(autumn: None, sign_in_as: Any, queries: Any) -> None:
    browser = sign_in_as("wang")
    browser.get(TABLE)
    with queries() as asked:
        assert browser.get(TABLE).status_code == 200
    assert len(asked) <= 11, "\n".join(asked)


def test_nobody_but_the_office_is_granted_a_page_of_figures_of_others() -> None:
    """B26: two people's figures stand side by side on the office's pages only."""
    office = {access.Role.CLERK, access.Role.DIRECTOR}
    assert set(access.MATRIX[Action.VIEW_PROGRESS]) == office
    assert set(access.MATRIX[Action.COLLECT_FORMS]) == office


@pytest.mark.parametrize("login", ["li", "chen", "zhang", "liaison", "desk", "sun", "auditor", "admin", "officer"])
def test_no_page_shows_anybody_else_the_figures_of_two(
    app: Any, autumn: None, held: Any, sign_in_as: Any, db: Any, login: str
) -> None:
    """B26, by asking every page without parameters: the amounts of 李书记 and 陈副校长 are never on one page."""
    for who, times in (("li", 3), ("chen", 2)):
        for day in range(times):
            held(who, f"2026-11-{16 + day} 09:00", K.IDEOLOGY_LECTURE)
    db.session.commit()
    browser = sign_in_as(login)
    seen = []
    for rule in app.url_map.iter_rules():
        if (
            "GET" in rule.methods
            and not rule.arguments
            and rule.endpoint not in {"static", "healthz", "contacts.worker"}
        ):
            text = browser.get(rule.rule).text
            if "3 / 2 讲" in text and "2 / 1 讲" in text:
                seen.append(rule.rule)
    assert seen == []


def test_the_office_does_see_them(autumn: None, held: Any, sign_in_as: Any, db: Any) -> None:
    for who, times in (("li", 3), ("chen", 2)):
        for day in range(times):
            held(who, f"2026-11-{16 + day} 09:00", K.IDEOLOGY_LECTURE)
    db.session.commit()
    text = sign_in_as("wang").get(TABLE, query_string={"programme": "FJ21", "period": "2026-2027-1"}).text
    assert "3 / 2 讲" in text
    assert "2 / 1 讲" in text
