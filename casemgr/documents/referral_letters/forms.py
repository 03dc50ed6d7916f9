"""What is brought, and why it is withdrawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.documents.uploads.fields import FilesField
from casemgr.documents.uploads.file_kinds import STAMPED
from casemgr.documents.uploads.forms import FUTURE
from casemgr.documents.uploads.forms import WithdrawForm as WithdrawForm
from casemgr.pages.forms import ContextForm, DateField


class LetterForm(ContextForm):
    files = FilesField(
        label=gettext_lazy("File"),
        codes=STAMPED,
        help_text=gettext_lazy("PDF or OFD, or photos of the pages in their order: they become one PDF."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Left empty, it is called by the name of the file."),
    )
    received_on = DateField(label=gettext_lazy("Date received"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["received_on"].initial = getattr(self.subject, "received_on", None) or self.today

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(FUTURE)
        return day
