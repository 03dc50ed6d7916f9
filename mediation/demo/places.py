"""Where the demo's log-ins work: a town, its committees, a village's committee, a studio."""

from __future__ import annotations

from casemgr.organisation.models import Unit
from mediation.models import Committee, Studio

AREA = "150621100"
"""The town whose committees the demo's log-ins work for."""


def town(code: str) -> Unit:
    return Unit.objects.get(code=code)


def body(key: str, place: str) -> Unit:
    """The committee or studio that handles a story's dispute."""
    area = town(AREA)
    committees = Committee.objects.filter(unit__parent=area).select_related("unit").order_by("pk")
    if key == "studio":
        studio = Studio.objects.filter(town=area, state="ACTIVE", unit__isnull=False).order_by("pk").first()
        if studio is not None:
            return studio.unit
    if key == "village":
        village = place.removeprefix("树林召镇")
        found = next((one.unit for one in committees if village and village in one.unit.name), None)
        if found is not None:
            return found
    return next(one.unit for one in committees if one.kind == Committee.Kind.TOWN)
