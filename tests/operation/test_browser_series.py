"""The page of the number series on a phone: numbers of committees are long."""

from __future__ import annotations

import pytest

from casemgr.organisation.models import Unit
from tests.support.browser import PHONE, assert_fits
from tests.support.mediation_papers import full_dispute
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_of_committees_with_long_names_fit_a_phone_in_large_type(page_at) -> None:
    case = full_dispute()
    Unit.objects.filter(pk=case.unit_id).update(name="达拉特旗物业纠纷人民调解委员会", short_name="")
    admin = person("series-admin", "admin", at="150621")
    admin.large_type = True
    admin.save()
    phone = page_at(*PHONE, user=admin)
    phone.goto("/series/")
    assert "达拉特旗物业纠纷人民调解委员会" in phone.locator("main").inner_text()
    assert_fits(phone)
