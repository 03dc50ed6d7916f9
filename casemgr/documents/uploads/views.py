"""Pages of materials. Every one starts from the cases the person may see: anything else is 404."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, version_of
from casemgr.audit.access import record_access
from casemgr.cases.emergency.policy import is_opened_for
from casemgr.cases.models import Case
from casemgr.cases.visibility import visible_case
from casemgr.documents.uploads.file_kinds import MEGABYTE
from casemgr.documents.uploads.models import Material
from casemgr.documents.uploads.panels import feature_lines, rows_of
from casemgr.documents.uploads.receiving import takes_files
from casemgr.documents.uploads.serving import kept_answer
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

ADD = "material.add"
STEPS = ("material.describe", "material.withdraw")


@require_safe
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All materials of a case, the latest first; withdrawn ones stay, marked."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    page = paginate(rows_of(case, request.user, today), ["-id"], request.GET)
    may_add = registry.get(ADD).is_permitted(case, request.user, today) and not registry.get(ADD).state_refusal(
        case, today
    )
    return render(request, "uploads/list.html", {"case": case, "page": page, "may_add_material": may_add})


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that takes files; what was sent by script is answered with the address to go on to."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    action = registry.get(ADD)
    if not action.is_permitted(case, request.user, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    refusal = action.state_refusal(case, today)
    most = settings.UPLOAD_REQUEST_MB
    context = {"case": case, "action": action, "most_mb": most, "most_bytes": most * MEGABYTE, "refusal": refusal}
    if request.method != "POST":
        form = None if refusal else blank(request, ADD, case, today, {"kind": request.GET.get("kind", "evidence")})
        return render(request, "uploads/add.html", context | {"form": form}, status=409 if refusal else 200)
    outcome = attempt(request, ADD, case, today)
    if outcome.result is None:
        return render(request, "uploads/add.html", context | {"form": outcome.form}, status=outcome.status)
    messages.success(request, _("Kept: %(title)s") % {"title": outcome.result.title})
    where = reverse("material_list", args=[case.pk])
    return HttpResponseClientRedirect(where) if request.htmx else redirect(where)


@require_safe
def material_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One material: what it is, who brought it, its digest, what was noticed in it."""
    today = clock_today()
    material = visible_material(request.user, pk, today)
    steps = [
        action
        for action in map(registry.get, STEPS)
        if action.is_permitted(material, request.user, today) and not action.state_refusal(material, today)
    ]
    context = {"material": material, "case": material.case, "steps": steps, "features": feature_lines(material)}
    return render(request, "uploads/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def material_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Describe anew, or withdraw with a reason."""
    today = clock_today()
    material = visible_material(request.user, pk, today)
    if name not in STEPS:
        raise Http404
    action = registry.get(name)
    if not action.is_permitted(material, request.user, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    context: dict[str, Any] = {"material": material, "case": material.case, "action": action}
    if request.method == "POST":
        outcome = attempt(request, name, material, today)
        if outcome.result is not None:
            messages.success(request, _("Done and recorded: %(action)s") % {"action": action.label})
            return redirect("material_detail", material.pk)
        context |= {"form": outcome.form, "version": outcome.version}
        return render(request, "uploads/action.html", context, status=outcome.status)
    refusal = action.state_refusal(material, today)
    form = None if refusal else action.build_form(material, None, None, request.user, today)
    context |= {"form": form, "version": version_of(name, material), "refusal": refusal}
    return render(request, "uploads/action.html", context, status=409 if refusal else 200)


@require_safe
def material_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file: a PDF without anything that acts is shown, all else is given for download."""
    material = visible_material(request.user, pk, clock_today())
    return _answer(request, material)


@require_safe
def material_original(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """What the file was made from, by the same checks, for download only."""
    material = visible_material(request.user, pk, clock_today())
    return _answer(request, material, original=True)


def visible_material(user: Any, pk: int, today: date) -> Material:
    """:raises Http404: it does not exist, or its case is not within the person's scope: both look the same."""
    rows = Material.objects.visible_to(user, today).select_related(
        "case__unit", "case__lead_handler", "document", "received_from", "added_by"
    )
    material = get_object_or_404(rows, pk=pk)
    material.case = material.case.typed()
    return material


def _answer(request: HttpRequest, material: Material, **which: bool) -> HttpResponse | FileResponse:
    shown = f"{material.get_kind_display()}-{material.pk}"
    answer = kept_answer(request, material, shown, reverse("material_detail", args=[material.pk]), **which)
    if answer.status_code == 200:
        record_opening(request.user, material, clock_today(), **which)
    return answer


def record_opening(user: Any, material: Material, today: date, **data: Any) -> None:
    """A file of a restricted case, of one seen by an emergency, or somebody's identity paper was opened."""
    is_restricted = material.case.confidentiality == Case.Confidentiality.RESTRICTED
    is_identity = material.kind == Material.Kind.IDENTITY
    if is_restricted or is_identity or is_opened_for(user, material.case, today):
        record_access(user, "material_opened", material, case=material.case_id, **data)
