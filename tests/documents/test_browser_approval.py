"""Approval and wording in real Chromium: marks are readable on a phone, phrases go to the cursor by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from tests.support.browser import PHONE, assert_accessible, assert_fits
from tests.support.papers import CORRECTION, a_case, an_office

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paper_is_returned_with_marks_and_phrases_are_inserted_by_keyboard(page_at):
    office, today = an_office(), clock_today()
    case = a_case(office, received_on=today, today=today)
    paper = perform("document.draft", case, {"kind": "correction_notice", **CORRECTION}, office.officer, today)
    perform("document.submit", paper, {}, office.officer, today)
    head = page_at(*PHONE, user=office.head)
    head.goto(f"/documents/{paper.pk}/actions/document.return_for_changes/")
    assert_fits(head)
    head.click("details.phrases summary")
    head.focus("#id_opinion")
    head.locator("[data-insert='请修改后再报。']").focus()
    head.keyboard.press("Enter")
    assert head.input_value("#id_opinion") == "请修改后再报。"
    head.keyboard.type("另请核对日期。")
    head.click("main details:not(.phrases) summary")
    marked = head.input_value("#id_text_items").replace("复印件", "原件")
    head.fill("#id_text_items", marked)
    assert_accessible(head)
    head.click("main form .btn-primary")
    head.wait_for_url(f"**/documents/{paper.pk}/")
    phone = page_at(*PHONE, user=office.officer)
    phone.goto(f"/documents/{paper.pk}/")
    assert "复印" in phone.inner_text("del")
    assert "原" in phone.inner_text("ins")
    lines = phone.evaluate("[...document.querySelectorAll('ins,del')].map(e => getComputedStyle(e).textDecorationLine)")
    assert set(lines) == {"underline", "line-through"}
    assert "请修改后再报。另请核对日期。" in phone.inner_text(".message.warning")
    assert_fits(phone)
    assert_accessible(phone)
    phone.goto(f"/documents/{paper.pk}/changes/?before=1&after=1p")
    assert_fits(phone)
    assert_accessible(phone)

    tomorrow = (today + timedelta(days=1)).isoformat()
    text = "请当面提交，或者挂号邮寄至{收件地点}，邮寄的以邮戳日期为准。"
    sent = {"passage_code": "correction_notice.how", "text": text, "effective_on": tomorrow, "reason": "更清楚"}
    wording = perform("wording.propose", None, sent, office.head, today)
    for address in ("/wording/", "/wording/passages/correction_notice.how/", f"/wording/{wording.pk}/"):
        head.goto(address)
        assert_fits(head)
        assert_accessible(head)
    head.goto(f"/wording/{wording.pk}/trial/?case={case.pk}")
    assert "挂号邮寄至" in head.inner_text("main")
    assert_fits(head)
    assert_accessible(head)
