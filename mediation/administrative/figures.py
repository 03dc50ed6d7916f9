"""The three kinds of mediation beside each other, and never added up (三调联动, dossier §5.4)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Dock, ReferralKind, ReferralResult
from casemgr.organisation.models import Unit
from mediation.models import AdministrativeMediation, MediationCase
from mediation.terms import MediationKind


def people(unit: Unit, from_on: date, until_on: date) -> QuerySet[MediationCase]:
    """Cases of people's mediation, by the day they were opened, of the unit and everything below it."""
    rows = MediationCase.objects.filter(unit__path__startswith=unit.path, opened_on__range=(from_on, until_on))
    return rows.exclude(state="VOID")


def administrative(unit: Unit, from_on: date, until_on: date) -> QuerySet[AdministrativeMediation]:
    """Records of the departments, by the day they began; of a town those of disputes in it."""
    rows = AdministrativeMediation.objects.standing().filter(begun_on__range=(from_on, until_on))
    by_place = rows.filter(town__path__startswith=unit.path)
    return by_place | rows.filter(organ__path__startswith=unit.path)


def judicial(unit: Unit, from_on: date, until_on: date) -> QuerySet[Referral]:
    """Disputes entrusted after filing that the court ended by its own mediation paper (在线调解规则 20(2))."""
    rows = Referral.objects.filter(
        dock=Dock.COURT,
        kind=ReferralKind.ENTRUSTED,
        result=ReferralResult.SETTLED,
        result_on__range=(from_on, until_on),
    )
    return rows.filter(unit__path__startswith=unit.path)


def by_kind(unit: Unit, from_on: date, until_on: date) -> dict[str, int]:
    """One number for each kind. There is no sum: one dispute may stand under two of them."""
    span = (unit, from_on, until_on)
    return {
        MediationKind.PEOPLE: people(*span).count(),
        MediationKind.ADMINISTRATIVE: administrative(*span).count(),
        MediationKind.JUDICIAL: judicial(*span).count(),
    }
