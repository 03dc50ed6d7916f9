"""Pages of referrals: those that came and went, one of them, and the steps on it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.cases.links import line_of
from casemgr.cases.models import Case, Referral
from casemgr.cases.models.referrals import Direction, Dock
from casemgr.cases.procedure import procedures
from casemgr.cases.referrals.actions import ReferralAction
from casemgr.cases.referrals.docks import info
from casemgr.cases.referrals.panels import panels_of
from casemgr.cases.referrals.states import OPEN
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.parties.rows import party_rows

REGISTER, DRAFT = "referral.register", "referral.draft"


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    """Referrals within scope: the open ones, or all; by direction and dock."""
    today = clock_today()
    rows = Referral.objects.visible_to(request.user, today).select_related("unit", "to_unit", "number", "case")
    shown = request.GET.get("show", "open")
    if shown != "all":
        rows = rows.filter(state__in=OPEN)
    if (direction := request.GET.get("direction", "")) in Direction.values:
        rows = rows.filter(direction=direction)
    if (dock := request.GET.get("dock", "")) in Dock.values:
        rows = rows.filter(dock=dock)
    context = {
        "page": paginate(rows, ["-pk"], request.GET),
        "shown": shown,
        "direction": direction,
        "dock": dock,
        "directions": Direction.choices,
        "docks": Dock.choices,
        "may_register": is_allowed(request, REGISTER, None, today),
    }
    return render(request, "cases/referrals/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_register(request: HttpRequest) -> HttpResponse:
    """Enter a referral that came in: first the dock, then what it asks for."""
    if not is_allowed(request, REGISTER, None, clock_today()):
        raise PermissionDenied
    return _created(request, REGISTER, None)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a referral of a case."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    if not is_allowed(request, DRAFT, case, today):
        raise PermissionDenied
    return _created(request, DRAFT, case)


def _created(request: HttpRequest, name: str, case: Case | None) -> HttpResponse:
    today = clock_today()
    dock = request.POST.get("dock") or request.GET.get("dock", "")
    if dock not in Dock.values:
        return render(request, "cases/referrals/dock.html", {"docks": Dock.choices, "case": case})
    status = 200
    if request.method == "POST":
        outcome = attempt(request, name, case, today)
        if outcome.result is not None:
            messages.success(request, _("Referral %(number)s is recorded.") % {"number": outcome.result})
            return redirect("referral_detail", outcome.result.pk)
        form, status = outcome.form, outcome.status
    else:
        form = registry.get(name).form(
            None, None, subject=case, actor=request.user, today=today, initial={"dock": dock}
        )
    context = {"form": form, "dock": info(dock), "dock_label": dict(Dock.choices)[dock], "case": case}
    return render(request, "cases/referrals/new.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Referral:
    rows = Referral.objects.visible_to(request.user, clock_today()).select_related(
        "unit", "to_unit", "number", "case", "opened_case"
    )
    referral = rows.filter(pk=pk).first()
    if referral is None:
        raise Http404
    return referral


@require_safe
def referral_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: where it stands, its days, its parties, and what can be done next."""
    today = clock_today()
    referral = _visible(request, pk)
    parts = list(referral.parties.select_related("party"))
    names = {row.id: row for row in party_rows([part.party for part in parts], request.user, today)}
    is_receiver = ReferralAction.is_permitted(registry.get("referral.send_result"), referral, request.user, today)
    dock = info(referral.dock)
    context = {
        "referral": referral,
        "dock": dock,
        "extra": [
            (entry.label, _shown(entry, referral.extra[entry.code]))
            for entry in dock.fields
            if entry.code in referral.extra
        ],
        "parts": [(part, names.get(part.party_id)) for part in parts],
        "offers": registry.offers(referral, request.user, today),
        "shows_confidential": is_receiver and referral.confidential,
        "links": _links(referral, request.user, today),
        "sections": panels_of(referral, request.user, today),
        "history": referral.history.order_by("history_id")[:100],
    }
    return render(request, "cases/referrals/detail.html", context)


def _links(referral: Referral, user, today) -> list[tuple[str, str]]:
    """Pages of the sending procedure about it: `Procedure.extra["referral_links"]`, label and address."""
    sender = next((known for known in procedures() if known.code == referral.procedure), None)
    found = sender.extra.get("referral_links") if sender is not None else None
    return list(found(referral, user, today)) if found else []


def _shown(entry, value) -> str:
    if entry.choices:
        return str(dict(entry.choices).get(value, value))
    return _("Yes") if value is True else str(value)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step on a referral."""
    today = clock_today()
    referral = _visible(request, pk)
    action = registry.every().get(name)
    if not isinstance(action, ReferralAction):
        raise Http404
    if not is_allowed(request, name, referral, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    refusals = registry.refusals(action, referral, request.user, today)
    status = 409 if refusals else 200
    form, version = None, referral.version
    if request.method == "POST":
        outcome = attempt(request, name, referral, today)
        if outcome.result is not None:
            messages.success(request, _("Done and recorded: %(action)s") % {"action": action.label})
            return redirect("referral_detail", referral.pk)
        form, status, version = outcome.form, outcome.status, outcome.version
        referral = _visible(request, pk)
    elif not refusals:
        form = blank(request, name, referral, today)
    context = {"referral": referral, "action": action, "form": form, "refusals": refusals}
    context["version"] = version
    return render(request, "cases/referrals/action.html", context, status=status)


@require_safe
def case_line(request: HttpRequest, pk: int) -> HttpResponse:
    """The one line of a dispute through all procedures."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    return render(request, "cases/line.html", {"case": case, "line": line_of(case, request.user, today)})
