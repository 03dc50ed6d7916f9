"""Page of seals for auditors: the chain, the last verification, what is not sealed yet, the head sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casemgr.audit.access import record_access
from casemgr.audit.models import AccessLog, Seal
from casemgr.audit.unsealed import unsealed
from casemgr.jobs.models import Job
from casemgr.jobs.runner import enqueue
from casemgr.operation.accounts.access_log import require_reader
from casemgr.operation.evidence.sheet import ROWS, head_sheet, in_groups, instructions
from casemgr.organisation.office import office_on
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate

VERIFY = "verify"


@require_safe
def seal_list(request: HttpRequest) -> HttpResponse:
    """Every link of the chain, newest first."""
    require_reader(request)
    page = paginate(Seal.objects.all(), ["-number"], request.GET)
    finished = Job.objects.filter(kind=VERIFY, status__in=(Job.State.DONE, Job.State.FAILED)).order_by("-id").first()
    waiting = Job.objects.filter(kind=VERIFY, finished_at__isnull=True).order_by("-id").first()
    context = {
        "page": page,
        "rows": [(seal, in_groups(seal.digest)) for seal in page],
        "verified": finished,
        "is_sound": finished is not None and finished.status == Job.State.DONE and finished.result.get("sound", False),
        "waiting": waiting,
        "unsealed": unsealed(),
        "printed": AccessLog.objects.filter(kind="seal_sheet_printed").order_by("-id").first(),
        "instructions": instructions(),
        "sheet_rows": ROWS,
    }
    return render(request, "evidence/seals.html", context)


@require_POST
def seal_verify(request: HttpRequest) -> HttpResponse:
    """Verify now, as background work: a large chain takes minutes."""
    require_reader(request)
    if Job.objects.filter(kind=VERIFY, finished_at__isnull=True).exists():
        messages.info(request, _("The seals are being verified already."))
        return redirect("seal_list")
    enqueue(VERIFY, requested_by=request.user.pk)
    record_access(request.user, "verification_asked")
    messages.success(request, _("The seals are verified in the background; the result shows here."))
    return redirect("seal_list")


@require_safe
def seal_sheet(request: HttpRequest) -> HttpResponse:
    """The newest heads as PDF. Printing is recorded with the newest number, so that the next sheet can go on."""
    require_reader(request)
    seals = list(Seal.objects.order_by("-number")[:ROWS])
    office = office_on(today())
    content = head_sheet(seals, request.user.full_name, timezone.now(), office.name if office else "")
    record_access(request.user, "seal_sheet_printed", newest=seals[0].number if seals else 0)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="heads-{seals[0].number if seals else 0}.pdf"'
    add_never_cache_headers(response)
    return response
