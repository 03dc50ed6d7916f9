"""Units of the tree for committees and studios: code, name and place."""

from __future__ import annotations

from datetime import date, timedelta

from casemgr.organisation.models import Unit


def create_unit(parent: Unit, kind: str, name: str, short_name: str, started_on: date, mark: str) -> Unit:
    """A unit below `parent` with the next free code of the form 150621100-T03. Run inside `perform`."""
    area = _area(parent)
    Unit.objects.select_for_update(of=("self",)).get(pk=area.pk)
    prefix = f"{area.code}-{mark}"
    used = [
        int(code.removeprefix(prefix))
        for code in Unit.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        if code.removeprefix(prefix).isdigit()
    ]
    unit = Unit(
        code=f"{prefix}{max(used, default=0) + 1:02d}",
        name=name,
        short_name=short_name[:40],
        kind=kind,
        parent=parent,
        started_on=started_on,
    )
    unit.save()
    return unit


def _area(unit: Unit) -> Unit:
    """The nearest unit above a committee: codes are counted per town."""
    while unit.kind in (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO) and unit.parent is not None:
        unit = unit.parent
    return unit


def end_unit(unit: Unit, first_day_gone: date, successor: Unit | None = None) -> None:
    """The unit's last day is the one before; roles held at it end with it and are not passed on."""
    last = max(first_day_gone - timedelta(days=1), unit.started_on or date.min)
    unit.ended_on, unit.successor = last, successor
    unit.save()
    for held in unit.role_assignments.in_force(last):
        held.until_on = last
        held.save()
