"""The free calculator, and the local days of the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casemgr.actions.errors import ActionError, Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.calendar.models import CalendarDay
from casemgr.calendar.views import calendar_page
from casemgr.pages.clock import today as clock_today
from casemgr.pages.dates import long_date
from casemgr.pages.errors import error_page
from casemgr.pages.requests import action_input
from casemgr.timelimits.citations import cite
from casemgr.timelimits.explain import explain
from casemgr.timelimits.forms import CalculatorForm
from casemgr.timelimits.question import Answer, Unanswerable, answer


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Any rule, any day: the last day and the whole counting. Nothing is stored."""
    asked = "start" in request.GET
    form = CalculatorForm(request.GET) if asked else CalculatorForm(initial=request.GET.dict())
    found = _answered(form) if asked and form.is_valid() else None
    explanation = explain(found.rule, found.computation) if found and found.rule and found.computation else None
    context = {
        "form": form,
        "found": found,
        "explanation": explanation,
        "article": cite(found.rule) if found and found.rule else "",
    }
    return render(request, "timelimits/calculator.html", context)


def _answered(form: CalculatorForm) -> Answer | None:
    data = form.cleaned_data
    try:
        return answer(
            data["code"],
            data["start"],
            law=data["law"],
            suspensions=form.suspensions(),
            extension_days=data["extend"] or 0,
        )
    except Unanswerable as error:
        form.add_error(form.field_for(error.field), str(error))
        return None


@require_POST
def calendar_override(request: HttpRequest, year: int) -> HttpResponse:
    """Add a local day off or a local working day."""
    sent = action_input(request)
    try:
        row = perform("calendar.override", None, sent.data, request.user, clock_today(), key=sent.key)
    except InvalidInput as error:
        return calendar_page(request, year, form=error.form, status=422)
    except ActionError as error:
        return _refused(request, error)
    messages.success(request, _("%(day)s is kept as a local day.") % {"day": long_date(row.date)})
    return redirect("calendar_year", row.date.year)


@require_POST
def calendar_override_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a local day back."""
    row = get_object_or_404(CalendarDay, pk=pk, kind__in=CalendarDay.LOCAL_KINDS)
    year = row.date.year
    sent = action_input(request)
    try:
        perform("calendar.remove_override", row, sent.data, request.user, clock_today(), key=sent.key)
    except InvalidInput:
        messages.error(request, _("Say why the local day is taken back."))
    except ActionError as error:
        return _refused(request, error)
    else:
        messages.success(request, _("The local day was taken back."))
    return redirect("calendar_year", year)


def _refused(request: HttpRequest, error: ActionError) -> HttpResponse:
    if isinstance(error, Forbidden):
        raise PermissionDenied(error.message)
    return error_page(request, error.status, message=error.message)
