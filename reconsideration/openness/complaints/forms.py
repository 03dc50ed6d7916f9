"""What is entered of complaints about the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, not_in_future
from reconsideration.models import HandlingComplaint

LOOKING = ("officer", "head", "authority", "leader")


class PublicForm(ContextForm):
    """What anybody may send. No name and no number is asked: the answer is read by a code."""

    matter = forms.ChoiceField(
        label=pgettext_lazy("complaint", "What it is about"), choices=[CHOOSE, *HandlingComplaint.Matter.choices]
    )
    text = forms.CharField(
        label=pgettext_lazy("complaint", "What happened"), max_length=2000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("When, where, and what you ask for. Leave out identity and telephone numbers."),
    )  # fmt: skip
    told_number = forms.CharField(
        label=gettext_lazy("Case number, if there is one"), max_length=80, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class LodgeForm(PublicForm):
    """By somebody of the office also the day, and which office."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Office complained about"), required=False)
    received_on = DateField(label=pgettext_lazy("complaint", "Received on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offices(self.today)
        if not self.is_bound:
            self.fields["received_on"].initial = self.today

    def clean_received_on(self):
        on = self.cleaned_data["received_on"]
        return not_in_future(on, self.today) if on else self.today

    def clean_unit(self) -> Unit:
        unit = self.cleaned_data["unit"] or self.fields["unit"].queryset.first()
        if unit is None:
            raise forms.ValidationError(_("No office handles reconsideration yet."))
        return unit


def offices(today) -> Any:
    """Units at which somebody heads reconsideration, the first of them in the tree first."""
    held = RoleAssignment.objects.in_force(today).filter(role="head").values("unit_id")
    return Unit.objects.filter(pk__in=held, ended_on__isnull=True).order_by("path")


class GiveForm(ContextForm):
    handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Looked into by"))
    case_number = forms.CharField(
        label=gettext_lazy("Number of the case it is about"), max_length=80, required=False,
        help_text=gettext_lazy("Whoever handles that case does not look into the complaint."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            above = [unit.pk for unit in Unit.objects.all() if self.subject.unit.path.startswith(unit.path)]
            held = RoleAssignment.objects.in_force(self.today).filter(role__in=LOOKING, unit_id__in=above)
            people = get_user_model().objects.filter(pk__in=held.values("user_id"), is_active=True)
            self.fields["handler"].queryset = people.order_by("full_name")
            if not self.is_bound:
                case = self.subject.case
                self.fields["case_number"].initial = case.number if case else self.subject.told_number

    @cached_property
    def found_case(self) -> Case | None:
        number = (self.cleaned_data.get("case_number") or "").strip()
        seen = Case.objects.visible_to(self.actor, self.today).filter(procedure="reconsideration")
        return seen.filter(number=number).first() if number else None

    def clean_case_number(self) -> str:
        number = self.cleaned_data["case_number"].strip()
        if number and self.found_case is None:
            raise forms.ValidationError(_("There is no reconsideration case of this number. Leave it empty otherwise."))
        return number


class AnswerForm(ContextForm):
    finding = forms.CharField(
        label=gettext_lazy("What was found"), max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("For the office only."),
    )  # fmt: skip
    answer_text = forms.CharField(
        label=gettext_lazy("Answer"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Read by whoever has the code: no names, no numbers."),
    )  # fmt: skip


class PassOnForm(ContextForm):
    organ = forms.CharField(label=gettext_lazy("Passed on to"), max_length=80)


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


__all__ = ["AnswerForm", "GiveForm", "LodgeForm", "PassOnForm", "PublicForm", "StrikeForm", "offices"]
