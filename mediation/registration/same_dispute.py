"""The same parties against each other in another case: entered twice, come by two ways, or come back (trap 13)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import ENDED_STAGES, Stage
from casemgr.parties import names
from casemgr.parties.merging import line_ids
from casemgr.parties.models import Party
from mediation.models import MediationCase
from mediation.states import OPEN

RECENT = timedelta(days=730)
"""An ended dispute of the same parties is shown so long."""
SHOWN = 10
NAMESAKES = 200
_SEQUENCE = re.compile(r"(?<=\D)(\d+)(?=\D*$)")


@dataclass(frozen=True)
class Similar:
    """One case as the person registering may see it; outside the scope the serial number is hidden."""

    case: Case
    number: str
    is_visible: bool
    is_open: bool
    """It is still being mediated: it should not be registered twice."""


def similar_disputes(
    ours: Collection[Party], theirs: Collection[Party], actor, today: date, *, besides: int | None = None
) -> list[Similar]:
    """Mediation cases with one of `ours` on one side and one of `theirs` on the other, whichever is which.

    Somebody without a number is a new record each time, so records of the same name count as well when both names meet.
    """
    if not ours or not theirs:
        return []
    one, other = _records(ours), _records(theirs)
    sides = Participation.Role.APPLICANT, Participation.Role.RESPONDENT
    found = MediationCase.objects.exclude(state="VOID").exclude(pk=besides)
    recent = Q(opened_on__gte=today - RECENT) | ~Q(stage__in=ENDED_STAGES)
    found = found.filter(recent, is_past_record=False)
    meets = Q(pk__in=[])
    for left, right in (sides, sides[::-1]):
        first = Participation.objects.filter(role=left, party_id__in=one).values("case_id")
        second = Participation.objects.filter(role=right, party_id__in=other).values("case_id")
        meets |= Q(pk__in=first) & Q(pk__in=second)
    cases = list(found.filter(meets).select_related("unit").order_by("-pk")[:SHOWN])
    visible = set(
        Case.objects.visible_to(actor, today).filter(pk__in=[c.pk for c in cases]).values_list("pk", flat=True)
    )
    return [
        Similar(
            case,
            case.number if case.pk in visible else _SEQUENCE.sub("**", case.number),
            case.pk in visible,
            case.state in OPEN or case.stage == Stage.PERFORMING,
        )
        for case in cases
    ]


def _records(parties: Collection[Party]) -> list[int]:
    """The parties' records, merged ones included, and the namesakes among those without a number."""
    ids = line_ids([party.pk for party in parties if party.pk])
    keys = [names.name_key(party.name) for party in parties]
    namesakes = Party.objects.filter(name_key__in=keys, merged_into__isnull=True).order_by("-pk")
    return [*ids, *namesakes.values_list("pk", flat=True)[:NAMESAKES]]
