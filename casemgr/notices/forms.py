"""What a person wants to be told, and the office's ladder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.notices.models import Preference, ReminderStep
from casemgr.pages.forms import Form, ModelForm
from casemgr.parties.identity import is_phone, normalise_phone
from casemgr.timelimits.forms import rule_choices


class PreferenceForm(Form):
    takes_numbers = frozenset({"mobile"})

    email = forms.EmailField(label=gettext_lazy("Mail address"), required=False)
    sends_urgent_mail = forms.BooleanField(label=gettext_lazy("Urgent notices also by mail"), required=False)
    mobile = forms.CharField(
        label=gettext_lazy("Mobile number for SMS"), required=False, max_length=20,
        help_text=gettext_lazy("Kept encrypted. Leave empty to keep the number as it is."),
    )  # fmt: skip
    forget_mobile = forms.BooleanField(label=gettext_lazy("Forget the mobile number"), required=False)
    sends_urgent_sms = forms.BooleanField(label=gettext_lazy("Urgent notices also by SMS"), required=False)
    digest = forms.ChoiceField(label=gettext_lazy("Morning summary by mail"), choices=Preference.Digest.choices)

    def __init__(self, *args: Any, has_mobile: bool = False, **kwargs: Any) -> None:
        """`has_mobile`: a number is kept already, so that an empty field means that one."""
        super().__init__(*args, **kwargs)
        self.has_mobile = has_mobile

    def clean_mobile(self) -> str:
        number = normalise_phone(self.cleaned_data["mobile"])
        if number and not is_phone(number):
            raise forms.ValidationError(_("This is no telephone number. Enter eleven digits, like 13800001234."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("sends_urgent_mail") or data.get("digest") != Preference.Digest.NONE) and not data.get("email"):
            self.add_error("email", _("Enter the mail address to which notices are to be sent."))
        keeps = self.has_mobile and not data.get("forget_mobile")
        if data.get("sends_urgent_sms") and "mobile" not in self.errors and not (data.get("mobile") or keeps):
            self.add_error("mobile", _("Enter the number to which SMS are to be sent."))
        return data


class StepForm(ModelForm):
    rule = forms.ChoiceField(label=gettext_lazy("Period"), required=False)

    class Meta:
        model = ReminderStep
        fields = ("rule", "days", "unit", "whom", "is_urgent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("all of ours")), *rule_choices()]

    def clean_days(self) -> int:
        days = self.cleaned_data["days"]
        if not -30 <= days <= 30:
            raise forms.ValidationError(_("Between 30 days before and 30 days after the last day."))
        return days
