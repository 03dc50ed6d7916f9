"""Giving many cases: choose, look at the numbers, confirm, and find the run again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import attempt, blank
from casemgr.cases.action_page import spoken
from casemgr.cases.filters import CaseFilters, visible_cases
from casemgr.cases.models import Case, Reassignment, ReassignmentItem
from casemgr.cases.reassigning.actions import ReassignForm, may_reassign
from casemgr.cases.reassigning.planning import LIMIT
from casemgr.cases.reassigning.running import AT_ONCE, run_now_if_small
from casemgr.jobs.models import Job
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id

REASSIGN, STEP, PREVIEW, CONFIRMED = "cases.reassign", "step", "preview", "confirmed"
Outcome = ReassignmentItem.Outcome
RUNS_SHOWN, LEFT_OUT_SHOWN = 10, 50


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """Everything one handler has."""
    return _page(request, is_handover=True)


@require_http_methods(["GET", "HEAD", "POST"])
def assign_many(request: HttpRequest) -> HttpResponse:
    """The ticked cases of the list (`cases`), or all that meet its conditions (`chosen=all`)."""
    return _page(request, is_handover=False)


def _page(request: HttpRequest, *, is_handover: bool) -> HttpResponse:
    """The form; with `step=preview` the numbers; with `step=confirmed` the run."""
    today = clock_today()
    if not may_reassign(request.user, today):
        raise PermissionDenied
    context: dict[str, Any] = {"is_handover": is_handover, "limit": LIMIT, "at_once": AT_ONCE}
    if request.method != "POST":
        return _ask(request, context, today)
    if request.POST.get(STEP) == CONFIRMED:
        outcome = attempt(request, REASSIGN, None, today)
        if outcome.result is not None:
            run_now_if_small(outcome.result)
            return redirect(outcome.result)
        form, status = outcome.form, outcome.status
    else:
        data = request.POST.copy()
        data.pop("expected", None)
        form = ReassignForm(data, actor=request.user, today=today)
        status = 200 if form.is_valid() else 422
    if getattr(form, "plan", None) is None or request.POST.get(STEP) not in (PREVIEW, CONFIRMED):
        return _show_form(request, {**context, "form": form}, form["cases"].value() or "", status)
    kept = [
        (name, value) for name in ("officer", "cases", "receivers", "reason") for value in request.POST.getlist(name)
    ]
    context |= {
        "form": form, "plan": form.plan, "answers": spoken(form), "kept": kept, "left_out_shown": LEFT_OUT_SHOWN,
    }  # fmt: skip
    if not is_handover:
        context |= _scope(request, form["cases"].value())
    return render(request, "cases/reassigning/preview.html", context, status=status)


def _ask(request: HttpRequest, context: dict[str, Any], today) -> HttpResponse:
    cases = ""
    if not context["is_handover"]:
        ids = _chosen(request, today)
        if not ids or len(ids) > LIMIT:
            messages.warning(request, _too_many() if ids else _("Tick the cases to assign, or assign all of them."))
            query = request.GET.copy()
            for name in ("chosen", "cases"):
                query.pop(name, None)
            return redirect(f"{reverse('case_list')}?{query.urlencode()}")
        cases = ",".join(str(pk) for pk in ids)
    form = blank(request, REASSIGN, None, today, {"cases": cases, "officer": request.GET.get("officer")})
    return _show_form(request, {**context, "form": form}, cases, 200)


def _show_form(request: HttpRequest, context: dict[str, Any], cases: str, status: int) -> HttpResponse:
    if context["is_handover"]:
        context["runs"] = list(
            Reassignment.objects.filter(asked_by=request.user).select_related("officer")[:RUNS_SHOWN]
        )
    else:
        context |= _scope(request, cases)
    return render(request, "cases/reassigning/form.html", context, status=status)


def _scope(request: HttpRequest, cases: str) -> dict[str, Any]:
    """What was chosen from the list, in words: the conditions of the address, or those ticked."""
    is_all = request.GET.get("chosen") == "all"
    chips = CaseFilters(request.GET, request.user, clock_today()).chips() if is_all else []
    return {"count": len(cases.split(",")), "chips": chips, "is_all": is_all}


def _chosen(request: HttpRequest, today) -> list[int]:
    """Ids of what the address asks for, within scope; one more than the limit when there are too many."""
    seen = visible_cases(request.user, today)
    if request.GET.get("chosen") == "all":
        seen = CaseFilters(request.GET, request.user, today).apply(seen)
    else:
        ticked = filter(None, map(row_id, request.GET.getlist("cases")))
        seen = seen.filter(pk__in=list(ticked)[: LIMIT + 1])
    return list(seen.order_by("pk").values_list("pk", flat=True)[: LIMIT + 1])


def _too_many() -> str:
    return _("At most %(limit)s cases in one step: narrow the conditions.") % {"limit": LIMIT}


@require_safe
def reassignment(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, and what became of each case: for who asked, and for receivers and givers their own rows."""
    today = clock_today()
    run = get_object_or_404(Reassignment.objects.select_related("officer", "asked_by"), pk=pk)
    items = run.items.all()
    if run.asked_by_id != request.user.pk:
        items = items.filter(Q(receiver=request.user) | Q(before=request.user) | Q(run__officer=request.user))
        get_object_or_404(Reassignment, pk=pk, pk__in=items.values("run_id"))
    counts = {code: items.filter(outcome=code).count() for code in Outcome.values}
    if (shown := request.GET.get("show")) in Outcome.values:
        items = items.filter(outcome=shown)
    page = paginate(items.select_related("case", "before", "receiver"), ["pk"], request.GET)
    ids = [item.case_id for item in page]
    seen = set(Case.objects.visible_to(request.user, today).filter(pk__in=ids).values_list("pk", flat=True))
    job = Job.objects.filter(pk=run.job_id).first()
    context = {
        "run": run,
        "job": job,
        "is_mine": run.asked_by_id == request.user.pk,
        "is_running": job is not None and not job.is_over,
        "rows": [(item, item.case_id in seen) for item in page],
        "page": page,
        "counts": [(code, label, counts[code]) for code, label in Outcome.choices],
        "shown": shown,
    }
    template = "cases/reassigning/_run.html" if request.headers.get("HX-Request") else "cases/reassigning/run.html"
    return render(request, template, context)
