"""The same applicant against the same act, in every procedure (Reconsideration Law 2023, art. 29, 30(1)(7))."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casemgr.cases.models import Act, Case, Event, Participation
from casemgr.parties.merging import line_ids
from reconsideration.timelimits.laws import REGULATION_2026

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


def ended_by_withdrawal(cases: Collection[Case]) -> list[Case]:
    """Those whose same facts and reasons may not be brought again: ended by withdrawal upon settlement (art. 74(2)),
    until 30 June 2026 by any withdrawal (Implementing Regulation 2007, art. 38(2))."""
    ended = {case.pk: case for case in cases if case.state == "TERMINATED"}
    barred = Q(data__after_settlement=True) | Q(occurred_on__lt=REGULATION_2026.in_force[0])
    terms = Event.objects.filter(barred, case_id__in=ended, kind="terminated", data__ground="withdrawn")
    return [ended[pk] for pk in dict.fromkeys(terms.order_by("case_id").values_list("case_id", flat=True))]


def shown_numbers(cases: Collection[Case], actor, today: date) -> list[str]:
    """Case numbers for the person: outside their scope the serial number is hidden."""
    visible = set(
        Case.objects.visible_to(actor, today).filter(pk__in=[c.pk for c in cases]).values_list("pk", flat=True)
    )
    return [case.number if case.pk in visible else _SEQUENCE.sub("**", case.number) for case in cases]
