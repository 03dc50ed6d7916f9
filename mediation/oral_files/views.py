"""The page of the year's oral agreements, and one part of them as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.cases.models import Case
from casemgr.documents.files import FileDamaged
from casemgr.documents.responses import file_response
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from mediation.models import PROCEDURE
from mediation.oral_files.binding import PART_SIZE, Binding, bind, oral_cases, part_of


@require_safe
def oral_files(request: HttpRequest) -> HttpResponse:
    """By committee: how many oral agreements ended in the year, in how many parts they are bound."""
    today = _day_of_those_who_may(request)
    year = _year(request, today)
    grouped = oral_cases(request.user, today, year).order_by().values("mediation_facts__committee")
    counts = dict(grouped.annotate(n=Count("pk")).values_list("mediation_facts__committee", "n"))
    units = Unit.objects.filter(pk__in=counts).order_by("path")
    rows = [(unit, counts[unit.pk], range(1, -(-counts[unit.pk] // PART_SIZE) + 1)) for unit in units]
    years = [today.year - back for back in range(5)]
    return render(request, "mediation/oral_files.html", {"rows": rows, "year": year, "years": years})


@require_safe
def oral_file(request: HttpRequest) -> HttpResponse:
    """One part as PDF: cover, list, the sheet of each case. The look is recorded, at each restricted case as well."""
    today = _day_of_those_who_may(request)
    committee = Unit.objects.filter(pk=_number(request, "committee")).first()
    if committee is None:
        raise Http404
    binding = Binding(committee, _year(request, today), max(_number(request, "part"), 1))
    cases = part_of(binding, request.user, today)
    if not cases:
        raise Http404
    try:
        made = bind(binding, cases, request.user, today)
    except FileDamaged:
        message = _("A stored sheet is missing or was changed: restore it from a backup.")
        return error_page(request, 500, message=message, back=reverse("oral_files"))
    with made.file as file:
        content = file.read()
    record_access(
        request.user, "oral_file_opened", committee, year=binding.year, part=binding.number, sha256=made.sha256
    )
    for case in cases:
        if case.confidentiality == Case.Confidentiality.RESTRICTED:
            record_access(request.user, "case_opened", case)
    return file_response(content, "pdf", binding.title, download=False)


def _day_of_those_who_may(request: HttpRequest) -> date:
    """Today, for people whose roles see disputes. :raises PermissionDenied: others."""
    today = clock_today()
    if PROCEDURE not in scope(request.user, today).procedures:
        raise PermissionDenied
    return today


def _number(request: HttpRequest, name: str) -> int:
    value: Any = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _year(request: HttpRequest, today: date) -> int:
    year = _number(request, "year")
    return year if 1949 <= year <= today.year else today.year
