"""Setting up committees, keeping their particulars, electing anew, ending them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Direction
from casemgr.organisation.models import OfficialSeal, Unit
from mediation.models import Committee, CommitteeState, Engagement, Filing
from mediation.organisations.actions.base import CreateAction, RecordAction, take
from mediation.organisations.days import term_end
from mediation.organisations.filing import committee_event, members_changed
from mediation.organisations.forms.committees import (
    ChangeCommitteeForm,
    EndCommitteeForm,
    FoundCommitteeForm,
    RenewTermForm,
)
from mediation.organisations.open_cases import open_cases_of
from mediation.organisations.permission import TOWN
from mediation.organisations.units import create_unit, end_unit

PARTICULARS = ("trade", "place", "phone", "is_multiethnic", "founded_by")
STANDING = (CommitteeState.STANDING,)

no_studios = Guard(
    code="studios-left",
    article="",
    message=gettext_lazy("Studios still belong to it. Cancel them first."),
    check=lambda committee, data, today: not committee.studios.living().exists(),
)
no_open_cases = Guard(
    code="open-cases",
    article="",
    message=gettext_lazy("Cases are still open here. Hand them over first."),
    check=lambda committee, data, today: not open_cases_of(committee).exists(),
)
no_open_referrals = Guard(
    code="open-referrals",
    article="",
    message=gettext_lazy("Referrals to it are still open. Answer them, or have their senders withdraw them:"),
    check=lambda committee, data, today: not _open_referrals(committee).exists(),
    detail=lambda committee, data, today: "、".join(str(row) for row in _open_referrals(committee)[:5]),
)


def _open_referrals(committee: Committee) -> QuerySet[Referral]:
    """Nobody could answer them once the unit is ended, and the sender waits."""
    ours = Q(to_unit=committee.unit) | Q(unit=committee.unit, direction=Direction.IN)
    return Referral.objects.filter(ours, state__in=("SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS"))


class FoundCommittee(CreateAction):
    """Enter a committee that was set up; its members follow one by one."""

    name = "committee.found"
    label = gettext_lazy("Enter a committee")
    roles = TOWN
    form = FoundCommitteeForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        found = []
        if Unit.objects.filter(name=data["name"], ended_on__isnull=True).exists():
            found.append(Refusal("name-taken", _("A unit of this name exists already."), field="name"))
        if Committee.objects.standing().filter(unit__short_name=data["number_word"]).exists():
            text = _("Another committee numbers its cases with this word.")
            found.append(Refusal("word-taken", text, field="number_word"))
        if data["kind"] in (Committee.Kind.TOWN, Committee.Kind.STREET):
            same = Committee.objects.standing().filter(kind=data["kind"], unit__parent=data["area"])
            if same.exists():
                found.append(Refusal("one-each", _("It has its committee already."), field="area"))
        return found

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Committee:
        day = data["founded_on"]
        unit = create_unit(data["area"], Unit.Kind.COMMITTEE, data["name"], data["number_word"], day, "T")
        OfficialSeal.objects.create(unit=unit, name=data["name"], effective_on=day)
        committee = Committee(unit=unit, kind=data["kind"], founded_on=day, term_from=day, term_until=term_end(day))
        take(committee, data, PARTICULARS)
        committee.save()
        committee_event(committee, Filing.Matter.FOUNDED, day)
        return committee


class CommitteeAction(RecordAction):
    """Base: on one committee that stands."""

    model: ClassVar = Committee
    states = STANDING


class ChangeCommittee(CommitteeAction):
    """Correct or change what the register says of it."""

    name = "committee.change"
    label = gettext_lazy("Change the particulars")
    form = ChangeCommitteeForm

    def change(self, committee: Committee, data: Mapping[str, Any], context: ActionContext) -> None:
        take(committee, data, (*PARTICULARS, "seal_keeper"))


class RenewTerm(CommitteeAction):
    """The members were elected anew (People's Mediation Law, art. 9(2))."""

    name = "committee.renew"
    label = gettext_lazy("Enter a new election")
    roles = TOWN
    form = RenewTermForm

    def change(self, committee: Committee, data: Mapping[str, Any], context: ActionContext) -> None:
        first, last = data["term_from"], term_end(data["term_from"])
        staying = {row.pk for row in data["staying"]}
        for row in committee.engagements.in_force(first).members():
            if row.pk in staying:
                row.until_on = last
            else:
                row.ended_on, row.end_ground = first, Engagement.EndGround.TERM
            row.save()
        committee.term_from, committee.term_until = first, last
        members_changed(committee, first, _("New election"))


class EndCommittee(CommitteeAction):
    """It was ended; the court is told, and nobody mediates in its name any more."""

    name = "committee.end"
    label = gettext_lazy("End the committee")
    consequence = gettext_lazy("Its mediators are no longer engaged by it, and it takes no cases. The court is told.")
    binding = True
    transition = "end"
    roles = TOWN
    form = EndCommitteeForm
    guards = (no_studios, no_open_cases, no_open_referrals)

    def change(self, committee: Committee, data: Mapping[str, Any], context: ActionContext) -> None:
        day = data["ended_on"]
        committee.ended_on, committee.end_reason = day, data["reason"]
        for row in committee.engagements.filter(ended_on__isnull=True):
            row.ended_on = max(day, row.from_on)
            row.end_ground = Engagement.EndGround.COMMITTEE_ENDED
            row.save()
        end_unit(committee.unit, day)
        committee_event(committee, Filing.Matter.ENDED, day, data["reason"])


ACTIONS = (FoundCommittee, ChangeCommittee, RenewTerm, EndCommittee)
