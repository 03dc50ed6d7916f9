"""Giving cases to others, absences and the first pages of the offices, in real Chromium on a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from casemgr.cases.models import Absence, Case, Instruction
from casemgr.pages.clock import today as clock_today
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person, received_case

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])


def looked_at(page, name: str, size) -> None:
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"work-{name}-{'desk' if size == DESKTOP else 'phone'}")


@SIZES
def test_ticked_cases_are_given_after_a_look_at_the_numbers(page_at, size) -> None:
    today = clock_today()
    head, officer = person("the-head", "head", full_name="陈海龙"), person("leaving", "officer", full_name="王宝音")
    receiver = person("receiver", "officer", full_name="苏日娜")
    cases = [received_case(today - timedelta(days=n), today, handler=officer) for n in range(5)]
    cases[1].recusals.create(user=receiver, reason="近亲属")
    page = page_at(*size, user=head)
    page.goto("/cases/")
    for case in cases[:3]:
        page.locator(f'input[name=cases][value="{case.pk}"]').check()
    looked_at(page, "list", size)
    page.locator('button[name=chosen][value="ticked"]').click()
    page.locator(f'input[name=receivers][value="{receiver.pk}"]').check()
    page.locator("textarea[name=reason]").fill("均衡工作量")
    looked_at(page, "form", size)
    page.locator("main form .btn-primary").click()
    looked_at(page, "preview", size)
    page.locator('button[name=step][value="confirmed"]').click()
    page.wait_for_url("**/cases/reassignments/*/")
    looked_at(page, "run", size)
    given = Case.objects.filter(lead_handler=receiver).values_list("pk", flat=True)
    assert sorted(given) == sorted([cases[0].pk, cases[2].pk])


@SIZES
def test_an_absence_is_recorded_and_the_stand_in_finds_the_cases(page_at, size) -> None:
    today = clock_today()
    officer, other = person("away", "officer", full_name="王宝音"), person("other", "officer", full_name="苏日娜")
    case = received_case(today, today, handler=officer)
    page = page_at(*size, user=officer)
    page.goto("/absences/new/")
    page.locator("select[name=stand_in]").select_option(str(other.pk))
    page.locator("input[name=from_on]").fill(today.isoformat())
    page.locator("input[name=until_on]").fill((today + timedelta(days=3)).isoformat())
    looked_at(page, "absence", size)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/absences/")
    looked_at(page, "absences", size)
    assert Absence.objects.get().stand_in == other
    page = page_at(*size, user=other)
    page.goto("/work/")
    page.locator(f'a[href="?whose=for-{officer.pk}"]').click()
    expect(page.get_by_text(case.number).first).to_be_visible()
    looked_at(page, "standing-in", size)


@SIZES
@pytest.mark.parametrize("role", ["leader", "authority", "archive", "mediator"])
def test_the_first_page_of_each_office(page_at, size, role: str) -> None:
    today = clock_today()
    officer, reader = person("an-officer", "officer", full_name="王宝音"), person("reader", role, full_name="高秀兰")
    for n in range(4):
        case = received_case(today - timedelta(days=10 * n), today, handler=officer)
        if n % 2:
            Instruction.objects.create(case=case, author=reader, text="请抓紧办理", given_on=today, due_on=today)
    closed = received_case(today, today, handler=officer)
    Case.objects.filter(pk=closed.pk).update(stage="closed", next_due_on=None, next_other_due_on=None)
    page = page_at(*size, user=reader)
    page.goto("/work/")
    looked_at(page, f"home-{role}", size)
