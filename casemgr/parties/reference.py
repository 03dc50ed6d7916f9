"""Agencies every installation knows: one for each town, street, zone, department and branch, and those above them."""

from __future__ import annotations

from casemgr.audit.context import audited
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from casemgr.parties.names import name_key

_AGENCY = Party.AgencyKind
CITY_GOVERNMENT = "鄂尔多斯市人民政府"
BANNER_GOVERNMENT = "达拉特旗人民政府"
OUTSIDE_AGENCIES: tuple[tuple[str, str, str], ...] = (
    ("内蒙古自治区人民政府", _AGENCY.OTHER, ""),
    (CITY_GOVERNMENT, _AGENCY.OTHER, "内蒙古自治区人民政府"),
    ("鄂尔多斯市司法局", _AGENCY.OTHER, CITY_GOVERNMENT),
    ("鄂尔多斯市生态环境局", _AGENCY.OTHER, CITY_GOVERNMENT),
    ("国家税务总局鄂尔多斯市税务局", _AGENCY.VERTICAL, ""),
    ("国家税务总局达拉特旗税务局", _AGENCY.VERTICAL, "国家税务总局鄂尔多斯市税务局"),
)
"""Name, kind, superior; superiors first."""

_KINDS = {
    Unit.Kind.GOVERNMENT: _AGENCY.BANNER_GOVERNMENT,
    Unit.Kind.TOWN: _AGENCY.TOWN_GOVERNMENT,
    Unit.Kind.STREET: _AGENCY.DISPATCHED_ORGAN,  # Reconsideration Law 2023, art. 24(1)(3)
    Unit.Kind.ZONE: _AGENCY.AUTHORISED_ORGANISATION,  # art. 24(1)(4)
    Unit.Kind.DEPARTMENT: _AGENCY.DEPARTMENT,
    Unit.Kind.BRANCH: _AGENCY.CITY_BRANCH,  # art. 24(4)
}
_SUFFIXES = {Unit.Kind.TOWN: "人民政府", Unit.Kind.STREET: "办事处", Unit.Kind.ZONE: "管理委员会"}


def load_reference() -> int:
    """Create the missing agencies; one the office has corrected stays as it is. Returns how many were created."""
    created = 0
    with audited(action="party.load_reference"):
        for name, kind, superior in OUTSIDE_AGENCIES:
            created += _ensure(name, kind, _by_name(superior) if superior else None)
        units = list(Unit.objects.filter(kind__in=_KINDS).select_related("successor"))
        for unit in sorted(units, key=lambda unit: unit.kind != Unit.Kind.GOVERNMENT):
            created += _ensure(agency_name(unit), agency_kind(unit), _superior_of(unit), unit)
        for unit in units:
            if unit.successor_id:
                _follow(unit)
    return created


def agency_name(unit: Unit) -> str:
    """The agency's name in law: a town acts as 人民政府, a street as 办事处."""
    suffix = _SUFFIXES.get(unit.kind, "")
    return unit.name if unit.name.endswith(suffix) else unit.name + suffix


def agency_kind(unit: Unit) -> str:
    is_justice = unit.kind == Unit.Kind.DEPARTMENT and unit.name.endswith("司法局")
    return _AGENCY.JUSTICE_BUREAU if is_justice else _KINDS[unit.kind]


def agency_for(unit: Unit) -> Party | None:
    """The agency that a unit of the banner is."""
    return Party.objects.filter(kind=Party.Kind.AGENCY, unit=unit, merged_into__isnull=True).first()


def _by_name(name: str) -> Party | None:
    agencies = Party.objects.filter(kind=Party.Kind.AGENCY, name_key=name_key(name), merged_into__isnull=True)
    return agencies.order_by("pk").first()


def _superior_of(unit: Unit) -> Party | None:
    if unit.kind == Unit.Kind.GOVERNMENT:
        return _by_name(CITY_GOVERNMENT)
    if unit.kind == Unit.Kind.BRANCH:
        return _by_name(unit.name.partition("达拉特旗")[0]) or _by_name(CITY_GOVERNMENT)
    return _by_name(BANNER_GOVERNMENT)


def _ensure(name: str, kind: str, superior: Party | None, unit: Unit | None = None) -> int:
    known = (agency_for(unit) if unit else None) or _by_name(name)
    if known is None:
        Party(kind=Party.Kind.AGENCY, name=name, agency_kind=kind, superior=superior, unit=unit).save()
        return 1
    if unit is not None and known.unit_id is None:
        known.unit = unit
        known.save(update_fields=["unit"])
    return 0


def _follow(unit: Unit) -> None:
    """Carry a unit's succession over to its agency."""
    agency, successor = agency_for(unit), agency_for(unit.successor)
    if agency is not None and successor is not None and agency.successor_id is None:
        agency.successor = successor
        agency.save(update_fields=["successor"])
