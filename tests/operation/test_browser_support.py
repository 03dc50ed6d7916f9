"""The browser fixtures themselves: real Chromium, strict content security policy, axe."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import PHONE, PageAt, assert_fits


def test_a_page_from_our_own_server_opens_with_the_strict_policy(page_at: PageAt) -> None:
    page = page_at(*PHONE)
    answer = page.goto("/static/no-such-file.css")
    assert answer is not None and answer.status == 404
    assert page.evaluate("window.innerWidth") == PHONE[0]


@pytest.mark.parametrize("size", [(390, 844), (1366, 768)])
def test_a_page_wider_than_the_screen_is_noticed(page_at: PageAt, size: tuple[int, int]) -> None:
    page: Any = page_at(*size)
    page.set_content("<main>narrow</main>")
    assert_fits(page)
    page.set_content("<main><table width=3000><tr><td>wide</td></tr></table></main>")
    with pytest.raises(AssertionError, match="px wide"):
        assert_fits(page)
