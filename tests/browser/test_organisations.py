"""A studio is applied for, examined and approved by clicking, and a town reads the coverage by phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from casemgr.pages.clock import today as clock_today
from mediation.models import Studio
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.organisations import mediator_row, studio_row, town, whole_committee
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_application_to_the_coverage_of_the_town(page_at) -> None:
    committee = whole_committee()
    giver = mediator_row(committee, "折茂林", position="mediator", how="hired")
    studio_row(town("150621101"), (clock_today() - timedelta(days=400), None))
    clerk = person("town-1", "town", at="150621100")
    desk = page_at(*DESKTOP, user=clerk)
    desk.goto(reverse("studio_new"))
    assert_accessible(desk)
    desk.select_option("[name=committee]", str(committee.pk))
    desk.select_option("[name=name_type]", "person")
    desk.select_option("[name=name_giver]", str(giver.pk))
    for name, value in (("years_of_mediation", "8"), ("cases_in_three_years", "75"), ("success_rate", "96.5")):
        desk.fill(f"[name={name}]", value)
    desk.fill("[name=consented_on]", clock_today().isoformat())
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/studios/*/")
    assert_accessible(desk)
    for _step in ("submit", "review"):
        desk.click("aside .btn-primary")
        if desk.locator("[name=opinion]").count():
            desk.fill("[name=opinion]", "情况属实，同意上报。")
        desk.click("main form button[type=submit]")
        desk.wait_for_url("**/studios/*/")
    studio = Studio.objects.get(name_giver=giver)
    assert (studio.state, studio.town_opinion) == ("TOWN_REVIEWED", "情况属实，同意上报。")
    phone = page_at(*PHONE, user=clerk)
    for name in ("organisation_overview", "studio_coverage", "committee_list", "studio_list", "mediator_roster"):
        phone.goto(reverse(name))
        assert_fits(phone)
        assert_accessible(phone)
    for row in (studio, committee):
        phone.goto(row.get_absolute_url())
        assert_fits(phone)
        assert_accessible(phone)
    screenshot(phone, "organisations-committee-phone")
