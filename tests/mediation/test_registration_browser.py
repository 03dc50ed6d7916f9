"""Registering on a phone in real Chromium: quickly, by keyboard, in large type, and when the line is cut."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Participation, RegistrationDraft
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.mediation.conftest import entries
from tests.support.browser import PHONE, assert_accessible, assert_fits, screenshot
from tests.support.mediation import mediator

pytestmark = pytest.mark.django_db(transaction=True)
REGISTER = re.compile(r"/mediation/register/$")


@pytest.fixture
def worker():
    return mediator()


def fill(page) -> None:
    page.fill("#id_people-0-name", "王宝音")
    page.fill("#id_people-1-name", "李四")
    page.select_option("#id_dispute_type", "02")
    page.fill("#id_summary", "因宅基地边界发生争执。")


def press(page) -> None:
    page.get_by_role("button", name="登记", exact=True).last.click()


def test_a_known_person_is_found_and_five_entries_are_enough(page_at, worker):
    known = Party.objects.create(kind="person", name="王宝音")
    page = page_at(*PHONE, user=worker)
    page.goto(reverse("worklist"))
    page.get_by_role("link", name="登记纠纷").last.click()
    assert page.input_value("#id_place") == "树林召镇"
    screenshot(page, "mediation-register-phone")
    assert_accessible(page)
    assert_fits(page)
    press(page)
    page.locator(".error-summary").first.wait_for()
    screenshot(page, "mediation-register-errors-phone")
    assert_accessible(page)
    # by keyboard alone
    page.focus("#id_people-0-name")
    page.keyboard.type("王宝", delay=20)
    choice = page.locator(f"#people-0 input[type=radio][value='{known.pk}']")
    choice.wait_for()
    choice.focus()
    page.keyboard.press("Space")
    page.focus("#id_people-1-name")
    page.keyboard.type("李四")
    page.focus("#id_dispute_type")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#id_dispute_type") == "02"
    page.focus("#id_summary")
    page.keyboard.type("因宅基地边界发生争执。")
    page.get_by_text(re.compile(r"草稿已保存 \d\d:\d\d")).wait_for()
    screenshot(page, "mediation-register-draft-phone")
    page.focus("main form > .buttons .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    assert Participation.objects.get(role="applicant").party == known
    assert not RegistrationDraft.objects.exists()
    screenshot(page, "mediation-registered-phone")
    assert_accessible(page)
    assert_fits(page)


def test_in_large_type_everything_fits_and_the_draft_waits_on_the_first_page(page_at, worker):
    worker.large_type = True
    worker.save()
    page = page_at(*PHONE, user=worker)
    page.goto(reverse("mediation_register"))
    fill(page)
    page.get_by_text("草稿已保存").wait_for()
    for block in page.locator("main details > summary").all():
        block.click()
    page.select_option("#id_sub_source", "court_delegated")
    page.get_by_role("button", name="增加一名当事人").click()
    page.locator("#people-2").wait_for()
    assert page.input_value("#id_people-0-name") == "王宝音"
    screenshot(page, "mediation-register-large-phone")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_text("草稿已保存").wait_for()
    page.goto(reverse("worklist"))
    page.get_by_role("link", name="王宝音、李四：因宅基地边界发生争执。").wait_for()
    screenshot(page, "mediation-work-large-phone")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="王宝音、李四：因宅基地边界发生争执。").click()
    assert page.input_value("#id_summary") == "因宅基地边界发生争执。"
    assert page.input_value("#id_sub_source") == "court_delegated"


def test_a_line_cut_before_the_server_heard_it_loses_nothing_and_registers_once(page_at, worker):
    page = page_at(*PHONE, user=worker)
    page.goto(reverse("mediation_register"))
    fill(page)
    page.locator("#people-1").get_by_text("尚未登记").wait_for()
    page.context.set_offline(True)
    page.get_by_text("网络已断开。填写的内容都在本页").wait_for()
    press(page)
    page.get_by_text("网络已断开，尚未登记成功").wait_for()
    assert page.input_value("#id_summary") == "因宅基地边界发生争执。"
    screenshot(page, "mediation-register-offline-phone")
    assert_accessible(page)
    assert not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 1


def test_a_line_cut_after_the_server_heard_it_registers_once(page_at, worker):
    page = page_at(*PHONE, user=worker)
    cut = []

    def swallow_first_answer(route):
        if route.request.method == "POST" and not cut:
            cut.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(REGISTER, swallow_first_answer)
    page.goto(reverse("mediation_register"))
    fill(page)
    press(page)
    page.wait_for_url("**/cases/*/")
    assert cut and Case.objects.count() == 1
    assert Party.objects.filter(name="王宝音").count() == 1


def test_what_is_changed_after_the_cut_is_not_sent_unasked_and_the_first_sending_is_told(page_at, worker):
    page = page_at(*PHONE, user=worker)
    cut = []

    def cut_all(route):
        if route.request.method != "POST" or len(cut) > 1:
            return route.continue_()
        if not cut:
            route.fetch(max_redirects=0)
        cut.append(1)
        route.abort("connectionreset")

    page.route(REGISTER, cut_all)
    page.goto(reverse("mediation_register"))
    fill(page)
    press(page)
    page.get_by_text("网络已断开，尚未登记成功").wait_for()
    page.fill("#id_summary", "改了内容。")
    page.get_by_text("请再按一次登记").or_(page.get_by_text("已经登记：")).first.wait_for()
    cut.append(2)
    press(page)
    page.get_by_text("第一次提交其实已经收到").wait_for()
    assert page.input_value("#id_summary") == "改了内容。"
    assert_accessible(page)
    assert Case.objects.count() == 1


def test_the_same_dispute_is_shown_and_judged_on_the_page(page_at, worker):
    first = perform("mediation.register", None, entries(), worker, clock_today())
    page = page_at(*PHONE, user=worker)
    page.goto(reverse("mediation_register"))
    fill(page)
    press(page)
    page.get_by_role("link", name=first.number).first.wait_for()
    screenshot(page, "mediation-register-same-phone")
    assert_accessible(page)
    assert_fits(page)
    page.check("#id_same_checked")
    press(page)
    page.wait_for_url("**/cases/*/")
    assert Case.objects.count() == 2
