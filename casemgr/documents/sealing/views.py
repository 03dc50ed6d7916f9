"""Pages of the register of seals."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.documents.sealing.actions import SealAction
from casemgr.documents.sealing.forms import seal_names
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.sealing.sheet import register_excel, register_pdf
from casemgr.organisation.office import office_on
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import XLSX

Status = SealUse.Status
REGISTER = "sealing.register"
BOOK_LIMIT = 5000
"""Entries of one printed register; a longer year is printed by seal."""


def _visible(request: HttpRequest):
    rows = SealUse.objects.visible_to(request.user, clock_today())
    return rows.select_related("unit", "document", "approved_by", "sealed_by")


@require_safe
def sealing_list(request: HttpRequest) -> HttpResponse:
    """Papers issued whose seal nobody has confirmed, the oldest first; or the register, the newest first."""
    today = clock_today()
    shown = request.GET.get("show", Status.WAITING)
    rows, order = _visible(request), ["-sealed_on", "-pk"]
    if shown == Status.WAITING:
        rows, order = rows.filter(status=Status.WAITING), ["asked_on", "pk"]
    elif shown in Status.values:
        rows = rows.filter(status=shown)
    year = request.GET.get("year", "")
    if shown != Status.WAITING and year.isdigit() and len(year) == 4:
        rows = rows.filter(sealed_on__year=int(year))
    if seal := request.GET.get("seal"):
        rows = rows.filter(seal_name=seal)
    if number := request.GET.get("q", "").strip():
        rows = rows.filter(paper_number__contains=number) | rows.filter(number_text__contains=number)
    page = paginate(rows, order, request.GET)
    for use in page:
        use.days = (today - use.asked_on).days
    context = {
        "page": page,
        "shown": shown,
        "statuses": Status.choices,
        "seals": seal_names(today),
        "asked": request.GET,
        "year": year if year.isdigit() and len(year) == 4 else str(today.year),
        "may_register": is_allowed(request, REGISTER, None, today),
    }
    return render(request, "sealing/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sealing_register(request: HttpRequest) -> HttpResponse:
    """A use outside the papers of a case."""
    today = clock_today()
    if not is_allowed(request, REGISTER, None, today):
        raise PermissionDenied(_("Only those who keep a seal enter its use."))
    action = registry.get(REGISTER)
    if request.method == "POST":
        outcome = attempt(request, REGISTER, None, today)
        if outcome.result is not None:
            messages.success(request, _("Entered as %(number)s.") % {"number": outcome.result.number_text})
            return redirect(outcome.result)
        form, status = outcome.form, outcome.status
    else:
        form, status = blank(request, REGISTER, None, today), 200
    return render(request, "sealing/form.html", {"form": form, "action": action}, status=status)


def _one(request: HttpRequest, pk: int) -> SealUse:
    use = _visible(request).filter(pk=pk).first()
    if use is None:
        raise Http404
    return use


@require_safe
def sealing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry and what can be done with it."""
    use = _one(request, pk)
    offers = [offer.action for offer in registry.offers(use, request.user, clock_today())]
    return render(request, "sealing/detail.html", {"use": use, "actions": offers})


@require_http_methods(["GET", "HEAD", "POST"])
def sealing_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Confirm or annul an entry."""
    today, use = clock_today(), _one(request, pk)
    action = registry.every().get(name)
    if not isinstance(action, SealAction):
        raise Http404
    if not is_allowed(request, name, use, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    version, status, refused = use.version, 200, registry.refusals(action, use, request.user, today)
    if request.method == "POST":
        outcome = attempt(request, name, use, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect("sealing_detail", pk)
        form, status, version = outcome.form, outcome.status, outcome.version
    else:
        form = None if refused else blank(request, name, use, today, {"copies": use.copies})
        status = 409 if refused else 200
    context = {"use": use, "action": action, "form": form, "refused": refused, "version": version}
    return render(request, "sealing/form.html", context, status=status)


def _book(request: HttpRequest, year: int) -> list[SealUse]:
    rows = _visible(request).filter(sealed_on__year=year).exclude(number_text="")
    if seal := request.GET.get("seal"):
        rows = rows.filter(seal_name=seal)
    return list(rows.order_by("unit__code", "number__number")[:BOOK_LIMIT])


@require_safe
def sealing_book(request: HttpRequest, year: int) -> HttpResponse:
    """The register of a year as PDF."""
    office = office_on(clock_today())
    content = register_pdf(_book(request, year), office.name or office.office, year, clock_today())
    return _file(content, f"seal-register-{year}.pdf", "application/pdf", "inline")


@require_safe
def sealing_excel(request: HttpRequest, year: int) -> HttpResponse:
    """The register of a year as Excel."""
    return _file(register_excel(_book(request, year)), f"seal-register-{year}.xlsx", XLSX, "attachment")


def _file(content: bytes, name: str, kind: str, how: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    add_never_cache_headers(response)
    return response
