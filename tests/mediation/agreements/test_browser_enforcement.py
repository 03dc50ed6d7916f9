"""Two debts of a confirmed agreement: each with its own clock on the case page, and its own application."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casemgr.cases import events
from casemgr.pages.clock import today as clock_today
from tests.support.agreements import Table
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_which_debt_is_enforced_is_chosen(page_at, size) -> None:
    today = clock_today()
    table = Table(today - timedelta(days=300))
    due = (today - timedelta(days=90)).isoformat(), (today - timedelta(days=40)).isoformat()
    rent = table.pay("300", due_on=due[0], subject="租金")
    table.agree(table.pay("10000", due_on=due[1], instalments="2", subject="树木损失赔偿款"), rent)
    row = table.agreement.confirmations.create(court="达拉特旗人民法院", court_ground="domicile", applied_by="jointly")
    for step in ("file", "accept"):
        getattr(row, step)()
    row.save()
    events.record(table.case, "confirmation_ready", table.day, subject="round:1", confirmation=row.pk)
    table.on(today - timedelta(days=280)).act("confirmation_valid", ruling_number="调确1号")
    table.day = today
    page = page_at(*size, user=table.mediator)
    page.goto(f"/cases/{table.pk}/")
    assert page.locator("ul.deadlines", has_text="租金").count()
    _looked_at(page, "clocks", size)
    page.goto(f"/cases/{table.pk}/actions/mediation.record_enforcement/")
    _looked_at(page, "form", size)
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("main .error-summary")
    field = page.locator("main [name=debt]")
    field.select_option(field.locator("option", has_text="租金").first.get_attribute("value"))
    party = page.locator("main [name=party]")
    party.select_option(party.locator("option", has_text="王宝音").first.get_attribute("value"))
    page.locator("main form .btn-primary").click()
    page.wait_for_url(f"**/cases/{table.pk}/")
    _looked_at(page, "applied", size)
    statuses = {d.root_event.data["what"]: d.status for d in table.case.deadlines.filter(rule="M-ENF")}
    assert statuses == {"租金": "met", "树木损失赔偿款": "open"}


def _looked_at(page, name: str, size) -> None:
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"enforcement-{name}-{'desk' if size == DESKTOP else 'phone'}")
