"""The menu in real Chromium: one row of tabs and groups, on a phone behind one name; without script, by keyboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casemgr.organisation.roles import ROLES
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = {
    "mediator": ("mediator",),
    "officer": ("officer",),
    "liaison": ("liaison",),
    "leader": ("leader",),
    "admin": ("admin",),
    "many": ("admin", "leader", "committee", "town", "guidance", "head", "archive", "finance"),
}
ONE_ROW = 56
ROW = "nav.tabs > ul > li"


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
    labels = desk.locator("nav.tabs a").all_text_contents()
    assert not desk.locator("nav.tabs > details > summary").is_visible()
    assert height(desk) < ONE_ROW * (1.25 if large else 1)
    name = f"{who}-large" if large else who
    page = page_at(*PHONE, user=user)
    page.goto(reverse("calendar"))
    menu = page.locator("nav.tabs > details > summary")
    assert "菜单" in menu.inner_text() and "工作日历" in menu.inner_text()
    assert height(page) < ONE_ROW * (1.5 if large else 1)
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"menu-{name}-phone")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("nav.tabs a:visible").all_inner_texts() == labels
    assert menu.bounding_box()["width"] > PHONE[0] / 2
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"menu-{name}-open-phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == reverse("worklist")
    page.get_by_role("link", name="期限计算").click()
    page.wait_for_url("**" + reverse("calculator"))
    assert height(page) < ONE_ROW * (1.5 if large else 1)


@pytest.mark.parametrize("who", ["leader", *(pytest.param(one, marks=pytest.mark.long) for one in PEOPLE)])
def test_a_group_opens_in_its_place_and_closes_by_itself(page_at, who):
    page = page_at(*DESKTOP, user=person(who, *PEOPLE[who]))
    page.goto(reverse("calculator"))
    screenshot(page, f"menu-{who}-desktop")
    for position, tab in enumerate(page.locator(ROW).all()):
        if not tab.locator("summary").count():
            continue
        summary = tab.locator("summary")
        assert tab.locator("a:visible").count() == 0
        summary.focus()
        page.keyboard.press("Enter")
        assert page.locator("nav.tabs li.group a:visible").all_inner_texts() == tab.locator("a").all_text_contents()
        assert_fits(page)
        bottom = max(link.bounding_box()["y"] + link.bounding_box()["height"] for link in tab.locator("a").all())
        assert bottom <= DESKTOP[1]
        if who == "leader":
            assert_accessible(page)
        screenshot(page, f"menu-{who}-{position}-desktop", full_page=False)
        page.keyboard.press("Tab")
        assert tab.locator("a").first.evaluate("link => link === document.activeElement")
        page.keyboard.press("Escape")
        assert tab.locator("a:visible").count() == 0
        assert summary.evaluate("element => element === document.activeElement")
        summary.click()
        page.mouse.click(DESKTOP[0] - 20, DESKTOP[1] - 20)
        assert tab.locator("a:visible").count() == 0


def test_the_group_of_the_page_names_it(page_at):
    page = page_at(*DESKTOP, user=person("leader", "leader"))
    page.goto(reverse("plan_list"))
    current = page.locator("nav.tabs summary[aria-current=true]")
    assert current.inner_text() == "统计 · 年度计划"
    current.click()
    assert page.locator("nav.tabs a[aria-current=page]:visible").inner_text() == "年度计划"


def test_keys_open_a_group_and_enter_it(page_at):
    page = page_at(*DESKTOP, user=person("officer-1", "officer"))
    page.goto(reverse("worklist"))
    names = page.locator(ROW).evaluate_all("tabs => tabs.map(tab => (tab.querySelector('summary, a')).textContent)")
    page.keyboard.press("g")
    page.keyboard.press(str(names.index("办案") + 1))
    assert page.evaluate("document.activeElement.getAttribute('href')") == reverse("hearing_week")
    narrow = page_at(*PHONE, user=person("officer-2", "officer"))
    narrow.goto(reverse("worklist"))
    narrow.keyboard.press("g")
    narrow.keyboard.press(str(names.index("办案") + 1))
    assert narrow.evaluate("document.activeElement.getAttribute('href')") == reverse("hearing_week")
    assert narrow.locator(f"nav.tabs a[href='{reverse('hearing_week')}']").is_visible()


def test_the_menu_needs_no_script(page_at):
    page = page_at(*PHONE, user=person("officer-1", "officer"), java_script_enabled=False)
    page.goto(reverse("calendar"))
    assert page.locator("nav.tabs a:visible").all_inner_texts() == ["工作台"]
    page.locator("nav.tabs > details > summary").click()
    page.get_by_role("link", name="案件", exact=True).click()
    page.wait_for_url("**" + reverse("case_list"))
    desk = page_at(*DESKTOP, user=person("officer-2", "officer"), java_script_enabled=False)
    desk.goto(reverse("case_list"))
    desk.locator("nav.tabs summary", has_text="办案").click()
    desk.get_by_role("link", name="待送达文书", exact=True).click()
    desk.wait_for_url("**" + reverse("document_unserved"))


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_one_row_is_enough_for_each_role(page_at, large):
    """On the page with the longest name, which the group shows beside its own."""
    for role in ROLES:
        user = person(f"{role}-1", role)
        user.large_type = large
        user.save()
        page = page_at(*DESKTOP, user=user)
        for address in ("worklist", "litigation_register_suggestion", "ownership"):
            page.goto(reverse(address))
            if page.locator("nav.tabs").count():
                assert height(page) < ONE_ROW * (1.25 if large else 1), (role, address)
        page.context.close()
