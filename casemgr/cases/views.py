"""Pages of the register. Every one starts from what the person may see: anything else is 404."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.audit.access import record_access
from casemgr.cases import action_page
from casemgr.cases.deadline_rows import deadline_rows
from casemgr.cases.emergency.policy import is_opened_for
from casemgr.cases.explanation import explained
from casemgr.cases.filters import CaseFilters, visible_cases
from casemgr.cases.home import work_of
from casemgr.cases.models import Case
from casemgr.cases.panels import panels_of
from casemgr.cases.party_rows import party_lines
from casemgr.cases.people.standing import absent_handler_of
from casemgr.cases.people.views import remember
from casemgr.cases.reassigning.actions import may_reassign
from casemgr.cases.rows import case_row, with_rows
from casemgr.cases.steps import proposals, stepper
from casemgr.cases.timeline import timeline
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.masking import personal_numbers
from casemgr.pages.pagination import capped_count, paginate

NUMBER_IN_ADDRESS = gettext_lazy(
    "Cases are not searched by an identity or phone number: it would stay in the address. "
    "Search the number among the parties; the party's page lists the cases."
)


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Home: what waits for this person, the overdue first."""
    work = work_of(request.user, request.GET.get("whose", ""), clock_today())
    return render(request, "cases/worklist.html", {"work": work, "sections": work.sections})


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The register. A page is always whole: Back finds it again as the address says."""
    today = clock_today()
    if personal_numbers(request.GET.get("q", "")):
        messages.warning(request, NUMBER_IN_ADDRESS)
        return redirect("case_list")
    filters = CaseFilters(request.GET, request.user, today)
    found = filters.apply(visible_cases(request.user, today))
    page = paginate(with_rows(found), filters.order, request.GET)
    is_whole = page.previous is None and page.next is None
    context = {
        "filters": filters,
        "page": page,
        "rows": [case_row(case) for case in page],
        "count": str(len(page)) if is_whole else capped_count(found),
        "is_filtered": bool(filters.active),
        "may_reassign": may_reassign(request.user, today),
        "saved": list(request.user.saved_filters.all()[:30]),
    }
    return render(request, "cases/list.html", context)


@require_safe
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: next lawful step and deadlines first. Opening a restricted one, or one in an emergency, is recorded."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    if case.confidentiality == Case.Confidentiality.RESTRICTED:
        record_access(request.user, "case_opened", case)
    elif is_opened_for(request.user, case, today):
        record_access(request.user, "case_opened", case, emergency=True)
    remember(request, case)
    prefetch_related_objects([case], "further_handlers")
    running, over = deadline_rows(case)
    context = {
        "case": case,
        "absent_handler": absent_handler_of(case, request.user, today),
        "second_handlers": case.further_handlers.all(),
        "steps": stepper(case),
        "proposals": proposals(case, request.user, today),
        "running": running,
        "over": over,
        "parties": party_lines(case, request.user, today),
        "panels": panels_of(case, request.user, today),
        "entries": timeline(case),
    }
    return render(request, "cases/detail.html", context)


@require_safe
def deadline_explain(request: HttpRequest, pk: int, deadline_id: int) -> HttpResponse:
    """Why one deadline falls on its day."""
    case = visible_case(request.user, pk, clock_today())
    deadline = next((row for row in case.deadlines.all() if row.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    return render(request, "cases/deadline.html", {"case": case, "explained": explained(case, deadline)})


@require_http_methods(["GET", "HEAD", "POST"])
def case_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Any action on the case: its form, its confirmation, its refusal."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    action = action_page.action_of(case, name)
    answer = action_page.receive if request.method == "POST" else action_page.show
    return answer(request, case, action, today)
