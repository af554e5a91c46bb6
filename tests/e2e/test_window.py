"""The window itself: a browser test that could not fail would prove nothing."""

import pytest


def test_a_page_is_served_to_a_visitor(open_as):
    page = open_as(None, phone=True).page
    page.goto("/sign-in")
    assert page.locator("input[type=password]").count() == 1


def test_one_of_the_cast_is_signed_in(open_as):
    page = open_as("wang").page
    page.goto("/tickets")
    assert "/sign-in" not in page.url


def test_a_broken_script_is_complained_about(open_as):
    window = open_as(None)
    window.page.goto("/sign-in")
    window.page.evaluate("setTimeout(() => { throw new Error('planted') })")
    window.page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match="planted"):
        window.close()
    window.complaints.clear()
