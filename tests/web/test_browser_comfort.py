"""Keys, hints, large type and paper in real Chromium."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casemgr.pages.clock import today as clock_today
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person, received_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    today = clock_today()
    user = person("clerk", "officer", full_name="王宝音")
    for days in range(3):
        received_case(today - timedelta(days=days), today, handler=user)
    return user


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_an_officer_finds_and_opens_a_case_by_keys_alone(page_at, officer) -> None:
    page = page_at(*DESKTOP, user=officer)
    page.goto("/work/")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert_accessible(page)
    screenshot(page, "comfort-keys", full_page=False)
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    with page.expect_navigation():
        page.keyboard.press("g")
        page.keyboard.press("2")
    assert page.url.endswith("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("main [name=q]") == "jk?", "letters typed into a box are letters"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    page.keyboard.press("k")
    assert (focused(page), bool(first), first != second or len(first) > 0) == (first, True, True)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/cases/" in page.url
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className").find("btn-primary") >= 0
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.endswith("/cases/")


def test_switched_off_keys_do_nothing(page_at, officer) -> None:
    type(officer).objects.filter(pk=officer.pk).update(single_keys=False)
    page = page_at(*DESKTOP, user=officer)
    page.goto("/work/")
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_every_control_of_a_case_is_reached_by_tab_in_reading_order(page_at, officer) -> None:
    page = page_at(*DESKTOP, user=officer)
    page.goto("/cases/")
    with page.expect_navigation():
        page.locator("td.t a").first.click()
    wanted = page.evaluate(
        """() => Array.from(document.querySelectorAll('a[href],button,input,select,textarea,summary'))
        .filter(e => e.checkVisibility() && !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0).length"""
    )
    reached, hidden = set(), []
    for _ in range(wanted + 3):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const e = document.activeElement; const all = Array.from(document.querySelectorAll('*'));
            const shown = getComputedStyle(e).outlineStyle;
            return [all.indexOf(e), e.tagName, shown, e.outerHTML.slice(0, 80)] }"""
        )
        if place[1] == "BODY":
            break
        reached.add(place[0])
        if place[2] == "none":
            hidden.append(place[3])
    assert len(reached) >= wanted
    assert hidden == [], "each focused control shows that it is"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_large_type_and_hints_fit(page_at, officer, size) -> None:
    type(officer).objects.filter(pk=officer.pk).update(large_type=True)
    page = page_at(*size, user=officer)
    for address in ("/work/", "/cases/", "/help/", "/help/town/", "/help/operator/", "/account/", "/parties/"):
        page.goto(address)
        assert_fits(page)
    page.goto("/work/")
    assert_accessible(page)
    screenshot(page, f"comfort-work-{size[0]}")
    with page.expect_navigation():
        page.locator(".hints button").click()
    expect(page.locator(".hints")).to_have_count(0)
    page.goto("/help/town/")
    assert_accessible(page)
    page.goto("/help/")
    assert_accessible(page)
    screenshot(page, f"comfort-help-{size[0]}")
