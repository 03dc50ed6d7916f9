"""Pages of volumes in real Chromium: accessible, fitting a phone."""

from __future__ import annotations

import pytest

from casemgr.actions.perform import perform
from casemgr.documents.volumes.models import Part, Volume
from tests.support.browser import PHONE, assert_accessible, assert_fits, screenshot
from tests.support.volumes import CLOSING, a_decided_case, frozen

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_are_accessible_and_fit_a_phone(page_at):
    office, case = a_decided_case()
    _office, other = a_decided_case(office)
    frozen(office, other)
    volume = Volume.objects.get(part=Part.MAIN)
    lent = {"borrower": "赵永胜", "borrower_unit": "旗法院", "purpose": "应诉", "due_on": CLOSING}
    perform("volume.place", volume, {"room": "三楼档案室", "cabinet": "2", "box": "15"}, office.archive, CLOSING)
    perform("volume.lend", volume, lent, office.archive, CLOSING)
    page, phone = page_at(user=office.archive), page_at(*PHONE, user=office.archive)
    for name, address in {
        "case": f"/cases/{case.pk}/volume/",
        "entry": f"/cases/{case.pk}/volume/volumes.add_entry/",
        "list": "/volumes/",
        "waiting": "/volumes/?show=to_freeze",
        "detail": f"/volumes/{volume.pk}/",
        "retention": "/volumes/retention/",
        "appraisals": "/volumes/appraisals/",
    }.items():
        page.goto(address)
        screenshot(page, f"volumes-{name}")
        assert_accessible(page)
        phone.goto(address)
        screenshot(phone, f"volumes-{name}-phone")
        assert_fits(phone)
