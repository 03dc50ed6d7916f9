"""Small pages of the frame: home, health, large type, keeping a session."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casemgr.audit.context import audited
from casemgr.operation.backup.runs import is_overdue, last_good
from casemgr.pages import clock
from casemgr.web import navigation
from casemgr.web.comfort import back_to


def home(request: HttpRequest) -> HttpResponse:
    """Home is my work, not statistics; for who only runs the system that is the administration."""
    codes = request.user.role_codes(clock.today())
    if navigation.administration(codes) and not codes.intersection(navigation.CASE_ROLES):
        return redirect("administration")
    return redirect("worklist")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nothing else (`/readyz` asks database, worker and storage)."""
    return JsonResponse({"status": "ok"})


@require_GET
def administration(request: HttpRequest) -> HttpResponse:
    """The pages for those who run, set up or audit the system: only what the person's roles open."""
    entries = navigation.administration(request.user.role_codes(clock.today()))
    if not entries:
        raise PermissionDenied
    context: dict = {"entries": entries}
    if any(entry.url_name == "backup_list" for entry in entries):
        context |= {"shows_backup": True, "last": last_good(), "is_overdue": is_overdue(timezone.now())}
    return render(request, "web/administration.html", context)


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Switch 大字版 for this person, and return to the page they were on."""
    user = request.user
    user.large_type = not user.large_type
    with audited(action="organisation.large_type"):
        user.save(update_fields=["large_type"])
    return back_to(request)


@require_GET
def session_keep(request: HttpRequest) -> HttpResponse:
    """The person is still there; AccountMiddleware has moved the session's end."""
    request.session.modified = True
    return HttpResponse(status=204)
