"""Long and scheduled work: one's own, and everything for those who run the system."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel, kind_label, try_again
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate


def visible_jobs(user):
    """All jobs for administrators, for others those they asked for."""
    is_admin = "admin" in user.role_codes(today())
    return Job.objects.all() if is_admin else Job.objects.filter(requested_by=user.pk)


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """Jobs, newest first, with progress, result and error; `show=open`: only what is not done.

    Asks for itself again while something runs.
    """
    shown = "open" if request.GET.get("show") == "open" else ""
    jobs = visible_jobs(request.user)
    if shown:
        jobs = jobs.filter(status__in=[Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED])
    page = paginate(jobs, ["-id"], request.GET)
    rows = [(job, kind_label(job.kind)) for job in page]
    is_running = any(not job.is_over for job, _label in rows)
    template = "jobs/_rows.html" if request.headers.get("HX-Request") else "jobs/list.html"
    return render(request, template, {"page": page, "rows": rows, "is_running": is_running, "shown": shown})


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a job to stop: at once while it waits, else at its next chunk."""
    ask_to_cancel(_one(request, pk), timezone.now())
    messages.success(request, _("The work is asked to stop. What it has done so far stays."))
    return redirect("job_list")


@require_POST
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a failed or cancelled job anew."""
    if try_again(_one(request, pk)):
        messages.success(request, _("The work is queued again and goes on where it stopped."))
    else:
        messages.warning(request, _("Only failed or cancelled work can be queued again."))
    return redirect("job_list")


def _one(request: HttpRequest, pk: int) -> Job:
    job = visible_jobs(request.user).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job
