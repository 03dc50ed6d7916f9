"""What is entered of contacts, joint meetings and their decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.organisation.models import Unit
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, not_in_future
from litigation.models import Contact

TEXT = forms.Textarea({"rows": 3, "class": "compact"})


class ContactForm(ContextForm):
    organ_kind = forms.ChoiceField(label=gettext_lazy("Kind of organ"), choices=[CHOOSE, *Contact.Organ.choices])
    organ = forms.CharField(label=gettext_lazy("Court or procuratorate"), max_length=80)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    post = forms.CharField(label=gettext_lazy("Post"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Office telephone"), max_length=40, required=False)
    duties = forms.CharField(label=pgettext_lazy("contact", "What for"), max_length=200, required=False)


class EndForm(ContextForm):
    on = DateField(label=gettext_lazy("Contact until"))

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)


class MeetingForm(ContextForm):
    held_on = DateField(label=pgettext_lazy("meeting", "Held on"))
    topic = forms.CharField(label=gettext_lazy("Topic"), max_length=200)
    organs = forms.CharField(
        label=pgettext_lazy("meeting", "Who took part"),
        max_length=300,
        widget=TEXT,
        help_text=gettext_lazy("Courts, procuratorates, and the organs of the government's side."),
    )
    minutes = forms.CharField(label=gettext_lazy("Minutes"), max_length=8000, required=False, widget=TEXT)

    def clean_held_on(self) -> date:
        return not_in_future(self.cleaned_data["held_on"], self.today)


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


class DecisionForm(ContextForm):
    text = forms.CharField(label=gettext_lazy("What was decided"), max_length=500, widget=TEXT)
    owner = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Who does it"))
    due_on = DateField(label=gettext_lazy("To be done by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Unit.objects.filter(ended_on__isnull=True).order_by("path")

    def clean_due_on(self) -> date:
        due = self.cleaned_data["due_on"]
        meeting = getattr(self.subject, "meeting", self.subject)
        if meeting is not None and due < meeting.held_on:
            raise forms.ValidationError(_("It lies before the meeting. Check the date."))
        return due


class DoneForm(ContextForm):
    on = DateField(label=gettext_lazy("Done on"))
    done = forms.CharField(label=gettext_lazy("What was done"), max_length=500, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        on = not_in_future(self.cleaned_data["on"], self.today)
        if self.subject is not None and on < self.subject.meeting.held_on:
            raise forms.ValidationError(_("It lies before the meeting. Check the date."))
        return on
