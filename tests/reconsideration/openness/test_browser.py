"""The public site in real Chromium: readable by everybody, on both sizes, without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from reconsideration.openness.public.caching import forget
from reconsideration.openness.public.figures import count_years
from tests.reconsideration.openness.test_publications import judged, proposed, published
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.papers import DECIDED, DECISION, an_office, fresh, part_of, under_review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    forget()
    return an_office()


@pytest.fixture
def decision(office):
    case = under_review(office)
    return office.serve(office.paper(case, "decision", DECIDED, DECISION), DECIDED)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everybody_reads_and_asks_on_both_sizes(page_at, office, decision, size) -> None:
    paper = published(office, decision)
    count_years(clock_today())
    case = fresh(decision.case)
    part = part_of(case, "applicant")
    sent = {"case": case.pk, "participation": part.pk, "word_is": "own", "word": "骆驼"}
    code = perform("query_code.issue", None, sent, office.officer, DECIDED)
    page = page_at(*size, java_script_enabled=True)
    addresses = ("", "decisions/", f"decisions/{paper.pk}/", "figures/", "hearings/", "guide/", "complaint/")
    for address in addresses:
        page.goto(f"/public/{address}")
        assert_accessible(page)
        assert_fits(page)
        screenshot(page, f"public-{address.split('/')[0] or 'home'}-{size[0]}")
    page.goto("/public/progress/")
    assert_accessible(page)
    page.fill("[name=code]", code.secret)
    page.fill("[name=word]", "骆驼")
    page.click("main button")
    expect(page.locator("#stage")).to_be_visible()
    assert page.url.endswith("/public/progress/")
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"public-progress-{size[0]}")


def test_the_redaction_is_judged_side_by_side(page_at, office, decision) -> None:
    publication = proposed(office, decision)
    page = page_at(*DESKTOP, user=office.officer)
    page.goto(f"/reconsideration/publications/{publication.pk}/")
    assert_accessible(page)
    screenshot(page, "openness-judging")
    page.click("button[value=redact]")
    expect(page.locator("caption").first).to_contain_text("均已确认")
    page.evaluate(
        """() => { const text = document.querySelector('[data-fills] p:last-of-type');
        getSelection().selectAllChildren(text);
        text.dispatchEvent(new MouseEvent('mouseup', {bubbles: true})); }"""
    )
    expect(page.locator("#id_words")).not_to_have_value("")
    page = page_at(*PHONE, user=office.head)
    page.goto(f"/reconsideration/publications/{publication.pk}/")
    assert_accessible(page)
    assert_fits(page)
    assert judged(office, publication).state == "proposed"
