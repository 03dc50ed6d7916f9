"""Whose seal an agreement bears: always a committee's (People's Mediation Law, art. 29(2)), never a studio's."""

from __future__ import annotations

from datetime import date

from casemgr.organisation.models import Unit
from casemgr.organisation.roles import MEDIATION
from casemgr.organisation.scope import scope
from mediation.models import Committee, Engagement, Studio


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
    """Whether the person keeps the seal that agreements of the unit bear: its secretary, or the keeper it has named
    as long as the committee engages them.

    A committee that the register does not know in detail yet has its secretary only.
    """
    bearer = unit if unit.kind == Unit.Kind.COMMITTEE else sealing_unit(unit)
    if bearer is None:
        return False
    if scope(user, today).has_role("committee", procedure=MEDIATION, unit=bearer):
        return True
    keeping = Committee.objects.standing().filter(unit=bearer, seal_keeper__user_id=user.pk)
    return Engagement.objects.in_force(today).filter(committee__in=keeping, mediator__user_id=user.pk).exists()
