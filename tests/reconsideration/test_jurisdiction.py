"""Who reviews whose acts: the table of articles 24, 27 and 28."""

from __future__ import annotations

import pytest

from casemgr.parties.models import Party
from reconsideration.jurisdiction import competent, is_ours, of_agency

BANNER, CITY, CITY_JUSTICE = "达拉特旗人民政府", "鄂尔多斯市人民政府", "鄂尔多斯市司法局"


@pytest.mark.parametrize(
    ("kind", "authorities", "article", "ours"),
    [
        ("department", (BANNER,), "24(1)(1)", True),
        ("town_government", (BANNER,), "24(1)(2)", True),
        ("banner_government", (CITY,), "24(1)(2)", False),
        ("dispatched_organ", (BANNER,), "24(1)(3)", True),
        ("authorised_organisation", (BANNER,), "24(1)(4)", True),
        ("dispatched_body", (BANNER,), "24(4)", True),
        ("city_branch", (CITY, BANNER), "24(4)", True),
        ("justice_bureau", (BANNER, CITY_JUSTICE), "28", True),
        ("other", (), "24", None),
        ("", (), "24", None),
    ],
)
def test_competent_authorities(kind, authorities, article, ours):
    found = competent(kind)
    assert (found.authorities, found.article, found.is_ours) == (authorities, article, ours)
    assert str(found.why)


def test_every_kind_of_agency_has_an_answer():
    for kind in Party.AgencyKind.values:
        assert str(competent(kind).why)


def test_a_vertically_led_agency_is_reviewed_by_its_superior():
    found = competent("vertical", "国家税务总局达拉特旗税务局", "国家税务总局鄂尔多斯市税务局")
    assert (found.authorities, found.article, found.is_ours) == (("国家税务总局鄂尔多斯市税务局",), "27", False)


@pytest.mark.django_db
def test_agencies_of_the_reference_data_know_their_reviewer():
    tax = Party.objects.get(name="国家税务总局达拉特旗税务局")
    assert of_agency(tax).authorities == ("国家税务总局鄂尔多斯市税务局",)
    street = Party.objects.filter(agency_kind="dispatched_organ").first()
    assert of_agency(street).is_ours


def test_joint_acts_under_different_authorities_are_for_a_person():
    assert is_ours([competent("department"), competent("town_government")]) is True
    assert is_ours([competent("department"), competent("vertical")]) is None
    assert is_ours([]) is None
