"""What a clerk enters from a signed confirmation of address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.documents.models import Document, Service
from casemgr.documents.service_addresses.models import AddressConfirmation
from casemgr.documents.service_forms import CHOOSE, named
from casemgr.pages.forms import ContextForm, DateField


class ConfirmAddressForm(ContextForm):
    takes_numbers = frozenset({"postal_code"})

    participation = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Participant"))
    signed_on = DateField(label=gettext_lazy("Signed on"))
    paper = forms.ChoiceField(
        label=gettext_lazy("In which paper"),
        choices=AddressConfirmation.Paper.choices,
        help_text=gettext_lazy("Consent to electronic service is confirmed in the form itself."),
    )
    form = forms.ModelChoiceField(Document.objects.none(), label=gettext_lazy("The form as printed"), required=False)
    address = forms.CharField(label=gettext_lazy("Address for service"), max_length=200)
    postal_code = forms.RegexField(r"^\d{6}$", label=gettext_lazy("Postal code"), required=False)
    designated_name = forms.CharField(
        label=gettext_lazy("Person named to receive papers"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("A paper this person signs for is served on the participant (Civil Procedure Law, 88)."),
    )
    designated_relation = forms.CharField(
        label=gettext_lazy("Relation to the recipient"), required=False, max_length=60
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("Agrees to electronic service, decisions and mediation papers included"), required=False
    )
    medium = forms.ChoiceField(
        label=gettext_lazy("Electronic medium"), required=False, choices=[CHOOSE, *Service.Medium.choices]
    )
    electronic_address = forms.CharField(
        label=gettext_lazy("Electronic service system or address"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Of a message to the mobile phone it stays empty: the registered phone number counts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.subject
        field = self.fields["participation"]
        field.queryset = case.participations.filter(left_on__isnull=True).select_related("party")
        field.label_from_instance = named
        kinds = [kind.code for kind in case.definition.document_kinds if kind.purpose == "address"]
        self.fields["form"].queryset = case.documents.filter(kind__in=kinds).exclude(sha256="")
        self.fields["form"].label_from_instance = lambda paper: f"{paper.title} {paper.issued_on}"

    def clean_signed_on(self) -> date:
        if self.cleaned_data["signed_on"] > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return self.cleaned_data["signed_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("agrees"):
            data["medium"] = data["electronic_address"] = ""
            return data
        medium, part = data.get("medium"), data.get("participation")
        if data.get("paper") != AddressConfirmation.Paper.FORM:
            # Interpretation of the Civil Procedure Law 2022, art. 136
            self.add_error("paper", _("Consent to electronic service is confirmed in the confirmation of address."))
        if not medium:
            self.add_error("medium", _("Choose by which medium papers may be sent."))
        elif medium == Service.Medium.MOBILE:
            if part is not None and not part.party.masked_phone:
                self.add_error("medium", _("No phone number of the participant is registered: enter it there first."))
            data["electronic_address"] = _("registered mobile phone")
        elif not data.get("electronic_address"):
            self.add_error(
                "electronic_address", _("Enter the system or address that the person named for electronic service.")
            )
        return data
