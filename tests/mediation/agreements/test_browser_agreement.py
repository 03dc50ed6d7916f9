"""Writing an agreement, recording a payment and a visit: at a desk, by keyboard, and on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casemgr.pages.clock import today as clock_today
from mediation.agreements.standing import obligations_of
from tests.support.agreements import Table
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])


def looked_at(page: Any, name: str, size: tuple[int, int]) -> None:
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"agreement-{name}-{'desk' if size == DESKTOP else 'phone'}")


def choose(page: Any, name: str, text: str) -> None:
    """The option that begins so."""
    field = page.locator(f"main [name='{name}']")
    value = field.locator("option", has_text=text).first.get_attribute("value")
    field.select_option(value)


@SIZES
def test_an_agreement_is_written_paid_and_visited(page_at, size) -> None:
    today = clock_today()
    table = Table(today - timedelta(days=60))
    table.on(today)
    page = page_at(*size, user=table.mediator)
    page.goto(f"/cases/{table.pk}/")
    page.goto(f"/cases/{table.pk}/actions/mediation.write_agreement/")
    page.locator("main [name=on]").fill((today - timedelta(days=40)).isoformat())
    page.locator("main [name=content]").fill("李四赔偿王宝音树木损失，分三期付清。")
    choose(page, "obligations-0-debtor", "李四")
    choose(page, "obligations-0-creditor", "王宝音")
    page.locator("main [name='obligations-0-subject']").fill("树木损失赔偿款")
    page.locator("main [name='obligations-0-amount_yuan']").fill("10000")
    page.locator("main [name='obligations-0-instalments']").fill("3")
    page.locator("main button[name=add]").click()
    page.wait_for_selector("main [name='obligations-1-debtor']")
    assert page.locator("main [name='obligations-0-amount_yuan']").input_value() == "10000"
    looked_at(page, "form", size)
    page.locator("main form .btn-primary").click()  # the first instalment has no day yet
    page.wait_for_selector("main .error-summary")
    looked_at(page, "refused", size)
    page.locator("main [name='obligations-0-due_on']").fill((today - timedelta(days=10)).isoformat())
    page.locator("main [name='obligations-0-due_on']").press("Enter")  # by keyboard: saved, no row added
    page.wait_for_url(f"**/cases/{table.pk}/")
    assert [str(one.amount_yuan) for one in obligations_of(table.agreement)] == ["3333.33", "3333.33", "3333.34"]
    looked_at(page, "draft", size)
    table.on(today - timedelta(days=39)).sign_all()
    table.seal()
    table.on(today)
    page.goto(f"/cases/{table.pk}/actions/mediation.record_performance/")
    page.locator("main [name=amount_yuan]").fill("2000")
    page.locator("main [name=proof]").fill("收条")
    looked_at(page, "payment", size)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(f"**/cases/{table.pk}/")
    page.goto(f"/cases/{table.pk}/actions/mediation.record_visit/")
    page.locator("main [name=interviewee]").fill("王宝音")
    page.locator("main [name=performance]").fill("首期付了两千元。")
    page.locator("main [name=satisfaction]").first.check()
    looked_at(page, "visit", size)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(f"**/cases/{table.pk}/")
    looked_at(page, "case", size)
    assert "2000.00" in page.locator("main").inner_text()
    assert table.case.visits.get().interviewee == "王宝音"
