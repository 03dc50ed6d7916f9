"""Forms for the powers of agents. The agent is known in the case, known in the registry, or entered anew."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Mandate, Matter, Participation
from casemgr.cases.representation.acting import SIDES
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField, SeveralChoicesField
from casemgr.parties.forms import PartyForm
from casemgr.parties.models import Party

Role = Participation.Role
Basis, Profession, Power = Mandate.Basis, Mandate.Profession, Mandate.Power
BY_ENTRUSTMENT = [choice for choice in Basis.choices if choice[0] != Basis.STATUTORY]
PROFESSIONS = [choice for choice in Profession.choices if choice[0] != Profession.GUARDIAN]
TEXT = forms.Textarea({"rows": 2})
ALIKE_SHOWN = 5


def labelled(part: Participation) -> str:
    return part.with_role


class SpeakerForm(PartyForm):
    """Somebody who acts for a participant, from a day on, by a paper."""

    principal = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Acts for"))
    agent = forms.ModelChoiceField(
        Participation.objects.none(),
        required=False,
        label=gettext_lazy("Known in this case"),
        empty_label=gettext_lazy("Somebody else, entered below"),
    )
    known_party = forms.IntegerField(
        required=False, min_value=1, label=gettext_lazy("Known person"), widget=forms.HiddenInput
    )
    """Asked only when the registry holds somebody alike, by name and never by a number of the register."""
    from_on = DateField(label=gettext_lazy("From"))
    until_on = DateField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: to the end of the case.")
    )
    paper = forms.CharField(label=gettext_lazy("Paper: name, day"), max_length=200)

    sex = ethnicity = mongolian_name = former_name = village = service_address = None
    legal_representative = representative_post = agency_kind = remark = None
    role: ClassVar[str] = Role.AGENT
    leading: ClassVar = ("principal", "agent", "known_party", "is_another", "name", "identity_kind", "identity_number")
    sides: ClassVar[tuple[str, ...]] = SIDES

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parts = self.subject.participations.filter(left_on__isnull=True).order_by("role", "order", "id")
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].required = False
        self.fields["is_another"].widget = forms.HiddenInput()
        for name, roles in (("principal", self.sides), ("agent", (self.role,))):
            self.fields[name].queryset = parts.filter(role__in=roles)
            self.fields[name].label_from_instance = labelled
        self.order_fields([*self.leading, "identity_note", "phone", "birth_on", "address"])
        if not self.is_bound:
            self.fields["from_on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        data["kind"] = Party.Kind.PERSON
        if data.get("agent"):
            data["known_party"] = data["agent"].party_id
        elif data.get("known_party") and not Party.objects.filter(pk=data["known_party"], kind="person").exists():
            self.add_error("known_party", _("There is no person with this number in the registry."))
        super().clean()
        if self.matches and self.non_field_errors():
            self._ask_whether_known()
        from_on, until_on = data.get("from_on"), data.get("until_on")
        if from_on and from_on > self.today:
            self.add_error("from_on", _("The date lies in the future. Enter the day on which it really happened."))
        if from_on and until_on and until_on < from_on:
            self.add_error("until_on", _("The end lies before the beginning (%(day)s).") % {"day": long_date(from_on)})
        return data

    def _ask_whether_known(self) -> None:
        alike = [match.row for match in self.match_rows()[:ALIKE_SHOWN]]
        rows = [(row.id, " ".join(filter(None, (row.name, row.masked_number, row.address)))) for row in alike]
        self.fields["known_party"].widget = forms.Select(choices=[("", _("— choose —")), *rows])
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error("known_party", _("Choose the person here, or tick that it is somebody else."))

    def clean_known_party(self) -> int | None:
        return self.cleaned_data["known_party"]


class AppointAgentForm(SpeakerForm):
    """The power of attorney names matter, powers and time."""

    basis = forms.ChoiceField(label=gettext_lazy("Basis"), choices=BY_ENTRUSTMENT, initial=Basis.ENTRUSTED)
    profession = forms.ChoiceField(label=gettext_lazy("Who the agent is"), choices=PROFESSIONS)
    power = forms.ChoiceField(
        label=gettext_lazy("Authority"), choices=Power.choices, widget=forms.RadioSelect, initial=Power.GENERAL
    )
    matters = SeveralChoicesField(
        label=gettext_lazy("The special authority covers"),
        choices=Matter.choices,
        required=False,
        help_text=gettext_lazy("Only what the paper lists by name."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        last = ("basis", "profession", "power", "matters", "from_on", "until_on", "paper")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("power") == Power.SPECIAL and not data.get("matters"):
            self.add_error("matters", _("Choose what the paper lists, or general authority."))
        if data.get("power") == Power.GENERAL:
            data["matters"] = []
        return data


class StatutoryAgentForm(SpeakerForm):
    """The guardian, proven by household register, judgment or appointment (Civil Code, art. 23, 27–31)."""

    role = Role.STATUTORY_AGENT
    sides = (Role.APPLICANT, Role.THIRD_PARTY)


class EndMandateForm(ContextForm):
    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=gettext_lazy("Agent"))
    ended_on = DateField(label=gettext_lazy("Ended on"))
    reason = forms.CharField(
        label=gettext_lazy("Why, and the written notice of the party"), max_length=300, widget=TEXT
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = Mandate.objects.filter(principal__case=self.subject, ended_on__isnull=True)
        self.fields["mandate"].queryset = rows.select_related("agent", "principal")
        self.fields["mandate"].label_from_instance = lambda row: f"{row.agent.name} → {row.principal.name}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ended: date | None = data.get("ended_on")
        if ended and ended > self.today:
            self.add_error("ended_on", _("The date lies in the future. Enter the day on which it really happened."))
        elif ended and data.get("mandate") and ended < data["mandate"].from_on:
            day = long_date(data["mandate"].from_on)
            self.add_error("ended_on", _("The end lies before the beginning (%(day)s).") % {"day": day})
        return data
