"""The pages of tokens in a browser: made, shown once, revoked, at a desk and by phone."""

from __future__ import annotations

import pytest

from casemgr.organisation.tokens.models import ApiToken
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_token_is_made_and_revoked_by_clicking(page_at, size) -> None:
    boss = person("boss", "admin", at="150621")
    boss.set_password("grasland-im-herbst")
    boss.save()
    page = page_at(*size, user=boss)
    page.goto("/tokens/new/")
    assert_accessible(page)
    assert_fits(page)
    page.fill("[name=name]", "导出到档案系统")
    page.check("[name=scopes][value=read]")
    page.fill("[name=password]", "grasland-im-herbst")
    page.click("form.pane button[type=submit]")
    assert page.locator("code").inner_text().startswith("cmgr_")
    assert_fits(page)
    page.goto("/tokens/all/")
    assert_accessible(page)
    assert_fits(page)
    page.click("table.cases a")
    page.click("form.pane button[type=submit]")
    page.wait_for_url("**/tokens/")
    assert ApiToken.objects.get().revoked_at is not None
    page.goto("/systems/new/")
    for name, text in {"username": "platform", "full_name": "平台", "purpose": "报送", "contact": "信息中心"}.items():
        page.fill(f"[name={name}]", text)
    page.click("form.pane button[type=submit]")
    page.wait_for_url("**/systems/*/")
    assert_accessible(page)
    assert_fits(page)
