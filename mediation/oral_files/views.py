"""The page of the year's oral agreements; a part of them is bound in the background, and opened as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.audit.access import record_access
from casemgr.cases.models import Case
from casemgr.documents.files import FileDamaged, opened
from casemgr.documents.responses import file_response
from casemgr.jobs.models import Job
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from mediation.models import PROCEDURE, MediationCase
from mediation.oral_files.binding import PART_SIZE, Binding, oral_cases, part_of
from mediation.oral_files.job import DAYS_KEPT, WORK, ask, asked_by, binding_of


@require_http_methods(["GET", "HEAD", "POST"])
def oral_files(request: HttpRequest) -> HttpResponse:
    """By committee: how many oral agreements ended in the year, in how many parts they are bound; POST binds one."""
    today = _day_of_those_who_may(request)
    if request.method == "POST":
        return _ask(request, today)
    year = _year(request.GET, today)
    grouped = oral_cases(request.user, today, year).order_by().values("mediation_facts__committee")
    counts = dict(grouped.annotate(n=Count("pk")).values_list("mediation_facts__committee", "n"))
    units = Unit.objects.filter(pk__in=counts).order_by("path")
    rows = [(unit, counts[unit.pk], range(1, -(-counts[unit.pk] // PART_SIZE) + 1)) for unit in units]
    jobs = asked_by(request.user)
    names = Unit.objects.in_bulk({job.arguments["committee"] for job in jobs})
    context = {
        "rows": rows,
        "year": year,
        "years": [today.year - back for back in range(5)],
        "jobs": [(job, names.get(job.arguments["committee"])) for job in jobs],
        "is_running": any(not job.is_over for job in jobs),
        "days_kept": DAYS_KEPT,
    }
    return render(request, "mediation/oral_files.html", context)


def _ask(request: HttpRequest, today: date) -> HttpResponse:
    committee = Unit.objects.filter(pk=_number(request.POST, "committee")).first()
    if committee is None:
        raise Http404
    binding = Binding(committee, _year(request.POST, today), max(_number(request.POST, "part"), 1))
    if not part_of(binding, request.user, today):
        raise Http404
    ask(binding, request.user)
    messages.success(request, _("The part is being bound; this page shows how far it is."))
    return redirect(f"{reverse('oral_files')}?year={binding.year}")


@require_safe
def oral_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A part that was bound, for who asked. The look is recorded, at each restricted case as well."""
    today = _day_of_those_who_may(request)
    job = Job.objects.filter(pk=pk, kind=WORK, requested_by=request.user.pk, status=Job.State.DONE).first()
    if job is None or not job.result.get("file"):
        raise Http404
    cases = MediationCase.objects.visible_to(request.user, today, in_emergency=False)
    cases = list(cases.filter(pk__in=job.result["cases"]))
    if len(cases) != len(job.result["cases"]):
        raise PermissionDenied(_("The part holds cases that are not yours any more. Bind it anew."))
    binding = binding_of(job)
    try:
        with opened(job.result["file"], job.result["sha256"]) as file:
            content = file.read()
    except FileDamaged:
        message = _("The stored file is missing or was changed: bind the part anew.")
        return error_page(request, 500, message=message, back=reverse("oral_files"))
    record_access(
        request.user, "oral_file_opened", binding.committee, year=binding.year, part=binding.number,
        sha256=job.result["sha256"],
    )  # fmt: skip
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


def _number(sent: Mapping[str, str], name: str) -> int:
    value = sent.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _year(sent: Mapping[str, str], today: date) -> int:
    year = _number(sent, "year")
    return year if 1949 <= year <= today.year else today.year
