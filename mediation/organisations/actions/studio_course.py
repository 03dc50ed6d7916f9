"""A studio's way: draft, submission, the town's review, the bureau's decision, work, suspension, cancellation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.numbering.series import Series, allocate, declare
from casemgr.organisation.models import Unit
from mediation.models import Filing, Studio, StudioMember, StudioPeriod, StudioPolicy, StudioState
from mediation.organisations.actions import studio_guards as guards
from mediation.organisations.actions.base import CreateAction, RecordAction, take
from mediation.organisations.filing import studio_event
from mediation.organisations.forms.studios import (
    ApproveForm,
    CancelForm,
    FromDayForm,
    OpinionForm,
    ReasonForm,
    StartForm,
    StudioForm,
)
from mediation.organisations.permission import SECTION, TOWN, reaches
from mediation.organisations.units import create_unit, end_unit

SERIES = declare(
    Series("mediation.studio", gettext_lazy("Personal mediation studios"), "达调工室〔{year}〕{number}号")
).code
APPLICATION = (
    *("committee", "town", "name_type", "name_giver", "name_word", "full_name", "short_name", "consented_on", "place"),
    *("has_own_room", "specialities", "recommended_by", "years_of_mediation", "cases_in_three_years", "success_rate"),
    *("commendation", "condition_evidence"),
)
S = StudioState


class DraftStudio(CreateAction):
    """Begin the application for a studio."""

    name = "studio.draft"
    label = gettext_lazy("Apply for a studio")
    submit_label = gettext_lazy("Keep the draft")
    form = StudioForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        return guards.taken(data["short_name"], data["full_name"], data["name_giver"]) if data is not None else []

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Studio:
        studio = Studio()
        take(studio, data, APPLICATION)
        studio.save()
        return studio


class StudioAction(RecordAction):
    """Base: on one studio."""

    model: ClassVar = Studio


class EditStudio(StudioAction):
    """Change the draft of the application."""

    name = "studio.edit"
    label = gettext_lazy("Change the application")
    states = (S.DRAFT,)
    form = StudioForm

    def form_values(self, subject: Studio, at) -> Mapping[str, Any]:
        values = dict(super().form_values(subject, at))
        if values["name_type"] == Studio.NameType.PERSON:
            values["name_word"] = ""
        return values

    def guard_refusals(self, subject: Studio, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        return guards.taken(data["short_name"], data["full_name"], data["name_giver"], subject)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        take(studio, data, APPLICATION)


class SubmitStudio(StudioAction):
    """Hand the application to the town's judicial office."""

    name = "studio.submit"
    label = gettext_lazy("Submit the application")
    transition = "submit"
    primary = 50
    guards = (
        guards.consent_given,
        guards.giver_is_mediator,
        guards.conditions_met,
        guards.committee_whole,
        guards.name_free,
    )

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        studio.applied_on = context.today


class GiveBackStudio(StudioAction):
    """The application goes back to be completed."""

    name = "studio.give_back"
    label = gettext_lazy("Give the application back")
    transition = "give_back"
    roles = TOWN
    form = ReasonForm

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        studio.applied_on = studio.town_reviewed_on = None
        studio.town_opinion = studio.bureau_opinion = ""


class ReviewStudio(StudioAction):
    """The town's judicial office examined the application and agrees."""

    name = "studio.review"
    label = gettext_lazy("Agree as the town's office")
    transition = "review"
    primary = 50
    roles = TOWN
    form = OpinionForm
    guards = (guards.giver_is_mediator, guards.conditions_met, guards.committee_whole)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        studio.town_opinion, studio.town_reviewed_on = data["opinion"], context.today


class _Deciding(StudioAction):
    """Base: by whom the rules for studios name."""

    roles = SECTION

    def is_permitted(self, subject: Studio, actor, today: date) -> bool:
        approver = StudioPolicy.objects.on(today).approver
        return reaches(actor, (approver,), (), today)


class ApproveStudio(_Deciding):
    """The bureau names the studio; it gets its number."""

    name = "studio.approve"
    label = gettext_lazy("Approve the studio")
    consequence = gettext_lazy("The studio gets its name and number. It counts for its town from the day it begins.")
    binding = True
    transition = "approve"
    primary = 50
    form = ApproveForm
    guards = (guards.giver_is_mediator, guards.conditions_met, guards.committee_whole, guards.name_free)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        studio.decision_no, studio.approved_on = data["decision_no"], data["approved_on"]
        studio.bureau_opinion = data["opinion"]
        studio.number = allocate(SERIES, data["approved_on"]).text


class RefuseStudio(_Deciding):
    """The application is turned down."""

    name = "studio.refuse"
    label = gettext_lazy("Turn the application down")
    consequence = gettext_lazy("The application is at its end. Name and name-giver are free again.")
    binding = True
    transition = "refuse"
    form = ReasonForm

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        studio.bureau_opinion = data["reason"]


class StartStudio(StudioAction):
    """It began to work: from that day it is a unit at which cases are registered, and its town is covered."""

    name = "studio.start"
    label = gettext_lazy("Enter the beginning of work")
    transition = "start"
    primary = 50
    roles = TOWN
    form = StartForm
    guards = (guards.giver_is_mediator, guards.committee_whole)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        day = data["started_on"]
        take(studio, data, ("started_on", "plaque_no", "plaque_issued_on"))
        studio.unit = create_unit(
            studio.committee.unit, Unit.Kind.STUDIO, studio.full_name, studio.short_name, day, "G"
        )
        StudioPeriod.objects.create(studio=studio, from_on=day, is_first=True)
        StudioMember.objects.create(studio=studio, mediator=studio.name_giver, role=StudioMember.Role.LEAD, from_on=day)
        studio_event(studio, Filing.Matter.FOUNDED, day)


class SuspendStudio(StudioAction):
    """It does not work from that day on; its town counts it no longer."""

    name = "studio.suspend"
    label = gettext_lazy("Suspend the studio")
    transition = "suspend"
    roles = TOWN
    form = FromDayForm

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        _end_period(studio, data["on"], data["reason"])


class ResumeStudio(StudioAction):
    """It works again."""

    name = "studio.resume"
    label = gettext_lazy("Resume the studio")
    transition = "resume"
    primary = 50
    roles = TOWN
    form = FromDayForm
    guards = (guards.giver_is_mediator, guards.committee_whole)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        StudioPeriod.objects.create(studio=studio, from_on=data["on"])


class CancelStudio(StudioAction):
    """The end of the studio; its cases were handed to the committee before."""

    name = "studio.cancel"
    label = gettext_lazy("Cancel the studio")
    consequence = gettext_lazy("The studio ends, and its name is free again. Its town counts it no longer.")
    binding = True
    transition = "cancel"
    roles = SECTION
    form = CancelForm
    guards = (guards.cases_handed_over,)

    def change(self, studio: Studio, data: Mapping[str, Any], context: ActionContext) -> None:
        day = data["on"]
        studio.cancelled_on, studio.cancel_ground = day, data["ground"]
        studio.plaque_returned_on = data["plaque_returned_on"] or studio.plaque_returned_on
        studio.rename_by = None
        _end_period(studio, day, studio.get_cancel_ground_display())
        for member in studio.members.filter(until_on__isnull=True):
            member.until_on = max(day, member.from_on)
            member.save()
        if studio.unit is not None:
            end_unit(studio.unit, day, successor=studio.committee.unit)
            note = "：".join(filter(None, (studio.get_cancel_ground_display(), data["reason"])))
            studio_event(studio, Filing.Matter.ENDED, day, _("Cancelled: %(why)s") % {"why": note})


def _end_period(studio: Studio, day: date, reason: str) -> None:
    for period in studio.periods.filter(until_on__isnull=True):
        period.until_on, period.reason = day, reason
        period.save()


ACTIONS = (
    DraftStudio,
    EditStudio,
    SubmitStudio,
    GiveBackStudio,
    ReviewStudio,
    ApproveStudio,
    RefuseStudio,
    StartStudio,
    SuspendStudio,
    ResumeStudio,
    CancelStudio,
)
