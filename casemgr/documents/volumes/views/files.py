"""Bytes of volumes, copies and bundles: checked against their digest, streamed, every look recorded."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.documents import files
from casemgr.documents.files import FileDamaged
from casemgr.documents.internal import READERS, may_read_internal
from casemgr.documents.responses import damaged_page
from casemgr.documents.volumes.models import Bundle, Inspection
from casemgr.documents.volumes.views.keeping import visible_volume
from casemgr.pages.clock import today as clock_today

PDF, ZIP = "application/pdf", "application/zip"


@require_safe
def volume_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen volume on screen, or with `?download` as a file."""
    volume = visible_volume(request, pk, clock_today())
    if not volume.file:
        raise Http404
    back = reverse("volume_detail", args=[volume.pk])
    recorded = ("volume_read", volume, {"case": volume.case_id, "sha256": volume.sha256})
    return _answer(request, volume.file, volume.sha256, PDF, f"{volume.title}.pdf", back, recorded)


@require_safe
def inspection_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy made for a party's inspection."""
    today = clock_today()
    inspection = get_object_or_404(Inspection.objects.select_related("case"), pk=pk)
    _require_reader(request, inspection.case)
    name = f"{_('inspection')}-{inspection.case.number}-{inspection.pk}.pdf"
    back = reverse("case_volume", args=[inspection.case_id])
    recorded = ("inspection_copy_opened", inspection, {"case": inspection.case_id, "on": today.isoformat()})
    return _answer(request, inspection.file, inspection.sha256, PDF, name, back, recorded)


@require_safe
def bundle_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The checkable bundle; one with inner papers only for people of the house."""
    today = clock_today()
    bundle = get_object_or_404(Bundle.objects.select_related("case"), pk=pk)
    _require_reader(request, bundle.case)
    if not bundle.file or (bundle.with_internal and not may_read_internal(request.user, bundle.case, today)):
        raise Http404
    name = f"{_('bundle')}-{bundle.case.number}.zip"
    back = reverse("case_volume", args=[bundle.case_id])
    recorded = ("bundle_taken", bundle, {"case": bundle.case_id, "sha256": bundle.sha256})
    return _answer(request, bundle.file, bundle.sha256, ZIP, name, back, recorded)


def _require_reader(request: HttpRequest, case: Case) -> None:
    today = clock_today()
    if not Case.objects.visible_to(request.user, today).filter(pk=case.pk).exists():
        raise Http404
    if not has_case_role(request.user, READERS, case, today):
        raise PermissionDenied


def _answer(
    request: HttpRequest, name: str, sha256: str, media_type: str, shown: str, back: str, recorded
) -> HttpResponse:
    try:
        with files.opened(name, sha256):
            pass
    except FileDamaged:
        return damaged_page(request, back)
    kind, subject, data = recorded
    record_access(request.user, kind, subject, **data)
    is_download = media_type == ZIP or "download" in request.GET
    response = FileResponse(
        default_storage.open(name), as_attachment=is_download, filename=shown, content_type=media_type
    )
    add_never_cache_headers(response)
    return response
