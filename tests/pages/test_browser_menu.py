"""The tabs in real Chromium: on a phone one row with a menu, with and without script, by keyboard, in large type."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = {
    "mediator": ("mediator",),
    "officer": ("officer",),
    "leader": ("leader",),
    "admin": ("admin",),
    "many": ("admin", "leader", "committee", "town", "guidance", "head", "archive", "finance"),
}
ONE_ROW = 56


def height(page) -> float:
    return page.locator("nav.tabs").bounding_box()["height"]


@pytest.mark.parametrize(
    ("who", "large"),
    [
        *(("mediator", False), ("many", True)),
        *(pytest.param(who, True, marks=pytest.mark.long) for who in ("mediator", "officer", "leader", "admin")),
    ],
)
def test_the_tabs_are_one_row_on_a_phone_and_the_menu_opens_all(page_at, who, large):
    user = person(who, *PEOPLE[who])
    user.large_type = large
    user.save()
    desk = page_at(*DESKTOP, user=user)
    desk.goto(reverse("worklist"))
    labels = desk.locator("nav.tabs li").all_inner_texts()
    assert not desk.locator("nav.tabs summary").is_visible()
    assert all(
        tab.bounding_box()["x"] + tab.bounding_box()["width"] <= DESKTOP[0] for tab in desk.locator("nav.tabs a").all()
    )
    name = f"{who}-large" if large else who
    screenshot(desk, f"menu-{name}-desktop")
    page = page_at(*PHONE, user=user)
    page.goto(reverse("calendar"))
    menu = page.locator("nav.tabs summary")
    assert "菜单" in menu.inner_text() and "工作日历" in menu.inner_text()
    assert height(page) < ONE_ROW * (1.5 if large else 1)
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"menu-{name}-phone")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("nav.tabs li:visible").all_inner_texts() == labels
    assert menu.bounding_box()["width"] > PHONE[0] / 2
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"menu-{name}-open-phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == reverse("worklist")
    page.get_by_role("link", name="期限计算").click()
    page.wait_for_url("**" + reverse("calculator"))
    assert height(page) < ONE_ROW * (1.5 if large else 1)


def test_the_menu_needs_no_script(page_at):
    page = page_at(*PHONE, user=person("officer-1", "officer"), java_script_enabled=False)
    page.goto(reverse("calendar"))
    assert page.locator("nav.tabs li:visible").all_inner_texts() == ["工作台"]
    page.locator("nav.tabs summary").click()
    page.get_by_role("link", name="案件", exact=True).click()
    page.wait_for_url("**" + reverse("case_list"))
