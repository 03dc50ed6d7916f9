"""Entering committees and what changes in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField, SeveralRowsField
from mediation.models import Committee, Engagement, Mediator
from mediation.organisations.forms.fields import not_later
from mediation.organisations.permission import TOWN, areas_of

Kind = Committee.Kind
AREA_KINDS = {Kind.TOWN: Unit.Kind.TOWN, Kind.STREET: Unit.Kind.STREET}


class _Particulars(ContextForm):
    trade = forms.CharField(
        label=gettext_lazy("Trade"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("For committees of a trade, such as property management, medical or traffic."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Office telephone"), required=False, max_length=40)
    is_multiethnic = forms.BooleanField(
        label=gettext_lazy("Several nationalities live here"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Then a member of a smaller nationality is needed (People's Mediation Law, art. 8(3))."),
    )


class FoundCommitteeForm(_Particulars):
    area = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town, street, zone or banner"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    number_word = forms.CharField(
        label=gettext_lazy("Word in case numbers"),
        max_length=10,
        help_text=gettext_lazy("Stands between 达 and 人调字 in the numbers of its cases; no other committee has it."),
    )
    founded_by = forms.CharField(label=gettext_lazy("Set up by"), max_length=80)
    founded_on = DateField(label=gettext_lazy("Set up on"))
    field_order = (
        "area",
        "kind",
        "trade",
        "name",
        "number_word",
        "founded_by",
        "founded_on",
        "place",
        "phone",
        "is_multiethnic",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(self.actor, TOWN, self.today) if self.actor else Unit.objects.none()

    def clean_founded_on(self) -> date:
        return not_later(self.cleaned_data["founded_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        area, kind = data.get("area"), data.get("kind")
        if area and kind in AREA_KINDS and area.kind != AREA_KINDS[kind]:
            self.add_error(
                "kind", _("The committee of a town belongs to a town or sumu, that of a street to a street.")
            )
        if kind == Kind.TRADE and not data.get("trade"):
            self.add_error("trade", _("Name the trade."))
        return data


class ChangeCommitteeForm(_Particulars):
    founded_by = forms.CharField(label=gettext_lazy("Set up by"), max_length=80)
    seal_keeper = forms.ModelChoiceField(
        Mediator.objects.none(),
        label=gettext_lazy("Seal keeper"),
        required=False,
        help_text=gettext_lazy("Who may set the committee's seal besides its secretary."),
    )
    field_order = ("trade", "founded_by", "place", "phone", "is_multiethnic", "seal_keeper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engaged = Engagement.objects.in_force(self.today).filter(committee=self.subject)
        self.fields["seal_keeper"].queryset = Mediator.objects.filter(pk__in=engaged.values("mediator_id"))


class RenewTermForm(ContextForm):
    """A new election: who stays a member, and from when the three years run."""

    term_from = DateField(label=gettext_lazy("Term from"))
    staying = SeveralRowsField(
        Engagement.objects.none(),
        label=gettext_lazy("Members elected again"),
        required=False,
        help_text=gettext_lazy("The term of the others ends on that day. Enter new members afterwards."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engaged = Engagement.objects.in_force(self.today).members().filter(committee=self.subject)
        self.fields["staying"].queryset = engaged.select_related("mediator").order_by("from_on", "pk")

    def clean_term_from(self) -> date:
        day = not_later(self.cleaned_data["term_from"], self.today)
        if day <= self.subject.term_from:
            raise forms.ValidationError(_("The new term begins after the one before."))
        return day


class EndCommitteeForm(ContextForm):
    ended_on = DateField(label=gettext_lazy("First day without the committee"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean_ended_on(self) -> date:
        day = not_later(self.cleaned_data["ended_on"], self.today)
        if day <= self.subject.founded_on:
            raise forms.ValidationError(_("It cannot end before it was set up."))
        return day
