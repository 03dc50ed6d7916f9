"""The page of the practice system: what it is, and back to the beginning. The real system has no such page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.jobs.models import Job
from casemgr.jobs.runner import enqueue
from casemgr.operation.accounts.reach import ADMIN
from casemgr.operation.practice.models import PracticeCopy
from casemgr.operation.practice.resetting import WORK
from casemgr.pages.clock import today


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Who teaches logs in as the administrator and presses the button; the work runs in the background."""
    if not settings.PRACTICE:
        raise Http404
    may_reset = ADMIN in request.user.role_codes(today())
    running = Job.objects.filter(kind=WORK, status__in=(Job.State.QUEUED, Job.State.RUNNING)).first()
    if request.method == "POST":
        if not may_reset:
            raise PermissionDenied(_("The administrator of the practice system does this."))
        if running is None:
            enqueue(WORK, requested_by=request.user.pk, by=request.user.full_name)
        messages.success(request, _("It begins anew within a minute or two. Everybody must log in again then."))
        return redirect("practice")
    context = {"copy": PracticeCopy.objects.first(), "may_reset": may_reset, "running": running}
    return render(request, "practice/page.html", context)
