"""What happens to a studio that is set up: another name, people, plaque, yearly review, grade; and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from mediation.models import Filing, Grade, StudioMember, StudioPolicy, StudioReview, StudioState
from mediation.organisations.actions import studio_guards as guards
from mediation.organisations.actions.base import CreateAction, take
from mediation.organisations.actions.studio_course import StudioAction
from mediation.organisations.filing import studio_event
from mediation.organisations.forms.mediators import GradeForm
from mediation.organisations.forms.studios import (
    EndMemberForm,
    MemberForm,
    PlaqueForm,
    PolicyForm,
    RenameForm,
    ReviewYearForm,
)
from mediation.organisations.permission import SECTION, TOWN

S = StudioState
LIVES = (S.ACTIVE, S.SUSPENDED)


class RenameStudio(StudioAction):
    """Another name or name-giver; after a name-giver's death within the grace of the rules."""

    name = "studio.rename"
    label = gettext_lazy("Rename the studio")
    states = LIVES
    roles = SECTION
    form = RenameForm

    def guard_refusals(self, subject: Any, data: Mapping | None, today: date) -> list[Refusal]:
        found = []
        if subject.rename_by is not None and today > subject.rename_by:
            text = _("The grace for another name is over. Cancel the studio; another one can be applied for.")
            found.append(Refusal("grace-over", text))
        if data is None:
            return found
        found += guards.taken(data["short_name"], data["full_name"], data["name_giver"], subject)
        engaged = data["name_giver"].engagements.in_force(today).filter(committee=subject.committee_id)
        if not engaged.exists():
            found.append(Refusal("name-giver-not-engaged", str(guards.giver_is_mediator.message), field="name_giver"))
        return found

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        before = studio.short_name
        take(studio, data, ("name_type", "name_giver", "name_word", "full_name", "short_name"))
        studio.rename_by = None
        studio.unit.name, studio.unit.short_name = studio.full_name, studio.short_name
        studio.unit.save()
        note = _("Renamed from %(before)s") % {"before": before}
        studio_event(studio, Filing.Matter.CHANGED, data["on"], note)


class RecordPlaque(StudioAction):
    """The plaque was handed over or came back."""

    name = "studio.plaque"
    label = gettext_lazy("Enter the plaque")
    states = (S.APPROVED, *LIVES)
    roles = TOWN
    form = PlaqueForm

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        take(studio, data, ("plaque_no", "plaque_issued_on", "plaque_returned_on"))


class AddMember(StudioAction):
    """A further mediator works in the studio."""

    name = "studio.add_member"
    label = gettext_lazy("Add a mediator of the studio")
    states = LIVES
    form = MemberForm

    def guard_refusals(self, subject: Any, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or not subject.members.filter(mediator=data["mediator"], until_on__isnull=True).exists():
            return []
        return [Refusal("member-already", _("This mediator works there already."), field="mediator")]

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        StudioMember.objects.create(studio=studio, **data)


class EndMember(StudioAction):
    """A mediator no longer works in the studio."""

    name = "studio.end_member"
    label = gettext_lazy("End a mediator's work in the studio")
    states = LIVES
    form = EndMemberForm

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        member = data["member"]
        member.until_on = data["until_on"]
        member.save()


class ReviewYear(StudioAction):
    """The yearly review, with the level of subsidy that follows."""

    name = "studio.review_year"
    label = gettext_lazy("Enter the yearly review")
    states = LIVES
    roles = TOWN
    form = ReviewYearForm

    def guard_refusals(self, subject: Any, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or not subject.reviews.filter(year=data["year"]).exists():
            return []
        return [Refusal("reviewed-already", _("The review of this year is entered already."), field="year")]

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        row = StudioReview(studio=studio)
        take(row, data, ("year", "cases", "success_rate", "result", "reviewed_on", "note"))
        row.save()
        studio.subsidy_level = data["subsidy_level"] or studio.subsidy_level


class RateStudio(StudioAction):
    """A rating of some scheme."""

    name = "studio.rate"
    label = gettext_lazy("Enter a rating")
    states = LIVES
    roles = SECTION
    form = GradeForm

    def change(self, studio: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        Grade.objects.create(studio=studio, **data)


class SetPolicy(CreateAction):
    """Other rules for studios, from a day on; what was approved before stays."""

    name = "studio_policy.set"
    label = gettext_lazy("Enter other rules for studios")
    roles = SECTION
    form = PolicyForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or not StudioPolicy.objects.filter(effective_on=data["effective_on"]).exists():
            return []
        return [Refusal("day-taken", _("Rules from that day on are entered already."), field="effective_on")]

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> StudioPolicy:
        return StudioPolicy.objects.create(**data)


ACTIONS = (RenameStudio, RecordPlaque, AddMember, EndMember, ReviewYear, RateStudio, SetPolicy)
