"""A year's ledger as a file, for the pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.audit.access import record_access
from casemgr.ledgers.definition import Ledger, ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.readers import FULL, Reader
from casemgr.pages.clock import today as clock_today
from casemgr.pages.forms import ContextForm
from casemgr.pages.sheets.writing import XLSX

CSV = "text/csv"


class FetchForm(ContextForm):
    """Which year, and for numbers in full why they are needed."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1949, max_value=9998)
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=[("xlsx", "Excel"), ("csv", "CSV")])
    in_full = forms.BooleanField(label=gettext_lazy("Document numbers and telephones in full"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why they are needed"), required=False, max_length=200,
        help_text=gettext_lazy("Recorded with your name in the access log."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.actor.role_codes(self.today).intersection(FULL):
            del self.fields["in_full"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("in_full") and not data.get("reason"):
            self.add_error("reason", _("Say why the numbers are needed in full."))
        return data


def fetch(request: HttpRequest, kind: str) -> HttpResponse:
    """The form; and the file it asks for. Each is recorded."""
    today = clock_today()
    if kind not in ledgers():
        raise Http404
    ledger = ledgers()[kind]
    if not ledger.may_fetch(request.user, today):
        raise PermissionDenied(_("Your roles see none of what this ledger holds."))
    initial = {"year": today.year, "format": "xlsx"}
    form = FetchForm(
        request.POST if request.method == "POST" else None, subject=None, actor=request.user, today=today,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        in_full = bool(data.get("in_full"))
        reader = Reader(today, request.user, in_full=in_full)
        return file_answer(request, ledger, data["year"], data["format"], reader, reason=data.get("reason", ""))
    status = 422 if request.method == "POST" else 200
    return render(request, "ledgers/fetch.html", {"form": form, "ledger": ledger}, status=status)


def file_answer(
    request: HttpRequest, ledger: Ledger, year: int, suffix: str, reader: Reader, *, reason: str = "", **more: Any
) -> HttpResponse:
    """The file, recorded in the access log."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{suffix}"
        count = write(ledger, year, path, reader)
        content = path.read_bytes()
    record_access(
        request.user, "ledger_exported", reason=reason, ledger=ledger.code, year=year, rows=count,
        full=reader.in_full, **more,
    )  # fmt: skip
    response = HttpResponse(content, content_type=CSV if suffix == "csv" else XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{ledger.label}-{year}.{suffix}")
    add_never_cache_headers(response)
    return response


__all__ = ["CSV", "FetchForm", "fetch", "file_answer"]
