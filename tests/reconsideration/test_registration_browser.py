"""Registering in real Chromium, at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from casemgr.cases.models import Case, Participation, RegistrationDraft
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "desktop"), (PHONE, "phone")])
def test_a_clerk_registers_an_application(page_at, officer, agency, size, name):
    page = page_at(*size, user=officer)
    page.goto(reverse("reconsideration_register"))
    screenshot(page, f"registration-{name}")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("button", name="登记", exact=True).last.click()
    page.locator(".error-summary").first.wait_for()
    screenshot(page, f"registration-errors-{name}")
    assert_accessible(page)

    page.fill("#id_people-0-name", "张建国")
    page.select_option("#id_people-0-identity_kind", "RID")
    page.fill("#id_people-0-identity_number", "150699198503120017")
    page.select_option("#id_respondents-0-known_party", str(agency.pk))
    page.fill("#id_act_title", "行政处罚决定")
    page.fill("#id_act_number", "达市监罚〔2026〕77号")
    page.fill("#id_acted_on", "2026-10-12")
    page.select_option("#id_matter", "penalty")
    page.fill("#id_received_on", clock_today().isoformat())
    page.fill("#id_requests", "请求撤销该行政处罚决定。")
    page.fill("#id_reasons", "处罚认定事实不清，适用法律错误。")
    page.fill("#id_known_on", "2026-10-14")
    page.select_option("#id_known_ground", "signed")
    page.get_by_role("button", name="增加一名当事人").click()
    page.locator("#people-1").wait_for()
    assert page.input_value("#id_people-0-name") == "张建国"
    page.get_by_role("button", name="登记", exact=True).last.click()
    page.wait_for_url("**/cases/*/")
    case = Case.objects.get()
    assert case.title == f"不服{agency.name}行政处罚决定"
    screenshot(page, f"registered-case-{name}")
    assert_accessible(page)
    assert_fits(page)


def test_a_known_person_is_found_while_typing(page_at, officer, register, application):
    first = register(application)
    page = page_at(*DESKTOP, user=officer)
    page.goto(reverse("reconsideration_register"))
    page.locator("#id_people-0-name").press_sequentially("张建", delay=30)
    known = page.locator("#people-0 input[type=radio][name=people-0-known_party]").first
    known.wait_for()
    known.check()
    screenshot(page, "registration-known")
    page.select_option("#id_respondents-0-known_party", str(first.act.agency_id))
    page.fill("#id_act_title", "行政处罚决定")
    page.fill("#id_act_number", "达市监罚〔2026〕77号")
    page.fill("#id_acted_on", "2026-10-12")
    page.select_option("#id_matter", "penalty")
    page.fill("#id_requests", "请求撤销。")
    page.get_by_role("button", name="登记", exact=True).last.click()
    page.get_by_text(first.number).first.wait_for()
    screenshot(page, "registration-same-act")
    page.check("#id_same_act_checked")
    page.get_by_role("button", name="登记", exact=True).last.click()
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 2
    applicants = Participation.objects.filter(role=Participation.Role.APPLICANT)
    assert len(set(applicants.values_list("party_id", flat=True))) == 1


def fill(page, agency) -> None:
    page.fill("#id_people-0-name", "张建国")
    page.fill("#id_people-0-identity_number", "150699198503120017")
    page.select_option("#id_respondents-0-known_party", str(agency.pk))
    page.fill("#id_act_title", "行政处罚决定")
    page.fill("#id_act_number", "达市监罚〔2026〕77号")
    page.fill("#id_acted_on", "2026-10-12")
    page.select_option("#id_matter", "penalty")
    page.fill("#id_requests", "请求撤销该行政处罚决定。")


def press(page) -> None:
    page.get_by_role("button", name="登记", exact=True).last.click()


def test_a_draft_waits_on_the_first_page_and_goes_on_where_it_was_left(page_at, officer, agency):
    page = page_at(*PHONE, user=officer)
    page.goto(reverse("reconsideration_register"))
    fill(page, agency)
    page.get_by_text(re.compile(r"草稿已保存 \d\d:\d\d")).wait_for()
    screenshot(page, "registration-draft-phone")
    page.reload()
    assert page.input_value("#id_requests") == "请求撤销该行政处罚决定。"
    page.goto(reverse("worklist"))
    page.get_by_role("link", name=f"张建国：{agency.name}：行政处罚决定").click()
    assert page.input_value("#id_people-0-name") == "张建国"
    assert page.input_value("#id_respondents-0-known_party") == str(agency.pk)
    assert_accessible(page)
    assert_fits(page)
    press(page)
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 1 and not RegistrationDraft.objects.exists()


def test_a_line_cut_before_the_server_heard_it_loses_nothing_and_registers_once(page_at, officer, agency):
    page = page_at(*DESKTOP, user=officer)
    page.goto(reverse("reconsideration_register"))
    fill(page, agency)
    page.get_by_text("草稿已保存").wait_for()
    page.context.set_offline(True)
    press(page)
    page.get_by_text("网络已断开，尚未登记成功").wait_for()
    assert page.input_value("#id_requests") == "请求撤销该行政处罚决定。"
    screenshot(page, "registration-offline")
    assert_accessible(page)
    assert not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 1


def test_a_line_cut_after_the_server_heard_it_registers_once(page_at, officer, agency):
    page = page_at(*PHONE, user=officer)
    cut = []

    def swallow_first_answer(route):
        if route.request.method == "POST" and not cut:
            cut.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile(r"/reconsideration/register/$"), swallow_first_answer)
    page.goto(reverse("reconsideration_register"))
    fill(page, agency)
    press(page)
    page.wait_for_url("**/cases/*/")
    assert cut and Case.objects.count() == 1
    assert Party.objects.filter(name="张建国").count() == 1


def test_a_page_that_finds_no_room_for_its_draft_says_so_and_registers_all_the_same(page_at, officer, agency, settings):
    settings.DRAFTS_KEPT = 1
    page = page_at(*PHONE, user=officer)
    page.goto(reverse("reconsideration_register"))
    page.fill("#id_act_title", "第一份")
    page.get_by_text("草稿已保存").wait_for()
    page.goto(reverse("reconsideration_register"))
    fill(page, agency)
    page.get_by_text("本页未能存为草稿").wait_for()
    page.locator("[data-kept-status] a").wait_for()
    screenshot(page, "registration-no-room-phone")
    assert_accessible(page)
    assert_fits(page)
    press(page)
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 1 and RegistrationDraft.objects.count() == 1
