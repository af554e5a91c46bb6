"""One problem from the dormitory to the told student, by pressing what a person presses (README «运行», scenario A)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast, factories
from tests.e2e.conftest import Window, press
from tests.e2e.test_capture import choose_place, open_page, send, speak

Open = Callable[..., Window]


@pytest.fixture
def habits(db: Any) -> None:
    """Matters of water usually go to the logistics office: what the desk proposes without typing."""
    row = db.session.get_one(factories.Category, factories.category_id("03"))
    row.lead_unit_id = cast.unit("logistics").id
    db.session.commit()


def test_one_problem_reaches_the_told_student_in_two_browsers(open_as: Open, frozen: Any, habits: None) -> None:
    clock = frozen("2026-11-18 20:40")
    phone = open_as("li", phone=True)
    phone.page.clock.set_fixed_time(clock.moment)  # the form asks the telephone for the time
    code = file_problem(phone)
    clock.to("2026-11-19 09:05")
    desk = open_as("wang").page
    number = accept_and_dispatch_by_keys(desk)
    clock.to("2026-11-20 10:00")
    handle(open_as("sun").page)
    approve(open_as("zhang").page, "审定通过，报党政办公室")
    clock.to("2026-11-20 16:30")
    approve(open_as("zhao-clerk").page, "审核通过，备好答复")
    clock.to("2026-11-20 18:00")
    read_and_rate(open_as(None, phone=True), code)
    desk.goto(f"/tickets/{number}")
    expect(desk.locator("main")).to_have_attribute("data-state", "closed")  # a good rating closes it
    assert history(desk) == [
        "李书记 提交了这件事项。",
        "党政办公室 王老师 受理，归入“水电气暖网络”。",
        "党政办公室 王老师 交办给后勤保障处，11月26日前答复。",
        "后勤保障处 孙师傅 签收，由孙师傅办理。",
        "后勤保障处 孙师傅 记录进展：",
        "后勤保障处 孙师傅 起草了答复：已解决。",
        "后勤保障处 张处长 部门审定通过。",
        "党政办公室 赵老师 审核通过，答复已备好，凭查询码可见。",
        "反映人 用查询码看到了答复。",
        "反映人 作了评价：解决了吗——是；满意程度 5/5。",
        "系统 办结（已评价）。",
    ]
    assert facts(desk) == ["办理 已解决 · 11月20日", "核实 未核实", "告知 已告知 1/1", "办结 11月20日 · 已评价"]


def file_problem(window: Window) -> str:
    """李书记 on his way: the place, one dictated sentence, the category proposed; and the card to show."""
    open_page(window)
    choose_place(window)
    speak(window)
    window.tap(window.page.locator("[data-suggest] button"))
    send(window)
    window.page.wait_for_url(re.compile(r"/card$"))
    assert window.taps <= 6
    return window.page.locator(".code-big").inner_text()


def accept_and_dispatch_by_keys(page: Page) -> str:
    """王老师 in his queue, without a mouse. The number of the ticket."""
    page.goto("/queue")
    keys = page.keyboard
    keys.press("j")
    with page.expect_navigation():
        keys.press("Enter")
    keys.press("a")
    with page.expect_navigation():
        keys.press("Enter")
    keys.press("d")
    assert page.evaluate("document.activeElement.selectedOptions[0].text") == "后勤保障处"
    keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("main")).to_have_attribute("data-state", "dispatched")
    return page.locator("article.sheet").get_attribute("aria-label") or ""


def handle(page: Page) -> None:
    """孙师傅: signs, notes what he did, writes the answer."""
    open_first(page)
    press(unfold(page, "sign").get_by_role("button", name="签收"))
    form = unfold(page, "progress")
    form.get_by_label("进展").fill("水泵已订货，明天到")
    press(form.get_by_role("button", name="记下进展"))
    form = unfold(page, "submit_answer")
    form.get_by_role("radio", name="已解决").click()
    form.get_by_label("给反映人的答复").fill(factories.ANSWER)
    press(form.get_by_role("button", name="提交负责人审定"))
    expect(page.locator("main")).to_have_attribute("data-state", "dept_review")


def approve(page: Page, deed: str) -> None:
    open_first(page)
    press(page.get_by_role("button", name=deed))
    expect(page.get_by_role("status")).to_contain_text("审")


def read_and_rate(window: Window, code: str) -> None:
    """The student, nowhere signed in: types the code of the card, reads, answers with two taps."""
    page = window.page
    page.goto("/code")
    page.get_by_label("查询码").fill(code)
    press(page.get_by_role("button", name="看看办到哪了"))
    expect(page.get_by_text(factories.ANSWER)).to_be_visible()
    window.tap(page.get_by_role("radio", name="是", exact=True))
    window.press(page.get_by_role("button", name="非常满意", exact=True))
    expect(page.get_by_text("评价已经收到。").first).to_be_visible()
    assert window.taps == 2


def open_first(page: Page) -> None:
    page.goto("/queue")
    press(page.locator("[data-ticket] a").first)
    expect(page.locator("main[data-state]")).to_be_visible()


def unfold(page: Page, move: str) -> Any:
    """The form of a move, unfolded."""
    form = page.locator(f"form[data-move={move}]")
    page.locator(f"details:has(> form[data-move={move}]) > summary").click()
    return form


def history(page: Page) -> list[str]:
    """The sentences of the ticket, the oldest first."""
    return page.locator(".timeline .event div > p:not(.note)").all_inner_texts()


def facts(page: Page) -> list[str]:
    return [" ".join(words.split()) for words in page.locator(".facts li").all_inner_texts()]
