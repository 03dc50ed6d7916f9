"""The attacked act as one row for every procedure, and who attacked it already
(Reconsideration Law 2023, art. 29, 30(1)(7); Administrative Litigation Law, art. 44)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casemgr.cases.models import Act, Case, Participation
from casemgr.parties.merging import line_ids
from casemgr.parties.models import Party

_YEAR = re.compile(r"[（(\[【〔［]\s*(\d{4})\s*[）)\]】〕］]")
_SEQUENCE = re.compile(r"(?<=\D)(\d+)(?=\D*$)")


def act_number(text: str) -> str:
    """A document number in one spelling: no blanks, the year in 〔〕 (GB/T 9704-2012, 7.2.5)."""
    return _YEAR.sub(r"〔\1〕", "".join(text.split()))


@dataclass(frozen=True)
class ActIdentity:
    """What tells one act from another."""

    agency_ids: frozenset[int]
    number: str
    acted_on: date | None
    kind: str

    @classmethod
    def of(cls, act: Act) -> ActIdentity:
        return cls(frozenset({act.agency_id}), act.number, act.acted_on, act.kind)

    def condition(self) -> Q | None:
        """The number, or without one the day and kind; None when neither is known."""
        if self.number:
            return Q(act__number=self.number)
        if self.acted_on:
            return Q(act__acted_on=self.acted_on, act__kind=self.kind)
        return None


def earlier_cases(applicant_ids: Collection[int], act: ActIdentity, *, besides: int | None = None) -> list[Case]:
    """Cases of any procedure in which one of the persons is, or was, an applicant against this act; oldest first."""
    condition = act.condition()
    if condition is None or not applicant_ids or not act.agency_ids:
        return []
    parts = Participation.objects.filter(role=Participation.Role.APPLICANT, party_id__in=line_ids(applicant_ids))
    found = Case.objects.filter(condition, act__agency_id__in=list(act.agency_ids), pk__in=parts.values("case_id"))
    return list(found.exclude(state="VOID").exclude(pk=besides).order_by("pk")[:20])


def shown_numbers(cases: Collection[Case], actor, today: date) -> list[str]:
    """Case numbers for the person: outside their scope the serial number is hidden."""
    visible = set(
        Case.objects.visible_to(actor, today).filter(pk__in=[c.pk for c in cases]).values_list("pk", flat=True)
    )
    return [case.number if case.pk in visible else _SEQUENCE.sub("**", case.number) for case in cases]


def find_or_create_act(agency: Party, identity: ActIdentity, title: str) -> Act:
    """The act's one row: by agency and number, or without a number by agency, day, kind and title."""
    known = Act.objects.filter(agency=agency)
    if identity.number:
        known = known.filter(number=identity.number)
    elif identity.acted_on:
        known = known.filter(number="", acted_on=identity.acted_on, kind=identity.kind, title=title)
    else:
        known = known.none()
    if (act := known.order_by("pk").first()) is not None:
        return act
    act = Act(agency=agency, number=identity.number, acted_on=identity.acted_on, kind=identity.kind, title=title)
    act.save()
    return act
