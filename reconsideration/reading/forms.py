"""What is entered of a request to read the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Participation
from casemgr.organisation.models import User
from casemgr.pages.forms import CHOOSE, DateField, not_in_future
from casemgr.rooms.models import Room
from reconsideration.evidence.forms import CaseRecordForm, officers_of
from reconsideration.models import ReadingRequest
from reconsideration.models.reading import MAY_READ, PLACES


class AskForm(CaseRecordForm):
    """Applicants, third parties and who acts for them; a respondent has no such right (art. 47)."""

    asked_by = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Who asks"))
    asked_on = DateField(label=pgettext_lazy("reading", "Asked on"))
    wanted = forms.CharField(
        label=gettext_lazy("What is asked to be read or copied"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The reply, evidence and basis of the act, other material of the respondent."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            parts = self.case.participations.filter(role__in=MAY_READ, left_on__isnull=True)
            self.fields["asked_by"].queryset = parts
            self.fields["asked_by"].label_from_instance = lambda part: part.with_role
        if not self.is_bound:
            self.fields["asked_on"].initial = self.today

    def clean_asked_on(self) -> date:
        return not_in_future(self.cleaned_data["asked_on"], self.today)


class _DayForm(CaseRecordForm):
    on = DateField(label=gettext_lazy("Date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        on = not_in_future(self.cleaned_data["on"], self.today)
        before = getattr(self.subject, "decided_on", None) or getattr(self.subject, "asked_on", None)
        if before is not None and on < before:
            raise forms.ValidationError(_("It lies before the step that went ahead. Check the date."))
        return on


class DecideForm(_DayForm):
    decision = forms.ChoiceField(
        label=pgettext_lazy("reading", "Decision"),
        choices=[(one.value, one.label) for one in ReadingRequest.Decision if one.value],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground of the refusal"), choices=[CHOOSE, *ReadingRequest.Ground.choices], required=False,
        help_text=gettext_lazy("Only these four: otherwise the office has to agree (article 47)."),
    )  # fmt: skip
    withheld = forms.CharField(
        label=gettext_lazy("What is withheld, and why"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class RecordForm(_DayForm):
    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Place of the reading"),
        help_text=gettext_lazy("Files are read in the reception room or the archive room only."),
    )  # fmt: skip
    reader = forms.CharField(label=gettext_lazy("Who read and copied"), max_length=80)
    read = forms.CharField(label=gettext_lazy("What was read"), max_length=500, widget=forms.Textarea({"rows": 2}))
    copied = forms.CharField(
        label=gettext_lazy("What was copied"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    copied_pages = forms.IntegerField(label=gettext_lazy("Pages copied"), min_value=0, max_value=99999, required=False)
    watched_by = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Under whose eyes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            self.fields["watched_by"].queryset = officers_of(self.case, self.today)
            rooms = Room.objects.visible_to(self.actor, self.today) if self.actor else Room.objects.none()
            self.fields["room"].queryset = rooms.filter(kind__in=PLACES, is_active=True)
            self.fields["room"].label_from_instance = lambda room: f"{room.get_kind_display()}　{room.name}"
            if not self.is_bound and isinstance(self.subject, ReadingRequest):
                self.fields["reader"].initial = self.subject.asked_by.name
        if not self.is_bound:
            self.fields["watched_by"].initial = getattr(self.actor, "pk", None)
