"""A mediator at the kitchen table: the session is recorded on a phone, with the keyboard alone, and read again."""

from __future__ import annotations

import pytest
from django.utils import translation

from casemgr.actions import registry
from casemgr.pages.clock import today as clock_today
from mediation.models import Attendee, Session
from tests.support.browser import PHONE, assert_accessible, assert_fits, screenshot
from tests.support.mediation import accepted, mediator, start

pytestmark = pytest.mark.django_db(transaction=True)


def label(action: str) -> str:
    with translation.override("zh-hans"):
        return str(registry.get(action).label)


def look(page) -> None:
    assert_fits(page)
    assert_accessible(page)


def test_a_session_is_recorded_on_a_phone_with_the_keyboard_alone(page_at) -> None:
    today = clock_today()
    lead = mediator()
    case = accepted(today, today, handler=lead)
    page = page_at(*PHONE, user=lead)
    page.goto(f"/cases/{case.pk}/actions/mediation.begin/")
    look(page)
    assert not page.locator("[name=relation]").is_visible()
    page.locator("[name=has_relation][value=yes]").check()
    assert page.locator("[name=relation]").is_visible()
    screenshot(page, "mediation-begin-phone")
    case = start(case, lead, today)
    page.goto(f"/cases/{case.pk}/")
    look(page)
    primary = page.locator("main .next .btn-primary")
    assert primary.inner_text() == label("mediation.record_session")
    primary.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    screenshot(page, "mediation-session-phone")
    page.locator("[name=starts]").fill("19:30")
    page.locator("[name=ends]").fill("19:10")  # after midnight, and so not over yet
    page.locator("[name=statements]").focus()
    page.keyboard.type("王宝音称界桩被移动；李四否认。")
    page.locator("[name=result][value=adjourned]").focus()
    page.keyboard.press("Space")
    planned = page.locator("[name=next_on]")
    assert planned.is_visible()
    planned.fill(today.replace(year=today.year + 1).isoformat())
    page.locator("main form .btn-primary").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)  # refused: what was typed is still there
    assert page.locator("[name=statements]").input_value() == "王宝音称界桩被移动；李四否认。"
    assert page.locator(".error-summary a[href='#id_ends']").count() == 1
    page.locator("[name=ends]").fill("21:10")
    page.locator("details:has([name=refused]) > summary").first.focus()
    if not page.locator("[name=refused]").first.is_visible():
        page.keyboard.press("Enter")
    page.locator("[name=refused]").nth(1).focus()
    page.keyboard.press("Space")
    page.locator("[name=refusal_reason]").fill("要再想想")
    page.locator("main form .btn-primary").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    screenshot(page, "mediation-case-phone")
    held = Session.objects.get()
    assert (held.number, held.result, held.next_on) == (1, "adjourned", today.replace(year=today.year + 1))
    assert [one.refused_to_sign for one in Attendee.objects.order_by("id")] == [False, True]
    assert "要再想想" in page.locator("#sessions").locator("..").inner_text()
