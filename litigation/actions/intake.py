"""From the court's papers to the answer: assignment, receipt by each agency, answer and evidence, objections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm, PostedDayForm, offer_parties
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case, Participation
from casemgr.cases.representation.agents import enter
from casemgr.pages.forms import DateField, Form
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.instances import defendants_of, enter_agency, running_instance
from litigation.models import LitigationCase, Standing
from litigation.roles import LIAISON
from litigation.states import RUNNING
from litigation.terms import AgencyRole, Deed, Level


class DefendantDayForm(DayForm):
    """A day on which one of the sued agencies of the running instance did something, or something reached it."""

    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Agency"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = running_instance(self.subject)
        standings = defendants_of(instance) if instance is not None else []
        offer_parties(self.fields["party"], {one.participation.party_id: one.participation.name for one in standings})
        self.order_fields(["party", "on"])


class DefendantSendsForm(DefendantDayForm, PostedDayForm):
    """What such an agency sends to the court: the postmark decides whether it is in time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].label = _("Handed in or posted on, if before")


class AssignForm(DayForm):
    """Who answers: proposed is the defendant that made the act."""

    responsible = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Responsible organ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = running_instance(self.subject)
        ids = [one.participation.party_id for one in defendants_of(instance)] if instance else []
        self.fields["responsible"].queryset = Party.objects.filter(pk__in=ids)
        if not self.is_bound:
            self.fields["responsible"].initial = self.subject.facts.responsible_id


class Assign(LitigationAction):
    """Give the suit to the organ that did the act; the office organises (Reconsideration Law 2023, art. 4(2))."""

    name = "litigation.assign"
    label = pgettext_lazy("litigation", "Assign to the responsible organ")
    roles = LIAISON
    primary = 70
    form = AssignForm
    transition, event = "assign", "assigned"
    guards = (not_before("registered"),)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        chosen = data["responsible"]
        self.set_facts(case, responsible=chosen, responsible_unit=chosen.unit)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "name": data["responsible"].name}


class RecordReceipt(LitigationAction):
    """The court's papers reached an agency, perhaps on another day than the others: its fifteen days begin."""

    name = "litigation.record_receipt"
    label = gettext_lazy("Record when an agency received the complaint")
    primary = 75
    form = DefendantDayForm
    states = RUNNING
    event = "complaint_received"
    guards = (
        Guard(
            "received-already",
            "67(1)",
            gettext_lazy("Its receipt is recorded already. Correct that day in the course of the case."),
            lambda case, data, today: not _has_received(case, data["party"].pk),
            field="party",
            needs_data=True,
        ),
        not_before("suit_filed", "case_filed"),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _without_receipt(subject) else 0


def _facts_here(case: Case) -> list[events.Fact]:
    instance = running_instance(case)
    path = instance.subject if instance is not None else ""
    return [fact for fact in events.facts_of(case) if fact.subject == path]


def _has_received(case: Case, party_id: int) -> bool:
    return events.last_of(_facts_here(case), "complaint_received", party_id=party_id) is not None


def _asked(case: Case, *levels: str) -> list[Standing]:
    """The agencies that the running instance asks for an answer; after a remand the first trial has theirs."""
    instance = running_instance(case)
    is_asked = instance is not None and instance.level in levels and not instance.is_remanded
    return defendants_of(instance) if is_asked else []


def _without_receipt(case: Case) -> list[Standing]:
    return [one for one in _asked(case, Level.FIRST) if not _has_received(case, one.participation.party_id)]


class AnswerForm(DefendantSendsForm):
    has_evidence = forms.BooleanField(
        label=gettext_lazy("Evidence and normative documents are handed in with it"),
        required=False,
        initial=True,
        help_text=gettext_lazy("What comes later without leave counts as none (Litigation Law, article 34(2))."),
    )


class Answer(LitigationAction):
    """An agency has handed in its answer, evidence and basis (art. 67(1), 34); judged in time by its own receipt."""

    name = "litigation.answer"
    label = gettext_lazy("Record answer and evidence")
    primary = 80
    form = AnswerForm
    states = RUNNING
    event = "answer_filed"
    guards = (
        Guard(
            "not-received",
            "67(1)",
            gettext_lazy("Record first when this agency received the complaint: its period runs from that day."),
            lambda case, data, today: _has_received(case, data["party"].pk),
            field="party",
            needs_data=True,
        ),
        not_before("complaint_received"),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _unanswered(subject) and subject.state != "RECEIVED" else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.record_event(subject, data, context)
        if not _unanswered(subject) and subject.state in ("RECEIVED", "ASSIGNED", "REMANDED", "RETRIAL"):
            subject.answer()
        settle(subject, context.today)
        return subject

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "evidence": data["has_evidence"]}


def _unanswered(case: Case) -> list[Standing]:
    done = {fact.party_id for fact in _facts_here(case) if fact.kind == "answer_filed"}
    asked = _asked(case, Level.FIRST, Level.RETRIAL)
    return [one for one in asked if one.participation.party_id not in done]


class ExtensionForm(DefendantSendsForm):
    reason = forms.CharField(
        label=gettext_lazy("Why the evidence cannot be handed in in time"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Force majeure or another good reason beyond its control."),
    )


class AskExtension(LitigationAction):
    """Ask the court in writing for more time for evidence, within the same fifteen days (Interpretation, art. 34)."""

    name = "litigation.ask_extension"
    label = gettext_lazy("Record a written request for more time for evidence")
    topic = Topic.TIME
    form = ExtensionForm
    states = RUNNING
    event = "evidence_extension_asked"
    guards = (not_before("complaint_received"),)


class ExtensionDecidedForm(DefendantDayForm):
    is_allowed = forms.TypedChoiceField(
        label=gettext_lazy("The court"),
        choices=[("yes", gettext_lazy("allows it")), ("no", gettext_lazy("refuses it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    obstacle_ended_on = DateField(
        label=gettext_lazy("The cause of the delay ended on"),
        required=False,
        help_text=gettext_lazy("If allowed, the evidence is due within fifteen days of that day."),
    )


class ExtensionDecided(LitigationAction):
    """The court's answer to the request, and when the cause of the delay ended."""

    name = "litigation.extension_decided"
    label = gettext_lazy("Record the court's answer on more time for evidence")
    topic = Topic.TIME
    form = ExtensionDecidedForm
    states = RUNNING
    event = "evidence_extension_decided"
    guards = (
        Guard(
            "not-asked",
            gettext_lazy("Interpretation of the Litigation Law, article 34"),
            gettext_lazy("No written request of this agency is recorded."),
            lambda case, data, today: (
                events.last_of(_facts_here(case), "evidence_extension_asked", party_id=data["party"].pk) is not None
            ),
            field="party",
            needs_data=True,
        ),
    )

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Any:
        event = super().record_event(case, data, context)
        if data["is_allowed"] and data["obstacle_ended_on"]:
            path = self.subject_of(case, data)
            events.record(
                case, "evidence_obstacle_removed", data["obstacle_ended_on"], party=data["party"], subject=path
            )
        return event

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "allowed": data["is_allowed"]}


class FileEvidence(LitigationAction):
    """Evidence handed in later, after the court allowed it."""

    name = "litigation.file_evidence"
    label = gettext_lazy("Record evidence handed in later")
    topic = Topic.TIME
    form = DefendantSendsForm
    states = RUNNING
    event = "evidence_filed"
    guards = (not_before("complaint_received"),)


class ObjectJurisdiction(LitigationAction):
    """Object to the court's jurisdiction within fifteen days of the receipt (Interpretation, art. 10, 11)."""

    name = "litigation.object_jurisdiction"
    label = gettext_lazy("Record an objection to jurisdiction")
    topic = Topic.TIME
    form = DefendantSendsForm
    states = RUNNING
    event = "jurisdiction_objected"
    guards = (not_before("complaint_received"),)


class ActChangedForm(DefendantDayForm):
    text = forms.CharField(label=gettext_lazy("What was changed"), max_length=500, widget=forms.Textarea({"rows": 2}))


class ChangeAct(LitigationAction):
    """The agency changed the act during the first instance and told the court in writing (Interpretation, art. 81)."""

    name = "litigation.change_act"
    label = gettext_lazy("Record a change of the act, told to the court")
    form = ActChangedForm
    states = RUNNING
    event = "act_changed"
    guards = (
        Guard(
            "first-instance-only",
            gettext_lazy("Interpretation of the Litigation Law, article 81"),
            gettext_lazy("The act can be changed in this way only during the first instance."),
            lambda case, data, today: (found := running_instance(case)) is not None and found.level == "first",
        ),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "text": data["text"]}


class AddAgencyForm(Form):
    """An agency the court adds: a co-defendant, or a third party that becomes one."""

    wants_context = True

    participation = forms.ModelChoiceField(
        Participation.objects.none(), label=gettext_lazy("Agency of the case"), required=False
    )
    known_party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Or another agency"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Part before the court"), choices=AgencyRole.choices)
    deed = forms.ChoiceField(label=gettext_lazy("What it did"), choices=Deed.choices)
    reason = forms.CharField(
        label=gettext_lazy("Why it is added"),
        max_length=200,
        help_text=gettext_lazy("The court's notice, or the rule: upheld acts have two defendants (article 26(2))."),
    )
    received_on = DateField(label=gettext_lazy("Complaint received on"), required=False)

    def __init__(self, *args: Any, subject: LitigationCase, actor: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.today = subject, today
        instance = running_instance(subject)
        standing = instance.standings.values("participation_id") if instance else []
        parts = subject.participations.filter(party__kind=Party.Kind.AGENCY, left_on__isnull=True)
        self.fields["participation"].queryset = parts.exclude(pk__in=standing)
        self.fields["known_party"].queryset = Party.objects.filter(
            kind=Party.Kind.AGENCY, merged_into__isnull=True
        ).exclude(pk__in=subject.participations.values("party_id"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("participation")) == bool(data.get("known_party")):
            self.add_error("known_party", _("Choose one agency: of the case, or another one."))
        on = data.get("received_on")
        if on and on > self.today:
            self.add_error("received_on", _("The day lies in the future. Enter the day on which it really happened."))
        return data


class AddAgency(LitigationAction):
    """Add a defendant that the court adds, or that the rule on results asks for (Interpretation, art. 134(1))."""

    name = "litigation.add_agency"
    label = gettext_lazy("Add an agency to the suit")
    topic = Topic.PARTIES
    roles = LIAISON
    form = AddAgencyForm
    states = RUNNING
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Let the agency leave the suit instead, with the court's paper.")

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        part = data["participation"]
        if part is None:
            part = enter(subject, data["known_party"], Participation.Role.RESPONDENT)
        instance = running_instance(subject)
        enter_agency(instance, part, data)
        kept = {"name": part.name, "role": data["role"], "reason": data["reason"]}
        events.record(subject, "agency_entered", context.today, party=part.party, subject=instance.subject, **kept)
        settle(subject, context.today)
        return subject


INTAKE = (
    Assign,
    RecordReceipt,
    Answer,
    AskExtension,
    ExtensionDecided,
    FileEvidence,
    ObjectJurisdiction,
    ChangeAct,
    AddAgency,
)
