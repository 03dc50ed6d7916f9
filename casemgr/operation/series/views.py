"""Every number series of a year with its next number, what was left out and why, and that nothing is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.documents.models import Document
from casemgr.numbering.models import IssuedNumber, SeriesSetting
from casemgr.numbering.proof import Proof, prove
from casemgr.numbering.series import declared
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate

STEPS = {"start": "numbering.start", "void": "numbering.void_next", "format": "numbering.set_format"}


@dataclass(frozen=True)
class Line:
    """One series as the page shows it."""

    proof: Proof
    name: str
    owner_name: str
    example: str


@require_GET
def series_list(request: HttpRequest) -> HttpResponse:
    """All series of `?year=`, by default this year's."""
    _require_administrator(request)
    year = _year(request.GET.get("year", ""), today())
    formats = dict(SeriesSetting.objects.exclude(format="").values_list("series", "format"))
    proofs = prove(year)
    owners = dict(Unit.objects.filter(code__in={proof.owner for proof in proofs}).values_list("code", "name"))
    lines = [_line(proof, formats, owners) for proof in proofs]
    page = paginate(IssuedNumber.objects.filter(year=year).exclude(void_reason=""), ["-pk"], request.GET)
    papers = Document.objects.filter(number__in=[number.pk for number in page]).values_list("number_id", flat=True)
    context = {
        "year": year,
        "years": [year - 1, year + 1],
        "lines": lines,
        "page": page,
        # Why a paper was withdrawn is told to those who see its case.
        "papers": set(papers),
        "may_change": year in (today().year, today().year + 1),
        "is_complete": all(line.proof.is_complete for line in lines),
    }
    return render(request, "series/list.html", context)


@require_http_methods(["GET", "POST"])
def series_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Set the next number, void it, or change the format, of `?year=` and `?owner=`."""
    _require_administrator(request)
    if code not in declared() or step not in STEPS:
        raise Http404
    name, year, owner = STEPS[step], _year(request.GET.get("year", ""), today()), request.GET.get("owner", "")[:24]
    proof = next((found for found in prove(year) if (found.series, found.owner) == (code, owner)), None)
    if proof is None:
        raise Http404
    setting = SeriesSetting.objects.filter(series=code).first()
    initial = {"series": code, "year": year, "owner": owner, "next_number": proof.next_number}
    initial["format"] = setting.format if setting else ""
    form, status = blank(request, name, None, today(), initial), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today())
        if outcome.result is not None:
            messages.success(request, _("The series has been changed."))
            return redirect(f"{reverse('series_list')}?year={year}")
        form, status = outcome.form, outcome.status
    formats = {code: setting.format} if setting and setting.format else {}
    line = _line(proof, formats, {})
    context = {"form": form, "line": line, "step": step, "title": registry.get(name).label, "year": year}
    return render(request, "series/step.html", context, status=status)


def _line(proof: Proof, formats: dict[str, str], owners: dict[str, str]) -> Line:
    series = declared().get(proof.series)
    owner = owners.get(proof.owner, proof.owner)
    template = formats.get(proof.series) or (series.format if series else "{number}")
    example = template.format(year=proof.year, number=proof.next_number, owner=owner)
    return Line(proof, str(series.name) if series else proof.series, owner, example)


def _year(text: str, day: date) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100 else day.year


def _require_administrator(request: HttpRequest) -> None:
    if not is_allowed(request, STEPS["start"], None, today()):
        raise PermissionDenied(_("Number series are kept by administrators of the whole banner."))
