"""Entering mediators, engaging them, ending that; accounts, training, grades, measures against them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from mediation.models import Engagement, Grade, Mediator, Sanction, Studio, StudioPolicy, Training
from mediation.models.organisations.people import ENDING, MEMBERS
from mediation.organisations.actions.base import CreateAction, RecordAction, take
from mediation.organisations.days import months_later
from mediation.organisations.filing import members_changed
from mediation.organisations.forms.mediators import (
    EndEngagementForm,
    EngageForm,
    GradeForm,
    LinkAccountForm,
    PersonForm,
    RegisterMediatorForm,
    SanctionForm,
    TrainingForm,
)
from mediation.organisations.permission import SECTION, TOWN

PERSON = (
    *("name", "sex", "ethnicity", "birth_year", "education", "is_party_member", "specialities"),
    *("salaried_from", "salaried_until", "is_listed"),
)
ENGAGEMENT = ("committee", "position", "how", "is_full_time", "from_on", "until_on")


def _engage(mediator: Mediator, data: Mapping[str, Any]) -> None:
    row = Engagement(mediator=mediator)
    take(row, data, ENGAGEMENT)
    row.save()
    if row.position in MEMBERS:
        members_changed(row.committee, row.from_on, mediator.name)


def _chair_taken(data: Mapping) -> list[Refusal]:
    if data["position"] != Engagement.Position.CHAIR:
        return []
    chairs = data["committee"].engagements.filter(position=Engagement.Position.CHAIR, ended_on__isnull=True)
    if not chairs.exists():
        return []
    return [Refusal("chair-taken", _("The committee has a chair. End that engagement first."), field="position")]


class RegisterMediator(CreateAction):
    """Enter a mediator with the first engagement."""

    name = "mediator.register"
    label = gettext_lazy("Enter a mediator")
    form = RegisterMediatorForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        found = _chair_taken(data)
        same = Engagement.objects.filter(
            committee=data["committee"], mediator__name=data["name"], mediator__sex=data["sex"],
            mediator__birth_year=data["birth_year"], ended_on__isnull=True,
        )  # fmt: skip
        if same.exists():
            text = _("Somebody of this name, sex and year of birth is engaged there already.")
            found.append(Refusal("entered-already", text, field="name"))
        return found

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Mediator:
        mediator = Mediator()
        take(mediator, data, PERSON)
        mediator.save()
        _engage(mediator, data)
        return mediator


class MediatorAction(RecordAction):
    model: ClassVar = Mediator

    def state_refusal(self, subject: Mediator, today: date) -> Refusal | None:
        return None


class ChangeMediator(MediatorAction):
    """Correct what is kept of the person."""

    name = "mediator.change"
    label = gettext_lazy("Change the particulars")
    form = PersonForm

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        take(mediator, data, PERSON)


class Engage(MediatorAction):
    """A further committee engages the mediator."""

    name = "mediator.engage"
    label = gettext_lazy("Engage in a committee")
    form = EngageForm

    def guard_refusals(self, subject: Mediator, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        found = _chair_taken(data)
        if subject.engagements.filter(committee=data["committee"], ended_on__isnull=True).exists():
            text = _("The mediator is engaged there already.")
            found.append(Refusal("engaged-already", text, field="committee"))
        return found

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        _engage(mediator, data)


def _end(row: Engagement, day: date, ground: str) -> None:
    row.ended_on, row.end_ground = day, ground
    row.save()
    if row.position in MEMBERS:
        members_changed(row.committee, day, f"{row.mediator.name}: {row.get_end_ground_display()}")
    keeping = row.committee
    if keeping.seal_keeper_id == row.mediator_id:
        keeping.seal_keeper = None
        keeping.version += 1
        keeping.save()


class EndEngagement(MediatorAction):
    """The engagement ended. After a death, studios of that name have the grace of the rules to be renamed."""

    name = "mediator.end_engagement"
    label = gettext_lazy("End an engagement")
    form = EndEngagementForm

    def guard_refusals(self, subject: Mediator, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.engagements.filter(ended_on__isnull=True).exists():
            return []
        return [Refusal("not-engaged", _("The mediator is engaged nowhere."))]

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        died = data["ground"] == Engagement.EndGround.DIED
        rows = mediator.engagements.filter(ended_on__isnull=True) if died else [data["engagement"]]
        for row in rows:
            _end(row, data["ended_on"], data["ground"])
        if died:
            _give_grace(mediator, data["ended_on"])


def _give_grace(mediator: Mediator, day: date) -> None:
    months = StudioPolicy.objects.on(day).grace_months
    for studio in Studio.objects.living().filter(name_giver=mediator):
        studio.rename_by = months_later(day, months)
        studio.version += 1
        studio.save()


class LinkAccount(MediatorAction):
    """Say which account is the mediator's, so that cases, subsidies and figures name one person."""

    name = "mediator.link_account"
    label = gettext_lazy("Link the account")
    roles = TOWN
    form = LinkAccountForm

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        mediator.user = data["user"]


class AddTraining(MediatorAction):
    """Training the mediator took part in (People's Mediation Law, art. 14(2))."""

    name = "mediator.add_training"
    label = gettext_lazy("Enter training")
    roles = TOWN
    form = TrainingForm

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        Training.objects.create(
            mediator=mediator, held_on=data["held_on"], hours=data["hours"], subject=data["training_subject"],
            organiser=data["organiser"],
        )  # fmt: skip


class AwardGrade(MediatorAction):
    """A grade of some scheme was awarded."""

    name = "mediator.award_grade"
    label = gettext_lazy("Enter a grade")
    roles = SECTION
    form = GradeForm

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        Grade.objects.create(mediator=mediator, **data)


class SanctionMediator(MediatorAction):
    """A measure after misconduct; removal and dismissal end the engagement (People's Mediation Law, art. 15)."""

    name = "mediator.sanction"
    label = gettext_lazy("Enter a measure for misconduct")
    form = SanctionForm

    def guard_refusals(self, subject: Mediator, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.engagements.filter(ended_on__isnull=True).exists():
            return []
        return [Refusal("not-engaged", _("The mediator is engaged nowhere."))]

    def change(self, mediator: Mediator, data: Mapping[str, Any], context: ActionContext) -> None:
        Sanction.objects.create(mediator=mediator, **data)
        if data["kind"] in ENDING:
            row = mediator.engagements.get(committee=data["committee"], ended_on__isnull=True)
            _end(row, max(data["decided_on"], row.from_on), Engagement.EndGround.MISCONDUCT)


ACTIONS = (
    RegisterMediator,
    ChangeMediator,
    Engage,
    EndEngagement,
    LinkAccount,
    AddTraining,
    AwardGrade,
    SanctionMediator,
)
