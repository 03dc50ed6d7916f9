"""Lists of users and of units: chosen, tried, and loaded when the person has seen what would come of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casemgr.actions.performing import attempt, is_allowed
from casemgr.operation.models import SheetImport
from casemgr.operation.sheets import units, users
from casemgr.operation.sheets.reading import Rows, TooManyRows, read, signed
from casemgr.organisation.imports import COLUMNS as UNIT_COLUMNS
from casemgr.organisation.imports import KINDS as UNIT_KINDS
from casemgr.organisation.roles import ROLES
from casemgr.pages.clock import today
from casemgr.pages.forms import Form
from casemgr.pages.sheets.reading import FileRefused

IMPORT_USERS, IMPORT_UNITS = "organisation.import_users", "organisation.import_units"


class UploadForm(Form):
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy(".xlsx, .xls or .csv"))


@never_cache
@require_http_methods(["GET", "POST"])
def user_import(request: HttpRequest) -> HttpResponse:
    """Trial run first; then accounts, and a slip for each new one, on this answer only."""
    _require(request, IMPORT_USERS)
    if "sheet" in request.POST:
        outcome = attempt(request, IMPORT_USERS, None, today())
        if outcome.result is not None:
            context = {"record": outcome.result, "slips": getattr(outcome.result, "slips", None)}
            return render(request, "sheets/slips.html", context)
        return _page(request, SheetImport.Kind.USERS, outcome.form, outcome.status)
    return _try(request, SheetImport.Kind.USERS, users.REQUIRED, users.LIMIT)


@require_http_methods(["GET", "POST"])
def unit_import(request: HttpRequest) -> HttpResponse:
    """Trial run first, then the units."""
    _require(request, IMPORT_UNITS)
    if "sheet" in request.POST:
        outcome = attempt(request, IMPORT_UNITS, None, today())
        if outcome.result is not None:
            counts = {name: getattr(outcome.result, name) for name in ("created", "updated", "unchanged", "rejected")}
            messages.success(
                request,
                _("New: %(created)s, changed: %(updated)s, as before: %(unchanged)s, left out: %(rejected)s.") % counts,
            )
            return redirect("unit_tree")
        return _page(request, SheetImport.Kind.UNITS, outcome.form, outcome.status)
    return _try(request, SheetImport.Kind.UNITS, units.REQUIRED, units.LIMIT)


def _try(request: HttpRequest, kind: str, required: tuple[str, ...], limit: int) -> HttpResponse:
    """The empty form, or what would come of the chosen file."""
    if request.method == "GET":
        return _page(request, kind, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, kind, form, 422)
    upload = form.cleaned_data["file"]
    try:
        rows = read(upload, required, limit)
    except TooManyRows:
        form.add_error(
            "file", _("More than %(limit)d rows at once are not read in. Split the list.") % {"limit": limit}
        )
        return _page(request, kind, form, 422)
    except FileRefused as error:
        form.add_error("file", str(error))
        return _page(request, kind, form, 422)
    sheet = signed(kind, upload.name or "", rows, request.user.pk)
    tried = _tried_users(request, rows) if kind == SheetImport.Kind.USERS else _tried_units(rows)
    return render(request, f"sheets/{kind}_tried.html", {**tried, "sheet": sheet, "file_name": upload.name})


def _tried_users(request: HttpRequest, rows: Rows) -> dict[str, Any]:
    planned = users.plan(rows, request.user, today())
    counts = {name: sum(row.status == name for row in planned) for name in _OUTCOMES}
    return {"planned": planned, "counts": counts, "has_work": counts["created"] + counts["updated"] > 0}


def _tried_units(rows: Rows) -> dict[str, Any]:
    result = units.load(rows, dry_run=True)
    counts = {name: getattr(result, name) for name in _OUTCOMES}
    return {"errors": result.errors, "counts": counts, "has_work": counts["created"] + counts["updated"] > 0}


_OUTCOMES = ("created", "updated", "unchanged", "rejected")


def _page(request: HttpRequest, kind: str, form: forms.BaseForm, status: int = 200) -> HttpResponse:
    if "file" not in form.fields:  # the carried list was refused: choose the file again
        refused, form = form, UploadForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, [str(error) for errors in refused.errors.values() for error in errors])
    words = {word: ROLES[code].label for word, code in users.role_words().items() if word not in ROLES}
    context = {"form": form, "user_columns": users.COLUMNS, "unit_columns": UNIT_COLUMNS, "role_words": list(words)}
    context |= {"unit_kinds": list(UNIT_KINDS), "earlier": SheetImport.objects.filter(kind=kind)[:10]}
    return render(request, f"sheets/{kind}.html", context, status=status)


def _require(request: HttpRequest, name: str) -> None:
    if not is_allowed(request, name, None, today()):
        raise PermissionDenied(_("Lists are read in by administrators."))
