"""The last good backup, all runs, and a backup now as background work."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casemgr.audit.access import record_access
from casemgr.jobs.models import Job
from casemgr.jobs.runner import enqueue
from casemgr.operation.accounts.reach import administers
from casemgr.operation.backup.runs import is_overdue, last_good
from casemgr.operation.models import BackupRun
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate

KIND = "backup"


@require_GET
def backup_list(request: HttpRequest) -> HttpResponse:
    """Runs, newest first, with what the last good one holds."""
    _require_administrator(request)
    context = {
        "last": last_good(),
        "is_overdue": is_overdue(timezone.now()),
        "folder": settings.BACKUP_DIR,
        "running": Job.objects.filter(kind=KIND, status__in=(Job.State.QUEUED, Job.State.RUNNING)).first(),
        "page": paginate(BackupRun.objects.all(), ["-id"], request.GET),
    }
    return render(request, "backup/list.html", context)


@require_POST
def backup_now(request: HttpRequest) -> HttpResponse:
    """Queue a backup into `BACKUP_DIR`, unless one waits or runs."""
    _require_administrator(request)
    if not settings.BACKUP_DIR:
        messages.warning(request, _("Set BACKUP_DIR on the server first: it names the folder of the backups."))
    elif Job.objects.filter(kind=KIND, status__in=(Job.State.QUEUED, Job.State.RUNNING)).exists():
        messages.warning(request, _("A backup is already waiting or running."))
    else:
        job = enqueue(KIND, requested_by=request.user.pk)
        record_access(request.user, "backup_asked", job)
        messages.success(request, _("The backup is queued. It appears here when the worker has made and checked it."))
    return redirect("backup_list")


def _require_administrator(request: HttpRequest) -> None:
    day = today()
    if "admin" not in request.user.role_codes(day) or not administers(request.user, None, day):
        raise PermissionDenied(_("Backups are for administrators of the whole banner."))
