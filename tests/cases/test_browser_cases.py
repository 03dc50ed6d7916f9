"""The pages of cases in real Chromium, on a desk and on a phone: they fit, axe is content, Back works."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import agency, applicant, pass_all_tests, person, received_case, record

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("王宝音", "云巴特尔", "刘秀兰", "李玉梅", "额尔敦其木格·巴特尔")
AGENCIES = ("达拉特旗公安局", "达拉特旗自然资源局", "树林召镇人民政府")
TITLES = ("不服行政处罚决定", "不服征收补偿决定", "不履行法定职责")


@pytest.fixture
def head():
    return person("gaoxiulan", "officer", "head", full_name="高秀兰")


@pytest.fixture
def cases(head):
    """Fifteen cases: received, accepted, waiting for the reply, under review."""
    today, day, made = clock_today(), timedelta(days=1), []
    for n in range(15):
        came = today - (n + 1) * 2 * day
        case = received_case(
            came,
            today,
            handler=head if n % 3 else None,
            title=TITLES[n % 3],
            by=applicant(NAMES[n % 5]),
            against=agency(AGENCIES[n % 3]),
        )
        made.append(case)
        if n >= 5:
            record(case, today, ("accepted", came + 3 * day), state="ACCEPTED")
        if n >= 8:
            record(case, today, ("copy_sent", came + 4 * day), ("copy_served", came + 5 * day), state="AWAIT_REPLY")
        if n >= 12:
            record(case, today, ("reply_received", came + 12 * day), state="IN_REVIEW")
    pass_all_tests(made[1])
    return made


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_fit_and_are_accessible(page_at, head, cases, size) -> None:
    page, today = page_at(*size, user=head), clock_today()
    corrected = cases[9]
    data = {"event": corrected.events.get(kind="received").pk, "on": today - timedelta(days=21), "reason": "以邮戳为准"}
    perform("cases.correct_date", corrected, data, head, today)
    one, name = f"/cases/{corrected.pk}/", "desk" if size == DESKTOP else "phone"
    addresses = {
        "worklist": "/work/?whose=office",
        "list": "/cases/?q=王宝音&stage=intake",
        "case": one,
        "case_to_accept": f"/cases/{cases[1].pk}/",
        "deadline": f"{one}deadlines/{corrected.deadlines.filter(status='open').first().pk}/",
        "correct_date": f"{one}actions/cases.correct_date/?event={data['event']}",
        "refused": f"/cases/{cases[2].pk}/actions/reconsideration.accept/",
        "party": f"/parties/{corrected.participations.first().party_id}/",
    }
    for what, address in addresses.items():
        page.goto(address)
        screenshot(page, f"cases-{what}-{name}")
        assert_fits(page)
        assert_accessible(page)


def test_back_after_filtering_and_opening_finds_the_same_list(page_at, head, cases) -> None:
    page = page_at(*DESKTOP, user=head)
    page.goto("/cases/")
    page.get_by_label("案号、当事人、案由").fill("云巴特尔")
    page.get_by_role("button", name="查询").click()
    page.wait_for_url("**/cases/?**")
    filtered, rows = page.url, page.locator("tbody tr").count()
    assert rows == 3
    page.locator("tbody tr a").first.click()
    page.wait_for_url("**/cases/*/")
    page.go_back()
    expect(page).to_have_url(filtered)
    expect(page.locator("tbody tr")).to_have_count(rows)
    assert page.get_by_role("navigation", name="主导航").count() or page.locator("nav.tabs").count()
    page.get_by_role("link", name="清除全部条件").click()
    expect(page.locator("tbody tr")).to_have_count(15)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_accepting_asks_once_more_and_then_happens(page_at, head, cases, size) -> None:
    page, case = page_at(*size, user=head), cases[0]
    pass_all_tests(case)
    page.goto(f"/cases/{case.pk}/")
    page.locator("a.btn-primary").click()
    page.locator("textarea[name=note]").fill("材料齐全")
    page.locator("form .btn-primary").click()
    screenshot(page, f"cases-confirm-{'desk' if size == DESKTOP else 'phone'}")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="返回修改").click()
    assert page.locator("textarea[name=note]").input_value() == "材料齐全"
    page.locator("form .btn-primary").click()
    page.locator("button[value=confirmed]").dblclick()
    page.wait_for_url(f"**/cases/{case.pk}/")
    case.refresh_from_db()
    assert case.state == "ACCEPTED"
    assert case.events.filter(kind="accepted").count() == 1


def test_a_registration_prints_what_was_typed_and_no_buttons(page_at, head) -> None:
    page = page_at(*DESKTOP, user=head)
    page.goto("/reconsideration/register/")
    page.fill("[name=act_title]", "行政处罚决定书")
    page.emulate_media(media="print")
    assert page.locator("[name=act_title]").is_visible()
    assert not page.locator("main .btn").first.is_visible()


def test_the_case_page_prints_without_the_frame(page_at, head, cases) -> None:
    page = page_at(*DESKTOP, user=head)
    page.goto(f"/cases/{cases[9].pk}/")
    page.emulate_media(media="print")
    screenshot(page, "cases-case-print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("a.btn-primary").is_visible()
    assert page.locator(".timeline li").first.is_visible()
