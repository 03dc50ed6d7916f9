"""Whether a letter is registered already: one organ's number stands for one letter (dossier on mediation, §5.1)."""

from __future__ import annotations

from django.db.models import QuerySet

from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import NUMBER_NAMES_ORGAN, Direction
from casemgr.parties.names import name_key


def _same_number(dock: str, number: str) -> QuerySet[Referral]:
    rows = Referral.objects.filter(direction=Direction.IN, dock=dock, organ_number=number)
    return rows.exclude(state="CANCELLED").select_related("number").order_by("pk")


def twin_of(dock: str, organ: str, number: str) -> Referral | None:
    """The letter that is registered under this number of this organ.

    A court's number names its court; stations and offices each count for themselves.
    """
    if not number:
        return None
    rows = _same_number(dock, number)
    if dock in NUMBER_NAMES_ORGAN:
        return rows.first()
    return next((row for row in rows if name_key(row.organ) == name_key(organ)), None)


def namesake_of(dock: str, organ: str, number: str) -> Referral | None:
    """A letter of the same number from an organ of another name: another letter, or the organ spelled otherwise."""
    if not number or dock in NUMBER_NAMES_ORGAN:
        return None
    return next((row for row in _same_number(dock, number) if name_key(row.organ) != name_key(organ)), None)
