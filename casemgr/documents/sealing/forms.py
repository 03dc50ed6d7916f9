"""What the keeper of a seal enters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.documents.sealing.models import SealUse
from casemgr.organisation.models import OfficialSeal, RoleAssignment, Unit, User
from casemgr.organisation.reference import SEALS
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, DateField

KEEPERS = ("officer", "head", "committee")
"""Who keeps a seal: of the reconsideration office its people, of a committee its secretary."""
APPROVERS = ("head", "authority", "committee", "leader")
BLANK_WORDS = ("空白", "blank")
MAX_COPIES = 500


class _SealedOn(ContextForm):
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=1, max_value=MAX_COPIES)
    sealed_on = DateField(label=gettext_lazy("Sealed on"))
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["sealed_on"].initial = self.today

    def clean_sealed_on(self) -> date:
        day = self.cleaned_data["sealed_on"]
        if day > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return day


class ConfirmSealForm(_SealedOn):
    def clean_sealed_on(self) -> date:
        day = super().clean_sealed_on()
        if day < self.subject.asked_on:
            raise forms.ValidationError(_("The paper was issued later: it cannot be sealed before its day of issue."))
        return day


def keeping_units(actor: User, today: date):
    """Units at which the person keeps a seal."""
    units = scope(actor, today).units_of_role(KEEPERS)
    return Unit.objects.all() if units is ALL else Unit.objects.filter(pk__in=units)


def seal_names(today: date) -> list[str]:
    """Names of the seals in use, the office's entries before those every installation starts with."""
    entered = OfficialSeal.objects.filter(effective_on__lte=today).values_list("name", flat=True)
    return list(dict.fromkeys([*entered, *SEALS.values()]))


class RegisterUseForm(_SealedOn):
    """A complete paper that belongs to no case."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    seal_name = forms.ChoiceField(label=gettext_lazy("Official seal"))
    title = forms.CharField(label=gettext_lazy("Paper"), max_length=200)
    paper_number = forms.CharField(label=gettext_lazy("Number of the paper"), max_length=80, required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("Purpose"),
        choices=[choice for choice in SealUse.Purpose.choices if choice[0] != SealUse.Purpose.PAPER],
    )
    approved_by = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Approved by"),
        help_text=gettext_lazy("Whoever approves a use does not stamp it themselves."),
    )
    approved_on = DateField(label=gettext_lazy("Approved on"))
    is_complete = forms.BooleanField(
        label=gettext_lazy("The paper is complete: no blank sheet, letterhead or form with gaps is sealed")
    )
    field_order = (
        "unit", "seal_name", "title", "paper_number", "purpose", "copies", "approved_by", "approved_on", "sealed_on",
        "note", "is_complete",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = keeping_units(self.actor, self.today)
        self.fields["unit"].queryset = units
        if not self.is_bound:
            self.fields["unit"].initial = units.first()
            self.fields["approved_on"].initial = self.today
        self.fields["seal_name"].choices = [(name, name) for name in seal_names(self.today)]
        held = RoleAssignment.objects.in_force(self.today).filter(self._over(units), role__in=APPROVERS)
        people = User.objects.filter(pk__in=held.values("user_id"), is_active=True).exclude(pk=self.actor.pk)
        self.fields["approved_by"].queryset = people.order_by("full_name")
        self.fields["approved_by"].label_from_instance = lambda person: person.full_name or person.username

    @staticmethod
    def _over(units: QuerySet[Unit]) -> Q:
        """Roles held at these units or above them: nobody else may approve there."""
        codes = {code for path in units.values_list("path", flat=True) for code in path.split("/") if code}
        return Q(unit__code__in=codes)

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if any(word in title.lower() for word in BLANK_WORDS):
            raise forms.ValidationError(_("A blank paper is never sealed. Fill it in first."))
        return title

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        approved, sealed = data.get("approved_on"), data.get("sealed_on")
        if approved and sealed and approved > sealed:
            self.add_error("approved_on", _("A use is approved before the seal is used."))
        approver, unit = data.get("approved_by"), data.get("unit")
        if approver and unit and not scope(approver, self.today).has_role(APPROVERS, unit=unit):
            self.add_error("approved_by", _("This person leads nothing at the unit. Choose who approved the use."))
        return data


class AnnulUseForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
