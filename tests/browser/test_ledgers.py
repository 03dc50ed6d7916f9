"""An officer loads a sheet of the office on a phone and on a desk: no barrier in the way, nothing beside the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers.models import LedgerImport
from reconsideration.demo.people import resident_number
from tests.ledgers.test_imports_in_the_page import THEIRS, book
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


def worked(found: LedgerImport) -> None:
    found.refresh_from_db()
    assert claim(found.job_id, timezone.now())
    assert run_job(found.job_id).status == "done"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_sheet_goes_from_the_file_to_the_register_and_back(page_at, tmp_path: Path, size) -> None:
    sheet = tmp_path / "台账.xlsx"
    number = resident_number(8, date(1990, 3, 12), "F")
    bad = THEIRS | {"复议案号": "达政复字〔2025〕4号", "受理时间": "2025-02-30", "身份证号": number}
    sheet.write_bytes(book(THEIRS, bad, title="2025年度行政复议案件台账"))
    page = page_at(*size, user=person("li", "officer"))
    page.goto(reverse("ledger_list"))
    assert_fits(page)
    assert_accessible(page)
    page.goto(reverse("ledger_send"))
    assert_accessible(page)
    page.select_option("[name=kind]", "reconsideration")
    page.set_input_files("[name=file]", sheet)
    page.click("main form .btn-primary")
    page.wait_for_url("**/imports/*/")
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"ledger-columns-{size[0]}")
    page.click("main form .btn-primary")
    page.wait_for_selector("#ledger-progress")
    assert_accessible(page)
    found = LedgerImport.objects.get()
    worked(found)
    page.goto(found.get_absolute_url())
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"ledger-tried-{size[0]}")
    page.click("main form .btn-primary")
    page.wait_for_selector("#ledger-progress")
    worked(found)
    page.goto(found.get_absolute_url())
    page.click("details.pane summary")
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, f"ledger-loaded-{size[0]}")
