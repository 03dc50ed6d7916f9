"""What holds for the office today, what comes, what was; and the forms that change it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casemgr.actions.performing import attempt, blank, is_allowed, version_of
from casemgr.operation.office.actions import ENTERED
from casemgr.operation.office.forms import OfficeForm
from casemgr.organisation.models import OfficeParticulars, OfficialSeal, Unit
from casemgr.organisation.office import office_on, seal_on
from casemgr.organisation.reference import GOVERNMENT, JUSTICE_BUREAU
from casemgr.pages.clock import today

SET_OFFICE, SET_SEAL = "organisation.set_office", "organisation.set_seal"
SEALING_KINDS = (Unit.Kind.COMMITTEE,)
"""Besides the authority and its office: people's mediation committees stamp agreements (Mediation Law, art. 29)."""
SHOWN = [name for name in ENTERED if name != "effective_on"]


@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """The particulars in force, later and earlier entries, and the seals."""
    _require_administrator(request)
    day = today()
    context = {
        "is_entered": office_on(day).pk is not None,
        "current": _shown(office_on(day)),
        "in_force": office_on(day),
        "coming": [
            (entry, _changed(entry, day)) for entry in OfficeParticulars.objects.filter(effective_on__gt=day).order_by()
        ],
        "changes": OfficeParticulars.history.order_by("-history_date", "-history_id")[:20],
        "seals": [(unit, seal_on(unit.code, day), _coming_seal(unit, day)) for unit in sealing_units()],
    }
    return render(request, "office/office.html", context)


@require_http_methods(["GET", "POST"])
def office_change(request: HttpRequest) -> HttpResponse:
    """Enter new particulars, starting from the newest ones."""
    _require_administrator(request)
    newest = OfficeParticulars.objects.first()
    start = newest or office_on(today())
    initial = {name: getattr(start, name) for name in SHOWN} | {"effective_on": today()}
    form, status = blank(request, SET_OFFICE, newest, today(), initial), 200
    if request.method == "POST":
        outcome = attempt(request, SET_OFFICE, newest, today())
        if outcome.result is not None:
            messages.success(request, _("The particulars have been saved. Papers say them from that day on."))
            return redirect("office")
        form, status = outcome.form, outcome.status
    version = version_of(SET_OFFICE, start)
    context = {"form": form, "title": _("Particulars of the office"), "button": _("Save the particulars")}
    return render(request, "office/change.html", {**context, "version": version}, status=status)


@require_http_methods(["GET", "POST"])
def seal_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the seal of one unit."""
    _require_administrator(request)
    unit = get_object_or_404(Unit, pk=pk)
    initial = {"name": seal_on(unit.code, today()), "effective_on": today()}
    form, status = blank(request, SET_SEAL, unit, today(), initial), 200
    if request.method == "POST":
        outcome = attempt(request, SET_SEAL, unit, today())
        if outcome.result is not None:
            messages.success(request, _("The seal of “%(unit)s” has been saved.") % {"unit": unit})
            return redirect("office")
        form, status = outcome.form, outcome.status
    context = {"form": form, "title": _("Seal of %(unit)s") % {"unit": unit}, "button": _("Save the seal")}
    return render(request, "office/change.html", {**context, "version": version_of(SET_SEAL, unit)}, status=status)


def sealing_units() -> list[Unit]:
    """Units whose seal stands on papers."""
    wanted = Q(code__in=(GOVERNMENT, JUSTICE_BUREAU)) | Q(kind__in=SEALING_KINDS)
    return list(Unit.objects.filter(wanted, ended_on__isnull=True).order_by("path"))


def _shown(entry: OfficeParticulars) -> list[tuple[str, str]]:
    """Label and value of everything that is entered."""
    return [(str(OfficeForm.base_fields[name].label), getattr(entry, name)) for name in SHOWN]


def _changed(entry: OfficeParticulars, day: date) -> list[tuple[str, str]]:
    """What a later entry changes against today."""
    now = dict(_shown(office_on(day)))
    return [(label, value) for label, value in _shown(entry) if now[label] != value]


def _coming_seal(unit: Unit, day: date) -> OfficialSeal | None:
    return OfficialSeal.objects.filter(unit=unit, effective_on__gt=day).order_by("effective_on").first()


def _require_administrator(request: HttpRequest) -> None:
    if not is_allowed(request, SET_OFFICE, None, today()):
        raise PermissionDenied(_("The particulars of the office are kept by administrators of the whole banner."))
