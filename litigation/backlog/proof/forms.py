"""Files and papers that prove an item performed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.documents.uploads.fields import FilesField
from casemgr.documents.uploads.models import Material
from casemgr.pages.forms import ContextForm, SeveralRowsField


class FilesOfProof(ContextForm):
    """Files, and where the item names a file of ours, its papers: what the person sees of them."""

    files = FilesField(
        label=gettext_lazy("Files that prove it"),
        required=False,
        help_text=gettext_lazy(
            "Transfer slips, receipts, the new act with its proof of service, the court's notice. "
            "Photos chosen together become one PDF."
        ),
    )
    papers = SeveralRowsField(
        Material.objects.none(), label=gettext_lazy("Papers of our file that prove it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].queryset = papers_offered(self.subject, self.actor, self.today)
        if not self.fields["papers"].queryset.exists():
            del self.fields["papers"]
        elif not self.is_bound:
            self.fields["papers"].initial = [one.material_id for one in self.subject.proof_papers.all()]


def papers_offered(item: Any, actor: Any, today: date | None) -> Any:
    """Living materials of the item's file that the person may see; never those of the secret volume."""
    if item is None or item.case_id is None or actor is None or today is None:
        return Material.objects.none()
    seen = Material.objects.visible_to(actor, today).living().of_case()
    return seen.filter(case_id=item.case_id, is_secret=False).order_by("pk")


class AddProofForm(FilesOfProof):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("files") and "papers" not in data and "files" not in self.errors:
            self.add_error("files", gettext_lazy("Choose at least one file."))
        return data


class WithdrawForm(ContextForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 3, "class": "compact"})
    )


__all__ = ["AddProofForm", "FilesOfProof", "WithdrawForm", "papers_offered"]
