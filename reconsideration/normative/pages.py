"""The register of normative documents: search by title, number or maker, one document with findings and cases."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from casemgr.cases.models import Case
from casemgr.organisation.scope import scope
from reconsideration.models.normative import READERS, UNLAWFUL, NormativeDocument, NormativeFinding
from reconsideration.normative.keys import number_key, title_key

CASES_SHOWN = 50


def demand_reader(user: object, today: date) -> None:
    """:raises PermissionDenied: no role of the person has to do with the register."""
    if not scope(user, today).has_role(READERS):
        raise PermissionDenied(_("Your roles have nothing to do with this."))


_require = today_for(demand_reader)
DOCUMENTS = RecordPages(NormativeDocument, "normative_list", _require, enters="normative.enter")


@require_safe
def normative_list(request: HttpRequest) -> HttpResponse:
    """`?q=` searches title, number and maker; `?show=adverse` only those with clauses found unlawful."""
    today = _require(request)
    adverse = NormativeFinding.objects.filter(document=OuterRef("pk"), result__in=UNLAWFUL, corrected_on__isnull=True)
    rows = NormativeDocument.objects.visible_to(request.user, today).filter(struck_on__isnull=True)
    rows = rows.annotate(is_doubtful=Exists(adverse))
    wanted = request.GET.get("q", "").strip()[:80]
    if wanted:
        rows = rows.filter(
            Q(title_key__contains=title_key(wanted))
            | Q(number_key__contains=number_key(wanted))
            | Q(maker__contains=wanted)
        )
    shows_adverse = request.GET.get("show") == "adverse"
    if shows_adverse:
        rows = rows.filter(is_doubtful=True)
    context = {"wanted": wanted, "shows_adverse": shows_adverse, **DOCUMENTS.listed(request, rows, ["-pk"], today)}
    return render(request, "reconsideration/normative/list.html", context)


normative_new = DOCUMENTS.new()


@require_safe
def normative_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    document = one(request, NormativeDocument, pk, today)
    reviews = document.reviews.filter(
        struck_on__isnull=True, case__in=Case.objects.visible_to(request.user, today)
    ).select_related("case")
    context = {
        "document": document,
        "findings": document.findings.select_related("case").order_by("-found_on", "-pk"),
        "reviews": reviews.order_by("-pk")[:CASES_SHOWN],
        "is_in_force": document.is_in_force_on(today),
        **steps(document, request, today),
    }
    return render(request, "reconsideration/normative/detail.html", context)


normative_action = DOCUMENTS.step()
