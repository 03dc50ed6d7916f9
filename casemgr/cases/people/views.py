"""Own reminders, saved conditions, the list as a file, recent cases."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.audit.access import record_access
from casemgr.cases.filters import CaseFilters, visible_cases
from casemgr.cases.models import Case, PersonalReminder, SavedFilter
from casemgr.cases.people.export import LIMIT, workbook
from casemgr.cases.people.reminders import ReminderForm
from casemgr.cases.rows import case_row, with_rows
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import row_id
from casemgr.pages.sheets.writing import workbook_answer

RECENT, RECENT_KEPT = "recent_cases", 20


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_new(request: HttpRequest) -> HttpResponse:
    """Set a day for oneself, on a case (`case`) or free."""
    today = clock_today()
    asked = row_id(request.POST.get("case") or request.GET.get("case"))
    case = visible_case(request.user, asked, today) if asked else None
    form = ReminderForm(request.POST or None, actor=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        PersonalReminder.objects.create(user=request.user, case_id=case.pk if case else None, **form.cleaned_data)
        messages.success(request, _("Your reminder is set."))
        return redirect(case.get_absolute_url() if case else "worklist")
    status = 422 if form.errors else 200
    return render(request, "cases/people/reminder.html", {"form": form, "case": case}, status=status)


@require_POST
def reminder_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The reminder is dealt with."""
    get_object_or_404(PersonalReminder, pk=pk, user=request.user)
    PersonalReminder.objects.filter(pk=pk, done_at__isnull=True).update(done_at=timezone.now())
    return redirect("worklist")


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep the list's conditions under a name; the same name replaces them."""
    name, query = request.POST.get("name", "").strip()[:40], request.POST.get("query", "")[:500]
    if not name:
        messages.warning(request, _("Enter a name for the conditions."))
    else:
        SavedFilter.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
        messages.success(request, _("The conditions are kept as “%(name)s”.") % {"name": name})
    return redirect(f"{reverse('case_list')}?{query}")


@require_POST
def filter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedFilter, pk=pk, user=request.user).delete()
    return redirect("case_list")


@require_safe
def case_export(request: HttpRequest) -> HttpResponse:
    """The list with its conditions as an Excel file; each export is recorded."""
    today = clock_today()
    filters = CaseFilters(request.GET, request.user, today)
    found = with_rows(filters.apply(visible_cases(request.user, today))).order_by(*filters.order)
    rows = [case_row(case) for case in found[: LIMIT + 1]]
    if len(rows) > LIMIT:
        messages.warning(request, _("More than %(limit)s cases: narrow the conditions.") % {"limit": LIMIT})
        return redirect(f"{reverse('case_list')}?{request.GET.urlencode()}")
    record_access(request.user, "cases_exported", rows=len(rows))
    return workbook_answer(workbook(rows), f"{_('Cases')}-{today.isoformat()}")


def remember(request: HttpRequest, case: Case) -> None:
    """Put the case first among those the person opened last."""
    before = [pk for pk in request.session.get(RECENT, []) if pk != case.pk]
    if request.session.get(RECENT, [None])[:1] != [case.pk]:
        request.session[RECENT] = [case.pk, *before][:RECENT_KEPT]


@require_safe
def recent_cases(request: HttpRequest) -> HttpResponse:
    """The last cases the person opened in this log-in, those still within scope."""
    kept = request.session.get(RECENT, [])
    found = {case.pk: case for case in with_rows(visible_cases(request.user, clock_today()).filter(pk__in=kept))}
    rows = [case_row(found[pk]) for pk in kept if pk in found]
    return render(request, "cases/people/recent.html", {"rows": rows})
