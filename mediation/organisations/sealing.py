"""Whose seal an agreement bears: always a committee's (People's Mediation Law, art. 29(2)), never a studio's."""

from __future__ import annotations

from datetime import date

from casemgr.organisation.models import Unit
from casemgr.organisation.scope import scope
from mediation.models import Committee, Studio


def sealing_committee(unit: Unit) -> Committee | None:
    """The committee whose seal the agreements of the unit bear: its own, or for a studio the committee it belongs to.

    None for a unit that is neither: nothing can be sealed there.
    """
    studio = Studio.objects.filter(unit=unit).select_related("committee__unit").first()
    if studio is not None:
        return studio.committee
    return Committee.objects.filter(unit=unit).select_related("unit").first()


def sealing_unit(unit: Unit) -> Unit | None:
    """The unit of that committee."""
    committee = sealing_committee(unit)
    return committee.unit if committee else None


def may_seal(user, unit: Unit, today: date) -> bool:
    """Whether the person keeps the seal that agreements of the unit bear: its named keeper, or its secretary."""
    committee = sealing_committee(unit)
    if committee is None:
        return False
    keeper = committee.seal_keeper
    if keeper is not None and keeper.user_id == user.pk:
        return True
    return scope(user, today).has_role("committee", unit=committee.unit_id)
