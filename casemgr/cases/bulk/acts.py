"""The acts of a batch: each once, whether the register holds it already or the batch brings it."""

from __future__ import annotations

from collections.abc import Sequence

from casemgr.audit.bulk import create_with_history
from casemgr.audit.fresh import fresh
from casemgr.cases.bulk.description import ActDescription
from casemgr.cases.models import Act


def resolve_acts(descriptions: Sequence[ActDescription | None]) -> list[Act | None]:
    """The act's row of each description, known or newly written; in the order given."""
    known = _known({description.agency.pk for description in descriptions if description}, descriptions)
    new: list[Act] = []
    found: list[Act | None] = []
    for description in descriptions:
        if description is None:
            found.append(None)
            continue
        act = known.get(description.same_as) if description.same_as else None
        if act is None:
            act = fresh(
                Act,
                agency=description.agency,
                number=description.number,
                acted_on=description.acted_on,
                kind=description.kind,
                title=description.title,
            )
            new.append(act)
            if description.same_as:
                known[description.same_as] = act
        found.append(act)
    create_with_history(new)
    return found


def _known(agency_ids: set[int], descriptions: Sequence[ActDescription | None]) -> dict[tuple, Act]:
    """Acts of the agencies with one of the numbers, or without number of one of the days; the oldest row counts."""
    numbers = {description.number for description in descriptions if description and description.number}
    days = {d.acted_on for d in descriptions if d and not d.number and d.acted_on}
    known: dict[tuple, Act] = {}
    of_agencies = Act.objects.filter(agency_id__in=agency_ids).order_by("-pk")
    for act in of_agencies.filter(number__in=numbers):
        known[act.agency_id, act.number] = act
    for act in of_agencies.filter(number="", acted_on__in=days):
        known[act.agency_id, "", act.acted_on, act.kind, act.title] = act
    return known
