"""The whole first start in a browser: from the one-time link to a person who logs in with a printed slip."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from casemgr.operation.first_start.token import new_token
from casemgr.organisation.models import User
from casemgr.organisation.office import forget, office_on, seal_on
from casemgr.organisation.reference import GOVERNMENT
from casemgr.pages.clock import today
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.register import unit
from tests.support.sheet_files import workbook

PASSWORD = "Ordos-2026-grassland"
NEW_PASSWORD = "Kubuqi-2026-desert"
LIST = [
    ("李志强", "lizhiqiang", "行政复议与应诉办公室", "officer", ""),
    ("陈海龙", "chenhailong", "行政复议与应诉办公室", "head、panel", ""),
    ("高秀兰", "gaoxiulan", "达拉特旗", "authority", ""),
    ("某人", "mouren", "没有的局", "officer", ""),
]


def look(page: Any, name: str, width: int) -> None:
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"golive-{name}-{width}")


def submit(page: Any) -> None:
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "height"), [DESKTOP, PHONE])
def test_from_the_link_to_the_first_persons_log_in(page_at: Any, width: int, height: int, settings, tmp_path) -> None:
    settings.BACKUP_DIR = str(tmp_path / "backups")
    forget()
    page = page_at(width, height)
    page.goto(reverse("first_start", args=[new_token()]))
    look(page, "first-start", width)
    for name, value in (
        ("office_name", "达拉特旗司法局"), ("full_name", "苏日娜"), ("username", "surina"),
        ("password", PASSWORD), ("password_again", PASSWORD),
    ):  # fmt: skip
        page.fill(f"[name={name}]", value)
    submit(page)
    assert page.url.endswith(reverse("go_live"))
    look(page, "checklist-before", width)

    office_and_seals(page, width)
    a_series(page, width)
    passwords = people(page, width)
    units(page, width)
    backups(page, width)
    page.goto(reverse("go_live"))
    look(page, "checklist-after", width)
    first_log_in(page_at(width, height), passwords["lizhiqiang"], width)


def office_and_seals(page: Any, width: int) -> None:
    page.goto(reverse("office"))
    look(page, "office-before", width)
    page.locator(f"a[href='{reverse('office_change')}']").click()
    for name, value in (
        ("address", "鄂尔多斯市达拉特旗树林召镇锡尼街"), ("postal_code", "014300"), ("phone", "0477-5212345"),
        ("basic_court_address", "达拉特旗树林召镇"), ("intermediate_court", "鄂尔多斯市人民法院"),
        ("intermediate_court_address", "鄂尔多斯市康巴什区"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", value)
    look(page, "office-form", width)
    submit(page)  # the court for suits against the government is no intermediate court
    assert page.locator(".error-summary").count() == 1
    assert page.input_value("[name=phone]") == "0477-5212345"
    look(page, "office-refused", width)
    page.fill("[name=intermediate_court]", "鄂尔多斯市中级人民法院")
    submit(page)
    assert office_on(today()).intermediate_court_address == "鄂尔多斯市康巴什区"
    look(page, "office-after", width)
    for code, name in ((GOVERNMENT, "达拉特旗人民政府行政复议专用章"), ("150621-SFJ", "达拉特旗司法局")):
        page.goto(reverse("seal_change", args=[unit(code).pk]))
        page.fill("[name=name]", name)
        submit(page)
    assert seal_on(GOVERNMENT, today()) == "达拉特旗人民政府行政复议专用章"


def a_series(page: Any, width: int) -> None:
    page.goto(reverse("series_list"))
    page.locator(f"a[href*='{reverse('series_step', args=['reconsideration.decision', 'start'])}']").click()
    page.fill("[name=next_number]", "47")
    page.fill("[name=reason]", "1至46号在纸质登记簿")
    look(page, "series-form", width)
    submit(page)
    assert f"达政复决字〔{today().year}〕47号" in page.inner_text("main")
    look(page, "series", width)


def people(page: Any, width: int) -> dict[str, str]:
    page.goto(reverse("user_import"))
    look(page, "users-upload", width)
    page.set_input_files("[name=file]", workbook(*LIST))
    submit(page)
    look(page, "users-tried", width)
    submit(page)
    look(page, "slips", width)
    found = [slip.locator("code").all_inner_texts() for slip in page.locator("ul.slips li").all()]
    assert User.objects.count() == 4  # the faulty row was left out
    assert all(re.fullmatch(r"\w{4}-\w{4}-\w{4}", password) for _name, password in found)
    page.emulate_media(media="print")
    screenshot(page, f"golive-slips-print-{width}")
    page.emulate_media(media="screen")
    return dict(found)


def units(page: Any, width: int) -> None:
    page.goto(reverse("unit_import"))
    headings = ("单位代码", "单位名称", "单位类别", "上级单位代码")
    page.set_input_files("[name=file]", workbook(
        ("150621100-TW", "树林召镇人民调解委员会", "人民调解委员会", "150621100"), ("X-9", "某局", "什么局", ""),
        headings=headings,
    ))  # fmt: skip
    submit(page)
    look(page, "units-tried", width)
    submit(page)
    assert unit("150621100-TW").name == "树林召镇人民调解委员会"


def backups(page: Any, width: int) -> None:
    page.goto(reverse("backup_list"))
    page.locator(f"form[action='{reverse('backup_now')}'] button").click()
    page.wait_for_load_state()
    look(page, "backups", width)
    page.goto(reverse("administration"))
    look(page, "administration", width)


def first_log_in(page: Any, password: str, width: int) -> None:
    page.goto(reverse("login"))
    page.fill("[name=username]", "lizhiqiang")
    page.fill("[name=password]", password)
    submit(page)
    assert page.url.endswith(reverse("password_change"))
    page.fill("[name=old_password]", password)
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", NEW_PASSWORD)
    submit(page)
    assert page.url.endswith(reverse("worklist"))
