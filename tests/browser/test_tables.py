"""A town submits its month and reads a number's rows; the bureau accepts it; a phone fits; no barrier in the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from mediation.models import SubsidyBatch, TableReturn
from mediation.subsidy.rates import load_invented
from mediation.tables.months import Month
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person
from tests.support.tables import body, closed, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_month_goes_from_the_town_to_the_bureau(page_at) -> None:
    today = clock_today()
    month = Month(today.year, today.month).before
    town = Unit.objects.get(code="150621100")
    village = body("village", town)
    write([closed(village, date(month.year, month.month, 9), amount_yuan="8000.00")])
    load_invented()
    clerk, guide = person("clerk", "town", at="150621100"), person("guide", "guidance", at="150621-SFJ")
    desk = page_at(*DESKTOP, user=clerk)
    desk.goto(f"{reverse('table_sheet', args=['M-1'])}?year={month.year}&month={month.month}&unit={town.pk}")
    assert_accessible(desk)
    desk.click(".figures a.num >> nth=0")
    expect(desk.locator("td.t a")).to_have_count(1)
    assert_accessible(desk)
    desk.goto(f"{reverse('table_submit')}?year={month.year}&month={month.month}&unit={town.pk}")
    assert_accessible(desk)
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/returns/*/")
    assert_accessible(desk)
    returned = TableReturn.objects.get()
    bureau = page_at(*DESKTOP, user=guide)
    bureau.goto(returned.get_absolute_url())
    bureau.click("aside .btn-primary")
    bureau.click("main form button[type=submit]")
    bureau.wait_for_url("**/returns/*/")
    returned.refresh_from_db()
    assert returned.state == "ACCEPTED"
    batch = SubsidyBatch.objects.create(unit=town, first_on=today, last_on=today, computed_on=today, total_yuan=0)
    phone = page_at(*PHONE, user=clerk)
    sheet = f"{reverse('table_sheet', args=['M-1'])}?year={month.year}&month={month.month}"
    names = ("table_list", "table_entries", "table_rules", "subsidy_list", "subsidy_rates", "subsidy_new")
    for address in (sheet, returned.get_absolute_url(), batch.get_absolute_url(), *(reverse(name) for name in names)):
        phone.goto(address)
        assert_fits(phone)
        assert_accessible(phone)
    phone.goto(sheet)
    screenshot(phone, "tables-sheet-phone")
