"""What is entered of a kind of flaw, and of a case that names none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.assessment.models import CauseRecord, Flaw
from casemgr.cases.models import Case
from casemgr.pages.forms import ContextForm, SeveralChoicesField


class EditFlawForm(ContextForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    order = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=999)
    is_used = forms.BooleanField(label=gettext_lazy("May be chosen"), required=False)


class AddFlawForm(ContextForm):
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Small letters and hyphens; it never changes."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    order = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=999)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if Flaw.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken."))
        return code


class CauseForm(ContextForm):
    case = forms.ModelChoiceField(Case.objects.none(), label=gettext_lazy("Case"), widget=forms.HiddenInput)
    article = forms.CharField(label=gettext_lazy("Article"), max_length=300, required=False)
    flaws = SeveralChoicesField(label=gettext_lazy("Flaws"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["flaws"].choices = list(Flaw.objects.filter(is_used=True).values_list("code", "name"))
        if isinstance(self.subject, CauseRecord):
            del self.fields["case"]
        elif self.actor is not None:
            self.fields["case"].queryset = Case.objects.visible_to(self.actor, self.today)

    def clean_case(self) -> Case:
        case = self.cleaned_data["case"]
        if CauseRecord.objects.filter(case=case).exists():
            raise forms.ValidationError(_("The flaws of this case were entered already. Change them there."))
        return case


__all__ = ["AddFlawForm", "CauseForm", "EditFlawForm"]
