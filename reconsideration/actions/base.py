"""What every reconsideration action shares."""

from __future__ import annotations

from typing import ClassVar

from casemgr.cases import events
from casemgr.cases.actions import CaseAction
from casemgr.cases.models import Participation
from reconsideration.models import ReconsiderationCase

OFFICER = ("officer", "head")
HEAD = ("head",)


class ReconsiderationAction(CaseAction):
    """An action on a reconsideration case."""

    model: ClassVar = ReconsiderationCase
    roles = OFFICER


def served_parties(case: ReconsiderationCase, kind: str) -> set[int]:
    """Ids of the parties for whom an event of the kind is recorded."""
    return {fact.party_id for fact in events.facts_of(case) if fact.kind == kind and fact.party_id}


def parties_to_serve(case: ReconsiderationCase) -> set[int]:
    """Applicants, respondents and third parties still in the case: each is served for itself (art. 75, 88)."""
    roles = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT, Participation.Role.THIRD_PARTY)
    return set(case.participations.filter(role__in=roles, left_on__isnull=True).values_list("party_id", flat=True))
