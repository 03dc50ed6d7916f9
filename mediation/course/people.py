"""Who takes part: the parties each step must reach, and those who mediate."""

from __future__ import annotations

from django import forms

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.pages.forms import SeveralRowsField
from mediation.models import CaseMediator

Role = Participation.Role
SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)


def parties_of(case: Case) -> list[Participation]:
    """Who must be told, asked and heard: every party still in the case; of a group those whom it elected."""
    parts = [part for part in case.participations.select_related("group") if part.left_on is None]
    in_group = {part.group_id for part in parts if part.group_id and part.group.ended_on is None}
    return [
        part
        for part in parts
        if (part.group_id in in_group and part.role == Role.REPRESENTATIVE)
        or (part.role in SIDES and part.group_id not in in_group)
    ]


def present_of(case: Case) -> list[Participation]:
    """Everybody of the case who may come to a session: parties, their representatives and agents."""
    return [part for part in case.participations.all() if part.left_on is None]


def parties_told(case: Case) -> set[int]:
    """Ids of the parties whose rights and duties were told."""
    return {fact.party_id for fact in events.facts_of(case) if fact.kind == "rights_told" and fact.party_id}


def current_mediators(case: Case) -> list[CaseMediator]:
    """Who mediates now, the lead first."""
    return list(CaseMediator.objects.filter(case_id=case.pk).current())


def names(parts: list[Participation]) -> str:
    return "、".join(part.name for part in parts)


class PartsField(SeveralRowsField):
    """Some of the people in a case, ticked, each with its role."""

    def __init__(self, **kwargs) -> None:
        super().__init__(Participation.objects.none(), **kwargs)

    def offer(self, parts: list[Participation], *, chosen: bool = False) -> None:
        """Offer these; `chosen`: all are ticked to begin with."""
        offered = Participation.objects.filter(pk__in=[part.pk for part in parts]).select_related("party")
        self.queryset = offered.order_by("role", "order", "id")
        if chosen:
            self.initial = [part.pk for part in parts]

    def label_from_instance(self, part: Participation) -> str:
        return part.with_role


TEXT = forms.Textarea({"rows": 3})
SHORT = forms.Textarea({"rows": 2})
