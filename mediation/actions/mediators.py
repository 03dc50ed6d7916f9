"""Who mediates, and what the parties are told before it begins (People's Mediation Law, art. 19, 23, 24; T6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.cases.people.handlers import PersonField, candidates
from casemgr.organisation.models import User
from mediation.actions.base import MediationAction
from mediation.course.choosing import (
    ChoosingForm,
    ImpartialityFields,
    RightsFields,
    enter_mediators,
    hand_to,
    impartiality_of,
    record_rights,
)
from mediation.course.people import SHORT, current_mediators, parties_of, parties_told
from mediation.guards.mediators import (
    a_mediator_leads,
    mediator_label,
    mediators_are_engaged,
    namesake_is_explained,
    nobody_refuses,
    none_named_yet,
    relation_is_accepted,
    rights_are_told,
)
from mediation.models import CaseMediator, MediationCase

RUNNING = ("ACCEPTED", "MEDIATING", "PAUSED")
INSTEAD = gettext_lazy("Replace the mediator with the reason.")
Role = CaseMediator.Role


class NameMediators(MediationAction):
    """The parties choose one or several mediators, or the committee designates them (art. 19)."""

    name = "mediation.name_mediators"
    label = gettext_lazy("Choose the mediators")
    topic = Topic.PEOPLE
    form = ChoosingForm
    states = RUNNING
    annullable: ClassVar[bool] = False
    instead = INSTEAD
    guards = (
        none_named_yet,
        mediators_are_engaged,
        namesake_is_explained,
        relation_is_accepted,
        not_before("accepted"),
    )

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        enter_mediators(case, data, data["on"])


class TellRightsForm(RightsFields, DayForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer_untold(self.subject)
        self.order_fields(["on", "told", "how", "note"])


class TellRights(MediationAction):
    """Rights and duties are told to each party before the first session, on a court's case also what a sham costs."""

    name = "mediation.tell_rights"
    label = gettext_lazy("Record that rights and duties were told")
    form = TellRightsForm
    states = ("REGISTERED", *RUNNING)

    def state_refusal(self, subject: MediationCase, today) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if {part.party_id for part in parties_of(subject)} <= parties_told(subject):
            return Refusal("all-told", _("Every party has been told its rights and duties."))
        return None

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        record_rights(case, data, data["on"])


class BeginForm(RightsFields, ChoosingForm):
    """Mediators and rights in one go, as far as they are not recorded yet."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if current_mediators(self.subject):
            for name in (*ChoosingForm.base_fields,):
                if name not in DayForm.base_fields:
                    del self.fields[name]
        if not self.offer_untold(self.subject):
            for name in RightsFields.base_fields:
                del self.fields[name]
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    @property
    def names_mediators(self) -> bool:
        return "lead" in self.fields

    @property
    def tells_rights(self) -> bool:
        return "told" in self.fields


class Begin(MediationAction):
    """Mediators chosen, impartiality checked, rights and duties told: the mediation begins (T6)."""

    name = "mediation.begin"
    label = gettext_lazy("Begin the mediation")
    form = BeginForm
    primary = 60
    transition, event = "begin", "mediation_begun"
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Replace the mediator with the reason, or correct the date of the entry.")
    guards = (
        nobody_refuses,
        mediators_are_engaged,
        namesake_is_explained,
        relation_is_accepted,
        not_before("accepted", "mediators_named"),
    )

    def guard_refusals(self, subject: MediationCase, data: Mapping | None, today) -> list[Refusal]:
        """The form itself brings what is missing; a party left out is refused."""
        found = super().guard_refusals(subject, data, today)
        if data is not None:
            told = {part.party_id for part in data.get("told") or ()} | parties_told(subject)
            left = [part.name for part in parties_of(subject) if part.party_id not in told]
            if left:
                found.append(
                    Refusal("rights-not-told", f"{rights_are_told.message} {'、'.join(left)}", "23、24", field="told")
                )
        return found

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        if context.form.names_mediators:
            enter_mediators(case, data, data["on"])
        if context.form.tells_rights:
            record_rights(case, data, data["on"])


class OneMore(ImpartialityFields, DayForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[choice for choice in Role.choices if choice[0] != Role.LEAD],
        widget=forms.RadioSelect,
        initial=Role.CO,
    )
    person = PersonField(User.objects.none(), label=gettext_lazy("Person"), required=False)
    person_name = forms.CharField(
        label=gettext_lazy("Name, of somebody without an account"), required=False, max_length=50
    )
    chosen = forms.ChoiceField(
        label=gettext_lazy("How they were chosen"),
        choices=CaseMediator.Chosen.choices,
        initial=CaseMediator.Chosen.COMMITTEE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        taken = [mediator.user_id for mediator in current_mediators(self.subject) if mediator.user_id]
        self.fields["person"].queryset = candidates(self.subject, self.today).exclude(pk__in=taken)
        order = ["on", "leaves", "reason", "asked_by", "role", "person", "person_name", "chosen"]
        self.order_fields([*order, "has_relation", "relation", "parties_agree", *self.fields])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("person") and data.get("person_name"):
            self.add_error("person_name", _("Choose a person or enter a name, not both."))
        return data


class AddForm(OneMore):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("person") or data.get("person_name")):
            self.add_error("person", _("Choose who joins, or enter the name."))
        return data


class AddMediator(MediationAction):
    """A further mediator or a recorder joins."""

    name = "mediation.add_mediator"
    label = gettext_lazy("Add a mediator or recorder")
    topic = Topic.PEOPLE
    form = AddForm
    states = RUNNING
    annullable: ClassVar[bool] = False
    instead = INSTEAD
    guards = (
        a_mediator_leads,
        mediators_are_engaged,
        namesake_is_explained,
        relation_is_accepted,
        not_before("accepted"),
    )

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        row = _join(case, data, data["role"])
        events.record(case, "mediators_named", data["on"], names=row.name, chosen=data["chosen"])


def _join(case: MediationCase, data: Mapping[str, Any], role: str) -> CaseMediator:
    person = data["person"]
    return CaseMediator.objects.create(
        case_id=case.pk,
        user=person,
        name=person.full_name if person else data["person_name"],
        role=role,
        chosen=data["chosen"],
        joined_on=data["on"],
        **impartiality_of(data),
    )


class ReplaceForm(OneMore):
    """Who leaves and why; who follows. A lead always has a successor."""

    leaves = forms.ModelChoiceField(CaseMediator.objects.none(), label=gettext_lazy("Who leaves"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, widget=SHORT)
    asked_by = forms.ChoiceField(
        label=gettext_lazy("At whose wish"),
        choices=[
            ("party", gettext_lazy("A party asked for it")),
            ("mediator", gettext_lazy("The mediator withdraws")),
            ("committee", gettext_lazy("The committee decided it")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]
        self.fields["has_relation"].required = False
        self.fields["leaves"].queryset = CaseMediator.objects.filter(case_id=self.subject.pk).current()
        self.fields["leaves"].label_from_instance = mediator_label
        self.fields["asked_by"].help_text = _(
            "If a party still disagrees after the change and will not choose, it counts as refusing mediation "
            "(Rules on online mediation, article 14): terminate then."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        follows = data.get("person") or data.get("person_name")
        leaves = data.get("leaves")
        if leaves is not None and leaves.role == Role.LEAD and not data.get("person"):
            self.add_error("person", _("The lead mediator needs a successor with an account. Choose one."))
        if follows and not data.get("has_relation"):
            self.add_error("has_relation", _("Say what the check of the successor's impartiality found."))
        return data


class ReplaceMediator(MediationAction):
    """A mediator leaves with a reason and another one follows (Provisions on invited mediation, art. 13, 15)."""

    name = "mediation.replace_mediator"
    label = gettext_lazy("Replace a mediator")
    topic = Topic.PEOPLE
    form = ReplaceForm
    states = RUNNING
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Replace the mediator once more.")
    guards = (
        a_mediator_leads,
        mediators_are_engaged,
        namesake_is_explained,
        relation_is_accepted,
        not_before("mediators_named"),
    )

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        leaving: CaseMediator = data["leaves"]
        leaving.left_on, leaving.leave_reason = data["on"], data["reason"]
        leaving.save()
        follower = None
        if data["person"] or data["person_name"]:
            follower = _join(case, data, leaving.role)
            if leaving.role == Role.LEAD:
                hand_to(case, data["person"], data["on"])
        words = {"from": leaving.name, "to": follower.name if follower else ""}
        events.record(case, "mediator_replaced", data["on"], reason=data["reason"], asked_by=data["asked_by"], **words)


MEDIATORS = (NameMediators, TellRights, Begin, AddMediator, ReplaceMediator)
