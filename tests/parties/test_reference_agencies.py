import pytest

from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from casemgr.parties.reference import agency_for, load_reference

pytestmark = pytest.mark.django_db


def _agency(code: str) -> Party:
    return agency_for(Unit.objects.get(code=code))


def test_every_town_street_zone_department_and_branch_is_an_agency():
    load_reference()
    kinds = ["town", "street", "zone", "department", "branch", "government"]
    for unit in Unit.objects.filter(kind__in=kinds):
        assert agency_for(unit) is not None, unit
    assert (_agency("150621100").name, _agency("150621100").agency_kind) == ("树林召镇人民政府", "town_government")
    assert (_agency("150621001").name, _agency("150621001").agency_kind) == ("工业街道办事处", "dispatched_organ")
    assert _agency("150621-SFJ").agency_kind == "justice_bureau"
    assert _agency("150621-STJ").superior.name == "鄂尔多斯市生态环境局"
    assert _agency("150621-GAJ").superior == _agency("150621-ZF")
    assert _agency("150621-ZF").superior.name == "鄂尔多斯市人民政府"
    assert Party.objects.get(name="国家税务总局达拉特旗税务局").agency_kind == "vertical"


def test_loading_twice_adds_nothing_and_keeps_corrections():
    load_reference()
    agency = _agency("150621-GAJ")
    agency.address = "新址"
    agency.save()
    before = Party.objects.count()
    assert load_reference() == 0
    assert Party.objects.count() == before
    assert _agency("150621-GAJ").address == "新址"


def test_an_agency_follows_the_succession_of_its_unit():
    load_reference()
    old, new = Unit.objects.get(code="150621-NYJ"), Unit.objects.get(code="150621-FGW")
    old.successor = new
    old.save()
    load_reference()
    assert agency_for(old).current() == agency_for(new)
