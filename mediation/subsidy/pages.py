"""The pages of the subsidy: batches, one batch with its results, the public notice, rate tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.audit.access import record_access
from casemgr.cases.models import Case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import XLSX
from mediation.models import SubsidyBatch, SubsidyRate
from mediation.organisations.pages.shared import action_page, new_page, one, steps
from mediation.organisations.permission import may_look
from mediation.subsidy import export
from mediation.tables.forms import reporting_units

FORM = "mediation/subsidy/form.html"
PDF = "application/pdf"


def require_reader(request: HttpRequest) -> date:
    """Today, for people of mediation and of finance; 403 for others."""
    today = clock_today()
    if not may_look(request.user, today) and "finance" not in request.user.role_codes(today):
        raise PermissionDenied(_("Your roles have nothing to do with the subsidy."))
    return today


@require_safe
def subsidy_list(request: HttpRequest) -> HttpResponse:
    today = require_reader(request)
    rows = SubsidyBatch.objects.visible_to(request.user, today).select_related("unit")
    context = {
        "page": paginate(rows, ["-computed_on", "-pk"], request.GET),
        "may_compute": is_allowed(request, "subsidy.compute", None, today),
        "is_mediation": may_look(request.user, today),
    }
    return render(request, "mediation/subsidy/list.html", context)


@require_safe
def subsidy_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of a batch, who gets what, and the steps."""
    today = require_reader(request)
    batch = one(request, SubsidyBatch, pk, today, "unit", "submitted_by", "approved_by", "paid_by", "computed_by")
    results = list(export.results_of(batch))
    seen = _seen(batch, request.user, today)
    context = {
        "batch": batch,
        "results": [(row, row.case_id in seen, export.reason_words(row, seen)) for row in results],
        "paid": sum(row.amount_yuan > 0 for row in results),
        "payees": export.payees(batch),
        "is_mediation": may_look(request.user, today),
        **steps(batch, request, today),
    }
    return render(request, "mediation/subsidy/batch.html", context)


def _seen(batch: SubsidyBatch, user: Any, today: date) -> set[int]:
    """Which of its cases the person may open; finance none."""
    cases = batch.results.values_list("case_id", flat=True)
    return set(Case.objects.visible_to(user, today).filter(pk__in=cases).values_list("pk", flat=True))


@require_http_methods(["GET", "HEAD", "POST"])
def subsidy_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_reader(request)
    return action_page(request, one(request, SubsidyBatch, pk, today, "unit"), name, "subsidy_list", template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def subsidy_new(request: HttpRequest) -> HttpResponse:
    today = clock_today()
    initial = {"first_on": today.replace(month=1, day=1), "last_on": today}
    if len(own := reporting_units(request.user, today)[:2]) == 1:
        initial["unit"] = own[0].pk
    return new_page(request, "subsidy.compute", "subsidy_list", initial, template=FORM)


@require_safe
def subsidy_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The batch as an Excel file or printed, or its public notice. Each one is recorded."""
    today = require_reader(request)
    batch = one(request, SubsidyBatch, pk, today, "unit", "submitted_by", "approved_by", "paid_by")
    issuer = settings.OFFICE_NAME or _("Dalad Banner Justice Bureau")
    seen = _seen(batch, request.user, today)
    if form == "xlsx":
        content, media, name = (
            export.workbook(batch, seen),
            XLSX,
            f"subsidy-{batch.pk}.xlsx",
        )
    elif form == "pdf":
        content, media, name = (
            export.pdf(batch, issuer, seen),
            PDF,
            f"subsidy-{batch.pk}.pdf",
        )
    elif form == "notice":
        content, media, name = export.notice_pdf(batch, issuer), PDF, f"subsidy-notice-{batch.pk}.pdf"
    else:
        raise Http404
    record_access(request.user, "subsidy_exported", batch=batch.pk, form=form)
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def subsidy_rates(request: HttpRequest) -> HttpResponse:
    """The rate tables, the newest first."""
    today = require_reader(request)
    context = {
        "rates": SubsidyRate.objects.prefetch_related("grades"),
        "may_set": is_allowed(request, "subsidy.set_rate", None, today),
        "is_mediation": may_look(request.user, today),
    }
    return render(request, "mediation/subsidy/rates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def subsidy_rate_new(request: HttpRequest) -> HttpResponse:
    today = clock_today()
    return new_page(request, "subsidy.set_rate", "subsidy_rates", {"from_on": today}, template=FORM)
