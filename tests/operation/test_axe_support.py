"""axe runs under our content security policy, and finds what it should."""

from __future__ import annotations

import pytest

from tests.support.browser import PageAt, assert_accessible, screenshot


def test_the_login_page_is_accessible_and_a_broken_one_is_noticed(page_at: PageAt) -> None:
    page = page_at()
    page.goto("/login/")
    assert_accessible(page)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/x.png\">')")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    screenshot(page, "login")
