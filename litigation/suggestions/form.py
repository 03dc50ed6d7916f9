"""The registration forms of a suggestion and of a supervision file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Case
from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.registration.form import RegistrationForm
from casemgr.pages.forms import DateField
from casemgr.pages.row_forms import Rows, flatten
from litigation.models import Letter, Supervision
from litigation.registration.known import refuse_known
from litigation.suggestions.terms import LETTER_MAY_SAY, LetterKind, Origin

RECIPIENTS = "recipients"
FUTURE = gettext_lazy("The day lies in the future. Enter the day on which it really happened.")


class RecipientRow(AgencyForm):
    """One recipient, and when the letter reached it: its own time to answer runs from that day."""

    received_on = DateField(
        label=gettext_lazy("Letter received on"),
        required=False,
        help_text=gettext_lazy("Empty while it has not arrived. Each recipient's time runs from its own receipt."),
    )

    def clean_received_on(self) -> date | None:
        on = self.cleaned_data["received_on"]
        if on and on > self.today:
            raise forms.ValidationError(FUTURE)
        return on


class _RecipientsForm(RegistrationForm):
    """A file whose parties are agencies only."""

    blocks: ClassVar = {RECIPIENTS: {"name": ""}}
    nobody: ClassVar = gettext_lazy("Enter the recipient of the letter.")

    registered_on = DateField(label=gettext_lazy("Registered on"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Any = None, *, recipients_shown: int = 1, **kwargs: Any
    ) -> None:
        data = flatten(data, RECIPIENTS) if data is not None else None
        super().__init__(data, files, **kwargs)
        self.recipients = Rows(
            RecipientRow, data, RECIPIENTS, shown=recipients_shown, actor=self.actor, today=self.today
        )
        self.known_file: Case | None = None
        if not self.is_bound:
            self.fields["registered_on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["registered_on"] = data.get("registered_on") or self.today
        if data["registered_on"] > self.today:
            self.add_error("registered_on", FUTURE)
        self.recipients.is_valid()
        for name, errors in self.recipients.errors():
            self._errors[name] = errors
        if not self.recipients.filled:
            self.add_error(None, self.nobody)
        return data


class SuggestionForm(_RecipientsForm):
    """One letter of a court or a procuratorate."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of letter"), choices=[("", gettext_lazy("— choose —")), *LetterKind.choices]
    )
    sender = forms.CharField(label=gettext_lazy("Court or procuratorate"), max_length=80)
    number = forms.CharField(label=gettext_lazy("Number of the letter"), required=False, max_length=80)
    dated_on = DateField(label=gettext_lazy("Date of the letter"), required=False)
    topic = forms.CharField(label=gettext_lazy("What it is about"), max_length=120)
    demands = forms.CharField(
        label=gettext_lazy("What it asks for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "class": "compact"}),
    )
    due_on = DateField(
        label=gettext_lazy("Date the letter itself names for the answer"),
        required=False,
        help_text=gettext_lazy(
            "It counts where the law leaves the length to the letter; 60 days for normative documents, "
            "two months or 15 days in the public interest stand in the law."
        ),
    )

    def clean_number(self) -> str:
        return "".join(self.cleaned_data["number"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        dated = data.get("dated_on")
        if dated and dated > self.today:
            self.add_error("dated_on", FUTURE)
        if data.get("due_on") and data.get("kind") and data["kind"] not in LETTER_MAY_SAY:
            self.add_error(
                "due_on", _("For this kind of letter the law fixes the time. Leave it empty, or check the kind.")
            )
        elif data.get("due_on") and dated and data["due_on"] < dated:
            self.add_error("due_on", _("It lies before the date of the letter. Check both dates."))
        for row in self.recipients.filled:
            received = getattr(row, "cleaned_data", {}).get("received_on")
            if received and dated and received < dated:
                row.add_error("received_on", _("It cannot have arrived before it was written. Check both dates."))
                self._errors[f"{row.prefix}-received_on"] = row.errors["received_on"]
        if data.get("number") and data.get("sender"):
            known = Letter.objects.filter(sender=data["sender"], number=data["number"]).exclude(case__state="VOID")
            if (found := known.select_related("case").first()) is not None:
                refuse_known(self, found.case_id, "number")
        return data


class SupervisionForm(_RecipientsForm):
    """One case at which the procuratorate looks."""

    nobody: ClassVar = gettext_lazy("Enter the agency concerned.")

    procuratorate = forms.CharField(label=gettext_lazy("Procuratorate"), max_length=80)
    number = forms.CharField(label=gettext_lazy("Procuratorate's number"), required=False, max_length=80)
    origin = forms.ChoiceField(
        label=gettext_lazy("How it began"), choices=[("", gettext_lazy("— choose —")), *Origin.choices]
    )
    topic = forms.CharField(label=gettext_lazy("What it is about"), max_length=120)
    grounds = forms.CharField(
        label=pgettext_lazy("supervision", "Grounds"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "class": "compact"}),
    )
    suit_number = forms.CharField(
        label=gettext_lazy("Number of the suit's file"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("The register's number, like 达应诉〔2026〕3号: the two files are linked."),
    )

    def clean_number(self) -> str:
        return "".join(self.cleaned_data["number"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["suit"] = None
        if number := (data.get("suit_number") or "").strip():
            data["suit"] = suit_of(number, self.actor, self.today)
            if data["suit"] is None:
                self.add_error("suit_number", NO_SUIT)
        if data.get("number") and data.get("procuratorate"):
            known = Supervision.objects.filter(procuratorate=data["procuratorate"], number=data["number"])
            if (found := known.exclude(case__state="VOID").select_related("case").first()) is not None:
                refuse_known(self, found.case_id, "number")
        return data


NO_SUIT = gettext_lazy("There is no such suit within your scope. Copy the whole number, like 达应诉〔2026〕3号.")


def suit_of(number: str, actor: Any, today: date) -> Case | None:
    """The suit with this number of the register, if the person may see it."""
    seen = Case.objects.visible_to(actor, today).filter(number=number, procedure="litigation")
    return seen.filter(litigation_facts__file_kind__in=("suit", "enforcement")).first()


__all__ = ["NO_SUIT", "RECIPIENTS", "RecipientRow", "SuggestionForm", "SupervisionForm", "suit_of"]
