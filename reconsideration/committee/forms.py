"""What is entered of members, consultations and opinions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, SeveralRowsField
from reconsideration.committee.triggers import OFFERED, proposals
from reconsideration.models import CommitteeMember, Consultation

Duty = CommitteeMember.Duty


def _text(
    label: Any, rows: int = 4, *, required: bool = True, help_text: Any = "", most: int = 8000
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


class MemberForm(ContextForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    kind = forms.ChoiceField(
        label=pgettext_lazy("committee", "Kind of member"), choices=[CHOOSE, *CommitteeMember.Kind.choices]
    )
    duty = forms.ChoiceField(
        label=pgettext_lazy("committee", "Duty"), choices=Duty.choices, initial=Duty.MEMBER, required=False
    )
    organ = forms.CharField(label=gettext_lazy("Department or institution, post"), max_length=120)
    field = forms.CharField(label=gettext_lazy("Field of knowledge"), max_length=120, required=False)
    from_on = DateField(label=gettext_lazy("Term from"))
    until_on = DateField(label=gettext_lazy("Term until"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean_duty(self) -> str:
        return self.cleaned_data["duty"] or Duty.MEMBER

    def clean_until_on(self) -> date | None:
        until, since = self.cleaned_data["until_on"], self.cleaned_data.get("from_on")
        if until and since and until < since:
            raise forms.ValidationError(_("The term ends before it begins. Check both dates."))
        return until


class EndTermForm(ContextForm):
    until_on = DateField(label=gettext_lazy("Term until"))
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def clean_until_on(self) -> date:
        until = self.cleaned_data["until_on"]
        if self.subject is not None and until < self.subject.from_on:
            raise forms.ValidationError(_("The term ends before it begins. Check both dates."))
        return until


class ReferForm(DayForm):
    """The ground proposed is the first that the case's facts speak for."""

    trigger = forms.ChoiceField(
        label=gettext_lazy("Ground, art. 52(2)"),
        choices=[(one.value, one.label) for one in OFFERED],
        widget=forms.RadioSelect,
    )
    question = _text(gettext_lazy("Question to the committee"), help_text=gettext_lazy("What is disputed or unclear."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = proposals(self.subject) if self.subject is not None else []
        if found and not self.is_bound:
            self.fields["trigger"].initial = found[0].trigger
            self.fields["trigger"].help_text = "；".join(f"{one.trigger.label}：{one.why}" for one in found)


class OpinionForm(DayForm):
    """The meeting with who took part, and what it advised."""

    meeting = forms.ChoiceField(label=gettext_lazy("Form of the meeting"), choices=Consultation.Meeting.choices)
    place = forms.CharField(label=pgettext_lazy("committee", "Place"), max_length=120, required=False)
    presided_by = forms.CharField(label=gettext_lazy("Presided by"), max_length=50)
    recorded_by = forms.CharField(label=gettext_lazy("Recorded by"), max_length=50)
    present = SeveralRowsField(CommitteeMember.objects.none(), label=gettext_lazy("Members who took part"))
    stand_aside = SeveralRowsField(
        CommitteeMember.objects.none(),
        label=gettext_lazy("Members who stood aside"),
        required=False,
        help_text=gettext_lazy("Who declared an interest in the case and took no part in the opinion."),
    )
    interest = forms.CharField(
        label=gettext_lazy("Interest declared"), max_length=200, required=False,
        help_text=gettext_lazy("Name and interest of each who stood aside."),
    )  # fmt: skip
    opinion = _text(gettext_lazy("Opinion of the committee"), 6)
    dissent = _text(gettext_lazy("Differing opinions of members"), 3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = gettext_lazy("Day of the meeting")
        members = CommitteeMember.objects.all()
        if self.is_bound:
            offered = members
        else:
            offered = members.in_term(self.today)
        for name in ("present", "stand_aside"):
            self.fields[name].queryset = offered

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("stand_aside") and not data.get("interest"):
            self.add_error("interest", _("Say which interest was declared."))
        return data


class AdoptionForm(DayForm):
    adoption = forms.ChoiceField(
        label=gettext_lazy("Adoption of the opinion"), choices=Consultation.Adoption.choices, widget=forms.RadioSelect
    )
    explanation = _text(
        gettext_lazy("How far it is adopted, or the reasons against it"), 4, required=False,
        help_text=gettext_lazy("Goes with the draft to the head of the authority (Regulation 2026, art. 52)."),
    )  # fmt: skip


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
