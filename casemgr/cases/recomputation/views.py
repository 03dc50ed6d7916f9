"""Pages of holiday notices: entered, compared, previewed and approved; and what a change of the calendar moved."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.audit.access import record_access
from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import HolidayNotice
from casemgr.calendar.notice import publishing
from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case, DeadlineMove, Recomputation
from casemgr.cases.recomputation import running
from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.timelimits.holiday_notices import APPROVE, ENTER

EMPTY_ROWS = 3
ACTIONS = {
    "days": "calendar.correct_notice",
    "discard": "calendar.discard_notice",
    "publish": "calendar.publish_notice",
}


def _concerned(request: HttpRequest) -> bool:
    return bool({*ENTER, *APPROVE} & request.user.role_codes(clock_today()))


def _demand_concerned(request: HttpRequest) -> None:
    if not _concerned(request):
        raise PermissionDenied


@require_safe
def holiday_notice_list(request: HttpRequest) -> HttpResponse:
    """Notices that were entered, newest first."""
    _demand_concerned(request)
    context = {
        "page": paginate(HolidayNotice.objects.all(), ["-pk"], request.GET),
        "may_enter": is_allowed(request, "calendar.enter_notice", None, clock_today()),
    }
    return render(request, "cases/notices/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_notice_enter(request: HttpRequest) -> HttpResponse:
    """Paste or upload the year's notice."""
    return _entered(request, "calendar.enter_notice", {"year": clock_today().year + 1})


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_notice_withdraw(request: HttpRequest) -> HttpResponse:
    """Propose that a published year counts as estimated again."""
    return _entered(request, "calendar.withdraw_notice", {})


def _entered(request: HttpRequest, name: str, initial: dict) -> HttpResponse:
    today = clock_today()
    if not is_allowed(request, name, None, today):
        raise PermissionDenied
    form, status = blank(request, name, None, today, initial), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today)
        if outcome.result is not None:
            _preview(request, outcome.result)
            return redirect(outcome.result)
        form, status = outcome.form, outcome.status
    return render(request, "cases/notices/enter.html", {"form": form, "withdraws": "withdraw" in name}, status=status)


@transaction.atomic
def _preview(request: HttpRequest, notice: HolidayNotice) -> None:
    """Begin the preview of what the draft moves; earlier ones of it are dropped."""
    for earlier in notice.recomputations.filter(is_preview=True):
        if job := Job.objects.filter(pk=earlier.job_id, finished_at__isnull=True).first():
            ask_to_cancel(job, timezone.now())
        else:
            earlier.delete()
    span = publishing.difference(current_calendar(), publishing.calendar_with(notice), notice.year)
    if span is not None:
        running.start(span, clock_today(), notice=notice, is_preview=True, asked_by=request.user.pk)


@require_safe
def holiday_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The table beside the text, what contradicts itself, and every deadline that moves."""
    _demand_concerned(request)
    return _page(request, get_object_or_404(HolidayNotice, pk=pk))


@require_POST
def holiday_notice_action(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Save the table, discard or publish."""
    _demand_concerned(request)
    notice = get_object_or_404(HolidayNotice, pk=pk)
    if step == "preview" and notice.state == HolidayNotice.State.DRAFT:
        _preview(request, notice)
        return redirect(notice)
    if step not in ACTIONS:
        raise Http404
    outcome = attempt(request, ACTIONS[step], notice, clock_today())
    if outcome.result is None:
        notice = get_object_or_404(HolidayNotice, pk=pk)
        return _page(request, notice, form=outcome.form, step=step, status=outcome.status)
    if step == "days":
        _preview(request, outcome.result)
        messages.success(request, _("The days are saved."))
    elif step == "publish":
        messages.success(request, _("The year is published. The periods it moves are computed again."))
    return redirect(notice)


def _page(request: HttpRequest, notice: HolidayNotice, *, form=None, step: str = "", status: int = 200):
    today = clock_today()
    rows = (
        form.rows() if step == "days" else [dict(zip(("day", "kind", "name"), row, strict=True)) for row in notice.days]
    )
    is_draft = notice.state == HolidayNotice.State.DRAFT
    may_correct = is_draft and not notice.withdraws and is_allowed(request, ACTIONS["days"], notice, today)
    findings = notice.findings() if is_draft else []
    run = notice.recomputations.filter(is_preview=is_draft).first()
    context = {
        "notice": notice,
        "form": form,
        "rows": rows + [{}] * (EMPTY_ROWS if may_correct and step != "days" else 0),
        "errors": [finding for finding in findings if finding.is_error],
        "doubts": [finding for finding in findings if not finding.is_error],
        "may_correct": may_correct,
        "may_discard": is_draft and is_allowed(request, ACTIONS["discard"], notice, today),
        "may_publish": is_draft and is_allowed(request, ACTIONS["publish"], notice, today),
        "is_own": notice.entered_by_id == request.user.pk,
        "is_draft": is_draft,
        **_moves_context(request, run),
    }
    return render(request, "cases/notices/detail.html", context, status=status)


@require_safe
def recomputation(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a recomputation is and which deadlines within one's scope it moved."""
    run = _visible_run(request, pk)
    template = "cases/notices/_moves.html" if request.headers.get("HX-Request") else "cases/notices/recomputation.html"
    return render(request, template, _moves_context(request, run))


def _visible_run(request: HttpRequest, pk: int) -> Recomputation:
    run = get_object_or_404(Recomputation, pk=pk)
    if run.is_preview and not _concerned(request):
        raise Http404
    return run


def _moves(request: HttpRequest, run: Recomputation):
    visible = Case.objects.visible_to(request.user, clock_today())
    return run.moves.filter(case__in=visible).select_related("case", "case__lead_handler")


def _moves_context(request: HttpRequest, run: Recomputation | None) -> dict:
    if run is None:
        return {"run": None}
    today, moves = clock_today(), _moves(request, run)
    counted = run.moves.all() if _concerned(request) else moves
    page = paginate(moves, ["new_on", "pk"], request.GET)
    return {
        "run": run,
        "page": page,
        "moves": [(move, rule_name(move.rule), _effect(move, today)) for move in page],
        "counts": running.counts(counted, today),
        "is_running": run.finished_at is None,
        "job": Job.objects.filter(pk=run.job_id).first(),
    }


def _effect(move: DeadlineMove, today) -> str:
    if move.new_on < today:
        return _("overdue") if move.old_on >= today else ""
    if move.new_on == today:
        return _("due today")
    return _("earlier") if move.new_on < move.old_on else _("later")


class _Echo:
    def write(self, line: str) -> str:
        return line


@require_safe
def recomputation_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The moved deadlines within one's scope as .csv for a spreadsheet."""
    run, today = _visible_run(request, pk), clock_today()
    record_access(request.user, "moves_exported", run)

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        head = (_("Case number"), _("Time limit"), _("Old last day"), _("New last day"), _("Effect"), _("Handler"))
        yield "\ufeff" + writer.writerow(head)
        for move in _moves(request, run).order_by("new_on", "pk").iterator(chunk_size=1000):
            handler = move.case.lead_handler.full_name if move.case.lead_handler else ""
            name = str(rule_name(move.rule))
            yield writer.writerow((move.case.number, name, move.old_on, move.new_on, _effect(move, today), handler))

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moves-{run.pk}.csv"'
    return answer
