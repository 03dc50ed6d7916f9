"""On a phone: a round, a lead found on it, and its registration as a case with what is known."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mediation.models import Lead, MediationCase, Patrol
from tests.support.browser import PHONE, assert_accessible, assert_fits, screenshot
from tests.support.mediation import committee
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_round_to_the_case_on_a_phone(page_at) -> None:
    phone = page_at(*PHONE, user=person("m", "mediator", at=committee().code, full_name="刘根喜"))

    def look() -> None:
        assert_fits(phone)
        assert_accessible(phone)

    phone.goto(reverse("screening"))
    look()
    phone.goto(reverse("patrol_new"))
    look()
    phone.fill("[name=place]", "新民村二社")
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/patrols/*/")
    look()
    assert Patrol.objects.get().people == "刘根喜"
    phone.click("aside .btn-primary")
    look()
    phone.select_option("[name=dispute_type]", "0702")
    phone.fill("[name=summary]", "两户因草牧场围栏争执")
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/leads/*/")
    look()
    screenshot(phone, "screening-lead-phone")
    phone.click("aside .btn-primary")
    look()
    assert phone.input_value("[name=summary]") == "两户因草牧场围栏争执"
    phone.fill("[name=people-0-name]", "王宝音")
    phone.fill("[name=people-1-name]", "李四")
    phone.click("main form .btn-primary")
    phone.wait_for_url("**/cases/*/")
    case, lead = MediationCase.objects.get(), Lead.objects.get()
    assert (lead.state, lead.case_id) == ("CONVERTED", case.pk)
    assert str(lead) in case.facts.found_how
