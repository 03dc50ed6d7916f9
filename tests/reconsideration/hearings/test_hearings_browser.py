"""A hearing led through on a phone, in real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.hearings import day, under_review

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_recorder_leads_through_the_hearing_on_a_phone(page_at) -> None:
    flow = under_review()
    hearing = flow.plan()
    flow.notify(day(9, 22))
    flow.prepare()
    page = page_at(*PHONE, user=flow.office["officer"])
    page.goto("/reconsideration/hearings/?week=2026-10-12")
    expect(page.get_by_role("link", name=flow.case.title)).to_be_visible()
    screenshot(page, "hearings-week-phone")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name=flow.case.title).click()
    assert_accessible(page)
    assert_fits(page)
    with page.expect_navigation():
        page.get_by_role("link", name="进入听证流程").click()
    for choice in page.locator("select").all():
        choice.select_option("yes")
    with page.expect_navigation():
        page.get_by_role("button", name="保存，下一步").click()
    expect(page.locator("h1")).to_contain_text("核对身份、告知权利")
    screenshot(page, "hearings-step-phone")
    assert_accessible(page)
    assert_fits(page)
    with page.expect_navigation():
        page.get_by_role("button", name="保存，下一步").click()
    expect(page).to_have_url(re.compile(r"/course/case/$"))
    hearing.refresh_from_db(fields=["record"])
    assert "申请回避" in hearing.record["rights"]
    desk = page_at(*DESKTOP, user=flow.office["officer"])
    desk.goto(f"/reconsideration/hearings/{hearing.pk}/course/evidence/")
    assert_accessible(desk)
    assert_fits(desk)
    screenshot(desk, "hearings-evidence-desktop")
