"""The frame in real Chromium: log-in, large type, language, keyboard, what stays in the browser."""

from __future__ import annotations

import pytest

from casemgr.organisation.models import RoleAssignment, Unit, User
from tests.support.browser import PHONE, assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "dalad-2026-secret"


@pytest.fixture
def admin() -> User:
    user = User(username="boss", full_name="李志强")
    user.set_password(PASSWORD)
    user.save()
    RoleAssignment.objects.create(user=user, role="admin", unit=Unit.objects.get(code="150621"))
    return user


def go(page, selector: str) -> None:
    """Click what leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.click(selector)


def test_log_in_work_and_log_out_leave_nothing_in_the_browser(page, admin: User) -> None:
    page.goto("/users/?q=王宝音")
    assert_accessible(page)
    page.fill("[name=username]", "boss")
    page.fill("[name=password]", "wrong")
    go(page, "main button")
    assert page.locator(".error-summary").evaluate("node => node === document.activeElement")
    assert_accessible(page)
    page.fill("[name=password]", PASSWORD)
    go(page, "main button")
    assert page.input_value("#q") == "王宝音"
    go(page, "text=退出")
    assert "/login/" in page.url
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert "王宝音" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.go_back()
    assert "/login/" in page.url, "Back after log-out shows no page of the office"


def test_large_type_and_english_on_a_phone(page_at, admin: User) -> None:
    page = page_at(*PHONE, user=admin)
    for address in ("/users/", "/units/", "/users/new/", f"/users/{admin.pk}/", "/access-log/", "/password/", "/no/"):
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)
    page.goto("/units/")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert page.evaluate(size) == 16
    go(page, "text=大字版")
    assert page.url.endswith("/units/")
    assert page.evaluate(size) == 20
    assert_fits(page)
    go(page, "text=English")
    assert page.locator("h1").inner_text() == "Units"
    assert page.locator("html").get_attribute("lang") == "en"
    assert_fits(page)


def test_the_keyboard_alone_opens_an_account(page_at, admin: User) -> None:
    page = page_at(user=admin)
    page.goto("/users/new/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("wangbaoyin")
    page.keyboard.press("Tab")
    page.keyboard.type("王宝音")
    page.keyboard.press("Enter")
    page.wait_for_selector("code")
    assert User.objects.get(username="wangbaoyin").full_name == "王宝音"


def test_a_double_click_sends_a_form_once(page_at, admin: User) -> None:
    page = page_at(user=admin)
    page.goto("/users/new/")
    page.fill("[name=username]", "double")
    page.fill("[name=full_name]", "白志强")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("() => { const b = document.querySelector('main button[type=submit]'); b.click(); b.click(); }")
    page.wait_for_selector("code")
    assert len(sent) == 1
    assert page.locator("code").nth(1).inner_text().count("-") == 2, "the temporary password is shown"


def test_leaving_a_form_with_unsaved_text_asks_first(page_at, admin: User) -> None:
    page = page_at(user=admin)
    page.goto("/units/new/")
    page.locator("[name=name]").press_sequentially("大数据局")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click(".tabs a[href='/administration/']")
    page.wait_for_url("**/administration/")
    assert asked == ["beforeunload"]


def test_the_end_of_the_session_is_announced_and_can_be_put_off(page_at, admin: User) -> None:
    page = page_at(user=admin)
    page.clock.install()
    page.goto("/units/")
    page.clock.fast_forward("55:01")
    assert "自动退出" in page.locator("#live").inner_text()
    with page.expect_response("**/session/") as answer:
        page.click("#live a")
    assert answer.value.status == 204
    page.wait_for_function("document.getElementById('live').textContent === ''")
