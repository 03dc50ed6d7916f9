"""Two browsers open on one form: what the second person sees on the screen, on a desk and on a phone."""

from __future__ import annotations

import pytest

from casemgr.organisation.models import Unit
from tests.support.browser import PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [(1366, 768), PHONE])
def test_the_second_sees_what_changed_and_loses_nothing_typed(page_at, size) -> None:
    one = unit()
    address = f"/units/{one.pk}/change/"
    first = page_at(user=person("desk-one", "admin", at="150621", full_name="管理员甲"))
    second = page_at(*size, user=person("desk-two", "admin", at="150621", full_name="管理员乙"))
    first.goto(address)
    second.goto(address)
    second.fill("[name=short_name]", "复议")
    second.fill("[name=reason]", "我写的理由，不能丢")
    first.fill("[name=name]", "达拉特旗司法局复议科")
    first.fill("[name=reason]", "机构改革")
    first.click("form.pane button[type=submit]")
    first.wait_for_url(f"**/units/{one.pk}/")
    second.click("form.pane button[type=submit]")
    news = second.locator("section[aria-labelledby=news]")
    news.wait_for()
    for told in ("管理员甲", "机构改革", "达拉特旗司法局复议科"):
        assert told in news.inner_text()
    assert second.input_value("[name=short_name]") == "复议"
    assert second.input_value("[name=reason]") == "我写的理由，不能丢"
    assert second.input_value("[name=name]") == "达拉特旗司法局复议科"
    screenshot(second, f"two-sessions-{size[0]}")
    assert_fits(second)
    assert_accessible(second)
    second.click("form.pane button[type=submit]")
    second.wait_for_url(f"**/units/{one.pk}/")
    now = Unit.objects.get(pk=one.pk)
    assert (now.name, now.short_name) == ("达拉特旗司法局复议科", "复议")
