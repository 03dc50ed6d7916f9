"""From a request about personal data to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.transitions import is_possible
from casemgr.calendar.current import current_calendar
from casemgr.organisation.roles import HANDS
from casemgr.pages.forms import ContextForm, DateField
from casemgr.parties import erasure
from casemgr.parties.data_requests.holdings import records_of
from casemgr.parties.data_requests.law import GUARDIAN_BELOW, REFUSAL_ARTICLES, REFUSALS, cited
from casemgr.parties.data_requests.scope import is_visible
from casemgr.parties.models import DataRequest, Party
from casemgr.parties.proposals import APPROVERS, TEXT
from casemgr.parties.scope import may_handle

DECIDERS = tuple(role for role in APPROVERS if role != "admin")
Kind, Requester, Ground = DataRequest.Kind, DataRequest.Requester, DataRequest.Ground
FUTURE = gettext_lazy("The date lies in the future. Enter the day on which it really happened.")


def reasons_against(party: Party) -> list[str]:
    """Against erasing the person: of the record and of those merged into it."""
    return [reason for record in records_of(party) for reason in erasure.reasons_against(record)]


class RegisterForm(ContextForm):
    kind = forms.ChoiceField(label=gettext_lazy("What is asked"), choices=Kind.choices)
    requester = forms.ChoiceField(label=gettext_lazy("Who asks"), choices=Requester.choices, initial=Requester.SELF)
    requester_name = forms.CharField(
        label=gettext_lazy("Name, if it is not the person"), required=False, max_length=100
    )
    purpose = forms.CharField(
        label=gettext_lazy("A relative: own lawful interest (article 49)"), required=False, max_length=300
    )
    wish = forms.CharField(
        label=gettext_lazy("What exactly is to be seen, corrected or deleted"),
        required=False,
        max_length=2000,
        widget=TEXT,
    )
    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=DataRequest.Channel.choices)
    received_on = DateField(label=gettext_lazy("Received on"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["received_on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("received_on") and data["received_on"] > self.today:
            self.add_error("received_on", FUTURE)
        if data.get("requester") not in (None, Requester.SELF) and not data.get("requester_name"):
            self.add_error("requester_name", _("Enter who asks for the person."))
        if data.get("requester") == Requester.RELATIVE and not data.get("purpose"):
            self.add_error("purpose", _("Close relatives ask for their own lawful interest: say which (article 49)."))
        if data.get("kind") in (Kind.CORRECT, Kind.DELETE) and not data.get("wish"):
            self.add_error("wish", _("Say what is to be corrected or deleted."))
        return data


class RegisterRequest(Action):
    """A request came in. The statute gives no days; the office's own target is set."""

    name, label = "data_request.register", gettext_lazy("Register a request about personal data")
    model: ClassVar = Party
    roles, form = HANDS, RegisterForm

    def is_visible(self, subject: Party, actor, today: date) -> bool:
        return may_handle(actor, subject, today)

    def state_refusal(self, subject: Party, today: date) -> Refusal | None:
        if subject.kind == Party.Kind.PERSON:
            return None
        return Refusal("not-a-person", _("Only natural persons have personal data."), cited("4(1)"))

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> DataRequest:
        held = [row for row in context.actor.assignments(context.today) if row.role in self.roles]
        days = settings.DATA_REQUEST_TARGET_DAYS
        fields = ("kind", "requester", "requester_name", "purpose", "wish", "channel", "received_on")
        return DataRequest.objects.create(
            party=subject,
            **{name: data[name] for name in fields},
            due_on=current_calendar().add_working_days(data["received_on"], days),
            unit=held[0].unit,
            registered_by=context.actor,
            party_version=subject.version,
        )


class RequestAction(Action):
    """Base of the steps on a request."""

    model: ClassVar = DataRequest
    roles = HANDS
    transition: ClassVar[str] = ""

    def is_visible(self, subject: DataRequest, actor, today: date) -> bool:
        return is_visible(subject, actor, today) and may_handle(actor, subject.party, today)

    def state_refusal(self, subject: DataRequest, today: date) -> Refusal | None:
        if is_possible(subject, self.transition):
            return None
        text = _("“%(action)s” is not possible while the request is “%(state)s”.")
        return Refusal("wrong-state", text % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: DataRequest, data: Mapping[str, Any], context: ActionContext) -> DataRequest:
        getattr(subject, self.transition)()
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes."""

    def answer(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        request.answer, request.answered_on, request.answered_by = data["answer"], context.today, context.actor


class IdentityForm(ContextForm):
    identity_check = forms.CharField(
        label=gettext_lazy("How identity and authority were checked"),
        max_length=300,
        help_text=gettext_lazy("Which card was seen, which power of attorney, proof of guardianship or kinship."),
        widget=TEXT,
    )


class CheckIdentity(RequestAction):
    """Who asks is who they say, and may ask: nothing is shown before (PIPL, art. 50(1), 51)."""

    name, label = "data_request.check_identity", gettext_lazy("Record the identity check")
    form, transition, primary = IdentityForm, "identify", 60

    def change(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        request.identity_check, request.identified_on = data["identity_check"], context.today
        request.identified_by = context.actor


class Compile(RequestAction):
    """What is held is compiled into a file; each time is recorded."""

    name, label = "data_request.compile", gettext_lazy("Compile what is held (Excel)")
    listed = False

    def state_refusal(self, subject: DataRequest, today: date) -> Refusal | None:
        if subject.kind not in (Kind.SEE, Kind.COPY):
            return Refusal("not-asked", _("Nobody asked to see the data."), cited("45(1)"))
        if subject.state in ("IDENTIFIED", "GRANTED"):
            return None
        return Refusal("not-identified", _("Check the identity first."), cited("50(1)"))

    def execute(self, subject: DataRequest, data: Mapping[str, Any], context: ActionContext) -> DataRequest:
        subject.compiled_on = context.today
        subject.version += 1
        subject.save()
        return subject


class AnswerForm(ContextForm):
    answer = forms.CharField(label=gettext_lazy("Answer to the person"), max_length=2000, widget=TEXT)


class Grant(RequestAction):
    """The person gets what was asked: the copy is given, the record is corrected, or the data are erased."""

    name, label = "data_request.grant", gettext_lazy("Grant the request")
    roles, form, transition, primary = DECIDERS, AnswerForm, "grant", 50
    binding = True

    def guard_refusals(self, subject: DataRequest, data: Mapping | None, today: date) -> list[Refusal]:
        found = []
        age = subject.party.age_on(subject.received_on)
        if subject.requester == Requester.SELF and age is not None and age < GUARDIAN_BELOW:
            text = _("The person is below 14 years: parents or other guardians ask. Register their request.")
            found.append(Refusal("guardian-asks", text, cited("31(1)")))
        if subject.kind in (Kind.SEE, Kind.COPY) and subject.compiled_on is None:
            found.append(Refusal("not-compiled", _("Compile what is held first."), cited("45(2)")))
        if subject.kind == Kind.CORRECT and subject.party.version <= subject.party_version:
            text = _("Correct the record first: nothing in it has changed since the request came.")
            found.append(Refusal("not-corrected", text, cited("46(2)")))
        if subject.kind == Kind.DELETE:
            against = reasons_against(subject.party)
            found += [Refusal("must-be-kept", reason, cited("47(2)")) for reason in against]
        return found

    def execute(self, subject: DataRequest, data: Mapping[str, Any], context: ActionContext) -> DataRequest:
        if subject.kind == Kind.DELETE and subject.registered_by_id == context.actor.pk:
            text = _("Somebody else must approve a deletion than who registered the request.")
            raise GuardRefused(refusals=[Refusal("second-person", text)])
        return super().execute(subject, data, context)

    def change(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        self.answer(request, data, context)
        if request.kind == Kind.DELETE:
            reason = _("Request no. %(id)s of %(day)s") % {"id": request.pk, "day": request.received_on.isoformat()}
            approved_by, actor = context.actor.username, request.registered_by
            for record in records_of(request.party):
                erasure.erase(record, actor=actor, approved_by=approved_by, reason=reason, today=context.today)
            request.requester_name = request.wish = request.purpose = request.identity_check = ""


class RefusalForm(AnswerForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), widget=forms.RadioSelect)

    field_order: ClassVar = ["ground", "answer"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fitting = REFUSALS[self.subject.kind]
        self.fields["ground"].choices = [
            (code, f"{Ground(code).label}　{cited(REFUSAL_ARTICLES[code])}") for code in fitting
        ]
        self.fields["answer"].label = _("Reasons, as the person is told them")
        self.fields["answer"].help_text = _("The letter adds that the person may sue in court (article 50(2)).")


class Refuse(RequestAction):
    """The request is refused with its ground and reasons (PIPL, art. 50(1))."""

    name, label = "data_request.refuse", gettext_lazy("Refuse the request")
    roles, form, transition = DECIDERS, RefusalForm, "refuse"
    binding = True

    def guard_refusals(self, subject: DataRequest, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or data["ground"] != Ground.RETENTION or reasons_against(subject.party):
            return []
        text = _("No duty to keep stands against the deletion in this register. Choose another ground, or grant it.")
        return [Refusal("nothing-to-keep", text, cited("47(2)"), "ground")]

    def change(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        request.ground = data["ground"]
        self.answer(request, data, context)


class WithdrawForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class WithdrawRequest(RequestAction):
    """The person takes it back."""

    name, label = "data_request.withdraw", gettext_lazy("The request is withdrawn")
    form, transition = WithdrawForm, "withdraw"

    def change(self, request: DataRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        request.answered_on, request.answered_by = context.today, context.actor


ACTIONS = (RegisterRequest, CheckIdentity, Compile, Grant, Refuse, WithdrawRequest)


def is_kept_only(party: Party) -> bool:
    """A deletion was refused because of a duty to keep: nothing but keeping and protecting is done (art. 47(2))."""
    return party.data_requests.filter(state="REFUSED", ground=Ground.RETENTION).exists()
