"""The pages of the practice system: what it is, and back to the beginning. The real system has no such pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.cases.models import Case
from casemgr.documents.models import Document
from casemgr.documents.uploads.models import Material
from casemgr.jobs.models import Job
from casemgr.jobs.runner import enqueue
from casemgr.operation.accounts.reach import ADMIN
from casemgr.operation.practice.models import PracticeCopy
from casemgr.operation.practice.resetting import WORK
from casemgr.organisation.accounts.models import UserSession
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.pages.pagination import capped_count

NAMES_SHOWN = 20


@require_http_methods(["GET", "HEAD"])
def practice(request: HttpRequest) -> HttpResponse:
    """What it is for; who teaches goes from here to the page that asks before everything is deleted."""
    if not settings.PRACTICE:
        raise Http404
    context = {"copy": PracticeCopy.objects.first(), "may_reset": _may_reset(request), "running": _running()}
    return render(request, "practice/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_reset(request: HttpRequest) -> HttpResponse:
    """What would be lost and who would be logged out; only sent from here it begins, in the background."""
    if not settings.PRACTICE:
        raise Http404
    if not _may_reset(request):
        raise PermissionDenied(_("The administrator of the practice system does this."))
    running = _running()
    if request.method == "POST":
        if running is None:
            enqueue(WORK, requested_by=request.user.pk, by=request.user.full_name)
        messages.success(request, _("It begins anew within a minute or two. Everybody must log in again then."))
        return redirect("practice")
    if running is not None:
        return redirect("practice")
    return render(request, "practice/reset.html", _what_is_lost())


def _may_reset(request: HttpRequest) -> bool:
    return ADMIN in request.user.role_codes(today())


def _running() -> Job | None:
    return Job.objects.filter(kind=WORK, status__in=(Job.State.QUEUED, Job.State.RUNNING)).first()


def _what_is_lost() -> dict[str, object]:
    """Counts of what is in it, and the people at work: whoever is logged in loses what stands on the screen."""
    ids = UserSession.objects.filter(expire_date__gt=timezone.now()).exclude(user_id=None).values("user_id")
    people = list(User.objects.filter(pk__in=ids).order_by("full_name", "pk")[: NAMES_SHOWN + 1])
    return {
        "cases": capped_count(Case.objects.all()),
        "papers": capped_count(Document.objects.all()),
        "materials": capped_count(Material.objects.all()),
        "people": people[:NAMES_SHOWN],
        "more_people": len(people) > NAMES_SHOWN,
    }
