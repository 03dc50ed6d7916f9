"""The list of long and scheduled work, for those who run the system."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casemgr.jobs.models import Job
from casemgr.jobs.runner import kind_label
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """Jobs, newest first, with progress, result and error."""
    if "admin" not in request.user.role_codes(today()):
        raise PermissionDenied
    page = paginate(Job.objects.all(), ["-id"], request.GET)
    rows = [(job, kind_label(job.kind)) for job in page]
    return render(request, "jobs/list.html", {"page": page, "rows": rows})
