"""The committees and studios of the register, for an office that looks for one to help (dossier §5.5, step 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from casemgr.cases.referrals.receivers import RosterEntry
from casemgr.parties.models import Party
from mediation.models import Committee, Studio, StudioState


def roster(case: Case, day: date) -> Iterator[RosterEntry]:
    """Standing committees within their term and working studios; two queries and the case's parties."""
    agencies = [part.name for part in case.participations.all() if part.party.kind == Party.Kind.AGENCY]
    names = {part.name for part in case.participations.all()}
    for row in Committee.objects.standing().select_related("unit__parent").order_by("unit__path"):
        area = row.area.name if row.area else ""
        conflict = _conflict(area, {row.unit.name, row.founded_by}, agencies, names)
        yield RosterEntry(row.unit_id, row.unit.name, area, row.trade, conflict)
    studios = Studio.objects.filter(state=StudioState.ACTIVE, unit__isnull=False)
    for studio in studios.select_related("town", "name_giver").order_by("pk"):
        conflict = _conflict(studio.town.name, {studio.full_name, studio.name_giver.name}, agencies, names)
        yield RosterEntry(studio.unit_id, studio.short_name, studio.town.name, studio.specialities, conflict)


def _conflict(area: str, own: set[str], agencies: list[str], names: set[str]) -> str:
    """Who stands on a side, or sits in the town whose organ is attacked, is no neutral helper."""
    if own & names:
        return _("it takes part in the case itself")
    if area and any(area in agency for agency in agencies):
        return _("the respondent is the organ of its own town")
    return ""
