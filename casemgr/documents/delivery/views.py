"""Pages of service in batches. Every row is within the person's scope; what is not is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.cases.models import Case
from casemgr.documents.actions.serving import ServiceAction
from casemgr.documents.delivery import batches, prints, queue
from casemgr.documents.delivery.queue import Row
from casemgr.documents.models import Service
from casemgr.documents.page import record_opening
from casemgr.documents.states import ServiceState
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import action_input
from casemgr.pages.sheets.writing import XLSX

PRINTS: dict[str, tuple[Callable[[list[Row], date], bytes], str]] = {
    "receipts": (prints.receipts, "pdf"),
    "dl": (lambda rows, today: prints.envelopes(rows, "dl", today), "pdf"),
    "c5": (lambda rows, today: prints.envelopes(rows, "c5", today), "pdf"),
    "labels": (lambda rows, today: prints.labels(rows), "pdf"),
    "mail": (prints.mail_list, "pdf"),
    "mail-excel": (lambda rows, today: prints.mail_excel(rows), "xlsx"),
}


def _may_serve(request: HttpRequest, today: date) -> bool:
    return bool(set(ServiceAction.roles) & request.user.role_codes(today))


@require_safe
def unserved_list(request: HttpRequest) -> HttpResponse:
    """Papers that have not reached everybody, recipient by recipient, the oldest first."""
    today = clock_today()
    found = paginate(queue.papers(request.user, today, request.GET), ["issued_on", "id"], request.GET)
    rows = queue.rows_of(found, state=request.GET.get("state", ""))
    context = {
        "page": found,
        "rows": [(row, row.days(today)) for row in rows],
        "asked": request.GET,
        "day": today,
        "may_serve": _may_serve(request, today),
    }
    return render(request, "documents/service/unserved.html", context)


def _rows(request: HttpRequest, today: date) -> list[Row]:
    if not _may_serve(request, today):
        raise PermissionDenied(_("Papers are served by those who handle the case."))
    sent = request.POST if request.method == "POST" else request.GET
    return queue.chosen(request.user, sent.getlist("row"), today)


@require_safe
def delivery_print(request: HttpRequest, what: str) -> HttpResponse:
    """Receipts, envelopes, labels or the list of mail for the ticked rows (`row=` paper-recipient)."""
    if what not in PRINTS:
        raise Http404
    today = clock_today()
    rows = _rows(request, today)
    if not rows:
        messages.error(request, _("Tick at least one recipient."))
        return redirect("document_unserved")
    for row in rows:
        record_opening(request.user, row.document, today, printed=what)
    make, extension = PRINTS[what]
    response = HttpResponse(make(rows, today), content_type="application/pdf" if extension == "pdf" else XLSX)
    how = "inline" if extension == "pdf" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{what}-{today.isoformat()}.{extension}"'
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_post(request: HttpRequest) -> HttpResponse:
    """Record the ticked rows as posted, each with its postal number."""
    today = clock_today()
    rows = [row for row in _rows(request, today) if row.state == queue.OPEN]
    results, problem = [], ""
    day = request.POST.get("sent_on", "")
    if request.method == "POST":
        sent = action_input(request)
        if not batches.is_day(day):
            problem = _("Enter the day on which the letters were posted.")
        else:
            results = batches.post(rows, request.POST, day, request.user, today, sent.key)
            if not results:
                problem = _("Enter the postal number of at least one letter.")
            elif all(result.is_done for result in results):
                messages.success(request, _("%(count)s mailings recorded.") % {"count": len(results)})
                return redirect("document_unserved")
    done = {result.what for result in results if result.is_done}
    lines = [(row, request.POST.get(f"number-{row.key}", "")) for row in rows]
    context = {
        "lines": [(row, number) for row, number in lines if number not in done],
        "results": results,
        "problem": problem,
        "sent_on": day or today.isoformat(),
    }
    return render(request, "documents/service/posting.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_arrivals(request: HttpRequest) -> HttpResponse:
    """Record arrivals: pasted lines, or ticked mailings with one day. Each row has its own result."""
    today = clock_today()
    if not _may_serve(request, today):
        raise PermissionDenied(_("Papers are served by those who handle the case."))
    results, problem = [], ""
    if request.method == "POST":
        sent = action_input(request)
        ticked = [int(pk) for pk in request.POST.getlist("service") if pk.isascii() and pk.isdigit() and len(pk) < 12]
        day = request.POST.get("served_on", "")
        results = batches.arrive(request.POST.get("lines", ""), request.user, today, sent.key)
        if ticked and not batches.is_day(day):
            problem = _("Enter the day on which the ticked ones arrived.")
        elif ticked:
            services = batches.under_way(request.user, today).filter(pk__in=ticked[: queue.MOST]).order_by("pk")
            results += batches.arrive_on(list(services), day, request.user, today, sent.key)
        elif not results:
            problem = _("Paste the list, or tick what arrived.")
    coming = paginate(batches.under_way(request.user, today), ["pk"], request.GET)
    failed = [result for result in results if not result.is_done]
    context = {
        "page": coming,
        "results": results,
        "done": len(results) - len(failed),
        "problem": problem,
        "pasted": request.POST.get("lines", "") if failed or problem else "",
        "served_on": request.POST.get("served_on", ""),
    }
    return render(request, "documents/service/arrivals.html", context, status=422 if problem else 200)


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Public notices: those whose thirty days run, the next to end first; or those that ended or failed."""
    today = clock_today()
    visible = Case.objects.visible_to(request.user, today).order_by().values("pk")
    rows = Service.objects.filter(method=Service.Method.PUBLIC_NOTICE, document__case__in=visible)
    shown = request.GET.get("show", "running")
    if shown == "running":
        rows, order = rows.filter(state=ServiceState.SENT), ["effective_on", "pk"]
    else:
        rows, order = rows.exclude(state=ServiceState.SENT), ["-effective_on", "-pk"]
    rows = rows.select_related("document__case", "participation", "notice").prefetch_related("publications")
    context = {"page": paginate(rows, order, request.GET), "shown": shown, "day": today}
    return render(request, "documents/service/notices.html", context)
