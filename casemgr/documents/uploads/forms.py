"""Forms: a material with its files, what is said about it, and why it is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.documents.uploads.fields import ExaminedFileField, FilesField
from casemgr.documents.uploads.file_kinds import STAMPED
from casemgr.documents.uploads.models import Material
from casemgr.pages.forms import ContextForm, DateField

Kind = Material.Kind
OF_PAPERS = (Kind.STAMPED_COPY, Kind.SEALED_FILE)
OF_CASES = tuple((kind.value, kind.label) for kind in Kind if kind not in OF_PAPERS)
FUTURE = gettext_lazy("The date lies in the future. Enter the day on which it really came.")
PICTURES = ("jpg", "png")


class DescribeForm(ContextForm):
    """What is said about a material; the file itself stays."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of material"), choices=OF_CASES, initial=Kind.EVIDENCE)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("For example: photos of the place. Left empty, it is called by its kind."),
    )
    received_from = forms.ModelChoiceField(
        Participation.objects.none(), label=gettext_lazy("Brought by"), required=False
    )
    received_on = DateField(label=gettext_lazy("Date received"))
    is_secret = forms.BooleanField(label=gettext_lazy("Belongs to the secret volume"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = getattr(self.subject, "case", self.subject)
        field = self.fields["received_from"]
        field.queryset = case.participations.order_by("role", "order", "id")
        field.label_from_instance = lambda part: part.with_role
        if not self.is_bound and self.fields["received_on"].initial is None:
            self.fields["received_on"].initial = self.today

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(FUTURE)
        return day

    def described(self) -> dict[str, Any]:
        """Columns of the material; a title left empty is made of its kind and who brought it."""
        data = {
            name: self.cleaned_data[name]
            for name in ("kind", "title", "received_from", "received_on", "is_secret", "note")
        }
        if not data["title"]:
            part = data["received_from"]
            label = str(Kind(data["kind"]).label)
            data["title"] = f"{label}（{part.name}）"[:120] if part else label
        return data


class AddForm(DescribeForm):
    """Files by chooser, drop, paste or camera. Photos sent together become one PDF in the order given."""

    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy(
            "PDF, OFD, photos, Word, Excel, sound or film. Photos chosen together become one PDF, a page each."
        ),
    )
    photo = ExaminedFileField(
        label=gettext_lazy("Take a photo"),
        codes=PICTURES,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    order = forms.CharField(
        label=gettext_lazy("Order of the photos"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only if it is not the order in which they were chosen, like 2,1,3."),
    )
    field_order = ("files", "photo", "order", "kind", "title", "received_from", "received_on", "is_secret", "note")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        sent = [*data.get("files", ()), *filter(None, (data.get("photo"),))]
        if not sent and not {"files", "photo"} & set(self.errors):
            self.add_error("files", _("Choose at least one file, or take a photo."))
        data["sent"] = self._ordered(sent) if "order" in data else sent
        return data

    def _ordered(self, sent: list[UploadedFile]) -> list[UploadedFile]:
        text = self.cleaned_data["order"].replace("，", ",").replace("、", ",").replace(" ", ",")
        wanted = [part for part in text.split(",") if part]
        if not wanted:
            return sent
        if sorted(wanted, key=lambda part: (len(part), part)) != [str(number + 1) for number in range(len(sent))]:
            self.add_error("order", _("Name each of the %(count)d files once, like 2,1,3.") % {"count": len(sent)})
            return sent
        return [sent[int(part) - 1] for part in wanted]


class WithdrawForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class AttachForm(ContextForm):
    """A stamped scan or a sealed file of an issued paper."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of copy"),
        choices=[(kind.value, kind.label) for kind in OF_PAPERS],
        initial=Kind.STAMPED_COPY,
        widget=forms.RadioSelect,
    )
    files = FilesField(
        label=gettext_lazy("File"),
        codes=STAMPED,
        help_text=gettext_lazy("PDF or OFD, or photos of the stamped pages in their order."),
    )
    received_on = DateField(label=gettext_lazy("Stamped or sealed on"))
    differs = forms.BooleanField(
        label=gettext_lazy("The number of pages differs from the issued paper, and that is right"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["received_on"].initial = self.today

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(FUTURE)
        if self.subject.issued_on and day < self.subject.issued_on:
            raise forms.ValidationError(_("The paper was issued later than that day."))
        return day
