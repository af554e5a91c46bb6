"""The window itself: a browser test that could not fail would prove nothing."""

import pytest
from playwright.sync_api import expect


def test_a_page_is_served_to_a_visitor(open_as):
    page = open_as(None, phone=True).page
    page.goto("/sign-in")
    expect(page.locator("input[type=password]")).to_have_count(1)


def test_one_of_the_cast_is_signed_in(open_as):
    page = open_as("wang").page
    page.goto("/tickets")
    expect(page.locator("form[action$='/sign-out']").first).to_be_attached()


def test_a_broken_script_is_complained_about(open_as):
    window = open_as(None)
    window.page.goto("/sign-in")
    with window.page.expect_event("pageerror"):
        window.page.evaluate("setTimeout(() => { throw new Error('planted') })")
    with pytest.raises(AssertionError, match="planted"):
        window.close()
    window.complaints.clear()
