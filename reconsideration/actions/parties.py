"""Who takes part changes: third parties, another respondent, successors; and the claims themselves (art. 14–16, 19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import InvalidInput, Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Matter, Participation
from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.representation.acting import ThroughMixin, principal_of, refusal_of
from casemgr.cases.representation.agents import enter
from casemgr.cases.representation.forms import ALIKE_SHOWN
from casemgr.cases.same_act import ActIdentity, find_or_create_act
from casemgr.pages.forms import DateField, not_in_future
from casemgr.parties.forms import PartyForm
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.guards import not_before
from reconsideration.states import UNDER_TRIAL

Role = Participation.Role
OPEN = (*UNDER_TRIAL, "SUSPENDED")
BEFORE_REPLY = ("RECEIVED", "CORRECTING", "ACCEPTED", "AWAIT_REPLY")
TEXT = forms.Textarea({"rows": 3})
INSTEAD = gettext_lazy("Correct the participation: take back the day on which the party left.")


def entered_party(context) -> Party:
    """The party of the action's form, found in the registry or made there."""
    try:
        return find_or_create(context.form.party_data(), context.actor, context.today)
    except ValidationError as error:
        context.form.add_error(None, error.messages)
        raise InvalidInput(context.form) from error


class _JoiningForm(PartyForm):
    """Somebody new in the case, from a day on."""

    on = DateField(label=gettext_lazy("Date"))
    known_party = forms.IntegerField(
        required=False, min_value=1, label=gettext_lazy("Known party"), widget=forms.HiddenInput()
    )
    sex = ethnicity = mongolian_name = former_name = village = remark = agency_kind = None
    leading: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_another"].widget = forms.HiddenInput()
        self.order_fields([*self.leading, "kind", "known_party", "name", "identity_kind", "identity_number"])
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def find_similar(self, party):
        """Against the whole registry: the form's subject is the case, not a party."""
        from casemgr.parties.search import similar_to

        return similar_to(party.particulars(), exclude=None)

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        """Somebody alike in the registry is chosen here, or said to be somebody else."""
        data = super().clean()
        if data.get("known_party") and not Party.objects.filter(pk=data["known_party"]).exists():
            self.add_error("known_party", _("The chosen party is not in the registry. Search again."))
        if self.matches and self.non_field_errors():
            alike = [match.row for match in self.match_rows()[:ALIKE_SHOWN]]
            rows = [(row.id, " ".join(filter(None, (row.name, row.masked_number, row.address)))) for row in alike]
            self.fields["known_party"].widget = forms.Select(choices=[("", _("— choose —")), *rows])
            self.fields["is_another"].widget = forms.CheckboxInput()
            self.add_error("known_party", _("Choose the party here, or tick that it is somebody else."))
        return data


class ThirdPartyForm(_JoiningForm):
    HOW = (
        ("notified", gettext_lazy("The office notifies it to take part")),
        ("asked", gettext_lazy("It asks to take part, and the office agrees")),
    )

    how = forms.ChoiceField(label=gettext_lazy("How it comes to take part"), choices=HOW, widget=forms.RadioSelect)
    interest = forms.CharField(
        label=gettext_lazy("Its interest in the act or in the result of the case"), max_length=500, widget=TEXT
    )
    leading = ("how", "interest")


class AddThirdParty(ReconsiderationAction):
    """Somebody else with an interest takes part as third party: asked for, or notified by the office (art. 16(1)).

    The notice is a paper of its own; if the third party stays away, the case goes on (art. 16(2)).
    """

    name = "reconsideration.add_third_party"
    label = gettext_lazy("Let a third party take part")
    topic = Topic.PARTIES
    form = ThirdPartyForm
    states = ("RECEIVED", "CORRECTING", *OPEN)
    event = "third_party_joined"
    guards = (not_before("received"),)
    annullable = False
    instead = INSTEAD

    def record_event(self, case, data, context):
        party = entered_party(context)
        sides = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
        if case.participations.filter(party=party, role__in=sides, left_on__isnull=True).exists():
            context.form.add_error(None, _("%(name)s takes part in the case already.") % {"name": party.name})
            raise InvalidInput(context.form)
        enter(case, party, Role.THIRD_PARTY)
        kept = {"how": data["how"], "content": data["interest"]}
        return events.record(case, self.event, data["on"], party=party, **kept)


class RespondentForm(AgencyForm):
    WHY = (
        ("wrong", gettext_lazy("Wrongly named; the applicant was told to change (Regulation, art. 29)")),
        ("succeeded", gettext_lazy("Dissolved, or its duties passed to another agency (art. 19(4))")),
    )

    old = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Respondent so far"))
    why = forms.ChoiceField(label=gettext_lazy("Why it changes"), choices=WHY, widget=forms.RadioSelect)
    agrees = forms.ChoiceField(
        label=gettext_lazy("Does the applicant agree?"),
        choices=(("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No: the respondent stays"))),
        initial="yes",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Where duties passed to another agency, nobody is asked."),
    )
    paper = forms.CharField(label=gettext_lazy("Paper: who was told and answered what, when"), max_length=500)
    on = DateField(label=gettext_lazy("Date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["old"]
        field.queryset = self.subject.participations.filter(role=Role.RESPONDENT, left_on__isnull=True)
        field.label_from_instance = lambda part: part.with_role
        self.fields["known_party"].label = _("New respondent")
        self.order_fields(["old", "why", "known_party", "name", "agency_kind", "agrees", "paper", "on"])
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        old, new = data.get("old"), data.get("known_party")
        if old and new and old.party_id == new.pk:
            self.add_error("known_party", _("This is the respondent already."))
        return data


class ChangeRespondent(ReconsiderationAction):
    """The respondent was wrongly named and the applicant agrees to another; or another agency took its duties over.

    Without the applicant's consent nothing changes: the refusal follows, on item 1 of article 30(1) (Regulation, 29).
    """

    name = "reconsideration.change_respondent"
    label = gettext_lazy("Change the respondent")
    topic = Topic.PARTIES
    form = RespondentForm
    states = BEFORE_REPLY
    event = "respondent_changed"
    guards = (not_before("received"),)
    annullable = False
    instead = gettext_lazy("Change the respondent back in the same way.")

    def record_event(self, case, data, context):
        old: Participation = data["old"]
        kept = {"was": old.name, "why": data["why"], "content": data["paper"]}
        if data["why"] == "wrong" and data["agrees"] != "yes":
            return events.record(case, "respondent_kept", data["on"], party=old.party, **kept)
        party = entered_party(context)
        old.left_on = data["on"]
        old.save()
        part = enter(case, party, Role.RESPONDENT)
        if case.act_id and case.act.agency_id == old.party_id and data["why"] == "wrong":
            act = case.act
            identity = ActIdentity(frozenset({party.pk}), act.number, act.acted_on, act.kind)
            case.act = find_or_create_act(party, identity, act.title)
        return events.record(case, self.event, data["on"], party=party, now=part.name, **kept)


class SuccessorForm(_JoiningForm):
    predecessor = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Who died or ended"))
    relation = forms.CharField(
        label=gettext_lazy("Near relative or successor in rights and duties: how, and the paper that proves it"),
        max_length=500,
        widget=TEXT,
    )
    leading = ("predecessor", "relation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["predecessor"]
        roles = (Role.APPLICANT, Role.THIRD_PARTY)
        field.queryset = self.subject.participations.filter(role__in=roles, left_on__isnull=True)
        field.label_from_instance = lambda part: part.with_role


class TakeUpPart(ReconsiderationAction):
    """A near relative, or the successor of an organisation, takes the part up (art. 14(2), 39(1)(1)(4)).

    Where the case stands suspended for it, the notice of resumption follows. Powers the predecessor gave end with it.
    """

    name = "reconsideration.take_up_part"
    label = gettext_lazy("Let a successor take up the part")
    topic = Topic.PARTIES
    form = SuccessorForm
    states = ("RECEIVED", "CORRECTING", *OPEN)
    event = "part_taken_up"
    guards = (not_before("received"),)
    annullable = False
    instead = INSTEAD

    def record_event(self, case, data, context):
        gone: Participation = data["predecessor"]
        party = entered_party(context)
        if party.pk == gone.party_id:
            context.form.add_error(None, _("The successor is somebody else than who died or ended."))
            raise InvalidInput(context.form)
        gone.left_on = data["on"]
        gone.save()
        enter(case, party, gone.role, group=gone.group)
        for mandate in gone.agents.filter(ended_on__isnull=True):
            mandate.ended_on, mandate.end_reason = data["on"], "当事人死亡或者终止"
            mandate.save()
        kept = {"was": gone.name, "predecessor": gone.pk, "content": data["relation"]}
        return events.record(case, self.event, data["on"], party=party, **kept)


class RequestsForm(ThroughMixin, PartyDayForm):
    party_roles: ClassVar = (Role.APPLICANT,)

    requests = forms.CharField(label=gettext_lazy("Requests from now on"), max_length=2000, widget=TEXT)
    reasons = forms.CharField(label=gettext_lazy("Why they change"), max_length=1000, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_through()
        self.order_fields(["party", "through", "requests", "reasons"])
        if not self.is_bound:
            self.fields["requests"].initial = self.subject.facts.requests


class ChangeRequests(ReconsiderationAction):
    """The applicant changes its claims; through a representative only with everybody's consent (art. 15(2))."""

    name = "reconsideration.change_requests"
    label = gettext_lazy("Record changed requests")
    form = RequestsForm
    states = ("RECEIVED", "CORRECTING", *OPEN)
    event = "requests_changed"
    guards = (
        Guard(
            "same-requests",
            "",
            gettext_lazy("These are the requests as they stand."),
            lambda case, data, today: data["requests"].strip() != case.facts.requests.strip(),
            field="requests",
            needs_data=True,
        ),
        not_before("received"),
    )

    def guard_refusals(self, subject, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        found = super().guard_refusals(subject, data, today)
        if data is None:
            return found
        part = principal_of(subject, data["party"].pk)
        refusal = refusal_of(subject, part, data.get("through"), Matter.CHANGE_REQUESTS, data["on"])
        return [*found, refusal] if refusal else found

    def record_facts(self, case, data, context) -> None:
        self.set_facts(case, requests=data["requests"])

    def event_data(self, case, data) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"content": data["requests"], "reason": data["reasons"]}
        return kept | ({"through": data["through"].name} if data.get("through") else {})


PARTIES = (AddThirdParty, ChangeRespondent, TakeUpPart, ChangeRequests)
