"""Pages of the tree of units."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casemgr.actions.performing import attempt, blank, is_allowed, version_of
from casemgr.operation.accounts.reach import administered_units
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today


@dataclass
class Node:
    """A unit with what lies below it."""

    unit: Unit
    below: list[Node] = field(default_factory=list)


def forest(units: list[Unit]) -> list[Node]:
    """Units as trees; a unit whose parent is not among them stands on top."""
    nodes = {unit.pk: Node(unit) for unit in units}
    tops = []
    for unit in sorted(units, key=_place):
        parent = nodes.get(unit.parent_id)
        (parent.below if parent else tops).append(nodes[unit.pk])
    return tops


def _place(unit: Unit) -> tuple[int, str]:
    """Among siblings: government before towns before departments, as the kinds are listed; then by code."""
    return Unit.Kind.values.index(unit.kind), unit.code


@require_GET
def unit_tree(request: HttpRequest) -> HttpResponse:
    """The tree, or the units whose name or code contains `q`; closed ones with `ended=1`."""
    if not is_allowed(request, "organisation.create_unit", None, today()):
        raise PermissionDenied(_("Units are kept by administrators."))
    units = administered_units(request.user, today()).select_related("successor")
    show_ended, q = request.GET.get("ended") == "1", request.GET.get("q", "").strip()
    if not show_ended:
        units = units.filter(ended_on__isnull=True)
    rows = list(units.order_by("path"))
    if q:
        rows = [unit for unit in rows if q in unit.name or q in unit.short_name or q.lower() in unit.code.lower()]
    context = {"nodes": forest(rows), "count": len(rows), "q": q, "show_ended": show_ended}
    return render(request, "organisation/unit_tree.html", context)


@require_http_methods(["GET", "POST"])
def unit_create(request: HttpRequest) -> HttpResponse:
    """A new unit, below `?parent=` if given."""
    name = "organisation.create_unit"
    if not is_allowed(request, name, None, today()):
        raise PermissionDenied(_("Units are kept by administrators."))
    form, status = blank(request, name, None, today(), {"parent": request.GET.get("parent")}), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today())
        if outcome.result is not None:
            messages.success(request, _("“%(unit)s” has been added.") % {"unit": outcome.result})
            return redirect("unit_detail", outcome.result.pk)
        form, status = outcome.form, outcome.status
    return render(request, "organisation/unit_create.html", {"form": form}, status=status)


@require_GET
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is, who holds roles at it, what lies below, its changes."""
    unit = _unit(request, pk)
    context = {
        "unit": unit,
        "may_change": is_allowed(request, "organisation.edit_unit", unit, today()),
        "children": unit.children.order_by("path"),
        "predecessors": unit.predecessors.order_by("path"),
        "held": unit.role_assignments.in_force(today()).select_related("user").order_by("role", "user__full_name"),
        "changes": unit.history.select_related("successor", "parent").order_by("-history_date", "-history_id")[:20],
    }
    return render(request, "organisation/unit_detail.html", context)


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    initial = {key: getattr(unit, key) for key in ("name", "short_name", "kind", "started_on")}
    return _step(
        request,
        unit,
        "organisation.edit_unit",
        _("Change unit"),
        _("“%(unit)s” has been changed."),
        parent=unit.parent_id,
        **initial,
    )


@require_http_methods(["GET", "POST"])
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        _unit(request, pk),
        "organisation.end_unit",
        _("Close unit"),
        _("“%(unit)s” has been closed."),
        ended_on=today(),
    )


def _step(request: HttpRequest, unit: Unit, action: str, title: str, done: str, **initial: object) -> HttpResponse:
    if not is_allowed(request, action, unit, today()):
        raise PermissionDenied(_("Units are kept by administrators."))
    form, status = blank(request, action, unit, today(), initial), 200
    version = version_of(action, unit)
    if request.method == "POST":
        outcome = attempt(request, action, unit, today())
        if outcome.result is not None:
            messages.success(request, done % {"unit": outcome.result})
            return redirect("unit_detail", unit.pk)
        form, status, version = outcome.form, outcome.status, outcome.version
    is_end = action == "organisation.end_unit"
    context = {"unit": unit, "form": form, "title": title, "is_end": is_end, "version": version}
    return render(request, "organisation/unit_step.html", context, status=status)


def _unit(request: HttpRequest, pk: int) -> Unit:
    if not is_allowed(request, "organisation.create_unit", None, today()):
        raise PermissionDenied(_("Units are kept by administrators."))
    return get_object_or_404(administered_units(request.user, today()).select_related("parent", "successor"), pk=pk)
