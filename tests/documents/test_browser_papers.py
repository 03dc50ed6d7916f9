"""Papers in real Chromium: the pages are accessible, fit a phone, and the editor saves by itself."""

from __future__ import annotations

import pytest

from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from tests.support.browser import PHONE, assert_accessible, assert_fits
from tests.support.papers import DECIDED, DECISION, an_office, under_review

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_are_accessible_and_fit_a_phone(page_at):
    office = an_office()
    case = under_review(office)
    draft = perform("document.draft", case, {"kind": "decision", **DECISION}, office.officer, DECIDED)
    notice = Document.objects.get(kind="reply_notice")
    page, phone = page_at(user=office.officer), page_at(*PHONE, user=office.officer)
    for address in (
        f"/documents/{draft.pk}/",
        f"/documents/{draft.pk}/edit/",
        f"/documents/{draft.pk}/actions/document.submit/",
        f"/documents/{notice.pk}/",
        "/documents/unserved/",
        f"/cases/{case.pk}/",
    ):
        page.goto(address)
        assert_accessible(page)
        phone.goto(address)
        assert_fits(phone)


def test_a_refused_service_says_why_at_the_field(page_at):
    office = an_office()
    under_review(office)
    notice = Document.objects.get(kind="reply_notice")
    case = notice.case
    decision = office.paper(case, "decision", DECIDED, DECISION)
    page = page_at(user=office.officer)
    page.goto(f"/documents/{decision.pk}/actions/document.serve/")
    page.check("input[value=left_behind]")
    page.fill("#id_served_on", "2026-10-21")
    page.click("button.btn-primary")
    page.wait_for_selector(".error-summary")
    assert "第89条" in page.inner_text(".error-summary")
    assert page.is_checked("input[value=left_behind]")


def test_the_editor_keeps_what_was_typed(page_at):
    office = an_office()
    paper = perform("document.draft", under_review(office), {"kind": "decision", **DECISION}, office.officer, DECIDED)
    page = page_at(user=office.officer)
    page.goto(f"/documents/{paper.pk}/edit/")
    assert page.locator("svg.sheet").count() >= 1
    page.fill("#id_reasoning", "浏览器里写的理由")
    page.wait_for_selector("#sheets :text('浏览器里写的理由')")
    page.press("#id_reasoning", "Tab")
    page.wait_for_selector("#saved:not(:empty)")
    assert Document.objects.get(pk=paper.pk).data["reasoning"] == "浏览器里写的理由"
    page.click("button.btn-primary")
    page.wait_for_selector(".message.success")
    assert "浏览器里写的理由" in page.input_value("#id_text_reasoning")


def test_service_asks_only_for_what_its_way_needs_and_its_pages_fit_a_phone(page_at):
    office = an_office()
    under_review(office)
    notice = Document.objects.get(kind="reply_notice")
    decision = office.paper(notice.case, "decision", DECIDED, DECISION)
    page, phone = page_at(user=office.officer), page_at(*PHONE, user=office.officer)
    page.goto(f"/documents/{decision.pk}/actions/document.serve/")
    assert not page.is_visible("#id_postal_number")
    page.check("input[value=post]")
    assert page.is_visible("#id_postal_number")
    assert not page.is_visible("#id_witness")
    page.goto("/documents/unserved/")
    page.check("[data-ticks=row]")
    assert page.is_checked("input[name=row]")
    page.click("button[formaction*=mailing]")
    page.wait_for_selector("#sent_on")
    for address in (page.url, "/documents/arrivals/", "/documents/notices/", "/sealing/", "/sealing/register/"):
        page.goto(address)
        assert_accessible(page)
        phone.goto(address)
        assert_fits(phone)
