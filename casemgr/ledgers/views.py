"""Pages of ledgers: what was sent in, how its columns are read, what its rows are refused for, and a year's ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.audit.access import record_access
from casemgr.jobs.runner import ask_to_cancel, try_again
from casemgr.ledgers import fetching, refusals
from casemgr.ledgers.actions import Load, Undo
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.departed import has_left, may_undo_in_place
from casemgr.ledgers.forms import LayoutForm, UndoForm
from casemgr.ledgers.models import EXAMINING, ImportedRow, LedgerImport, RowQuestion
from casemgr.ledgers.undoing import waiting_rows
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate
from casemgr.pages.sheets.reading import FileRefused
from casemgr.pages.sheets.writing import workbook_answer
from casemgr.parties.messages import LEVELS, WHY
from casemgr.parties.rows import party_rows

S = LedgerImport.Status
QUESTIONS_SHOWN = 20


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """One's own imports, newest first; all of them for those who run the system or examine it."""
    today = clock_today()
    kinds = ledgers()
    may_load = [ledger for ledger in kinds.values() if ledger.may_load(request.user, today)]
    may_fetch = [ledger for ledger in kinds.values() if ledger.may_fetch(request.user, today)]
    examines = request.user.role_codes(today) & EXAMINING
    if not may_load and not may_fetch and not examines:
        raise PermissionDenied(_("Your roles see none of what this ledger holds."))
    visible = LedgerImport.objects.visible_to(request.user, today)
    page = paginate(visible.select_related("job"), ["-id"], request.GET)
    rows = [(one, kinds[one.kind].label if one.kind in kinds else one.kind) for one in page]
    context = {"page": page, "rows": rows, "may_load": may_load, "may_fetch": may_fetch, "year": today.year}
    return render(request, "ledgers/list.html", context)


@require_http_methods(["GET", "POST"])
def import_send(request: HttpRequest) -> HttpResponse:
    """Which ledger, and its file."""
    today = clock_today()
    if not is_allowed(request, "ledgers.send", None, today):
        raise PermissionDenied(_("Your roles load no ledger."))
    form, status = None, 200
    if request.method == "POST":
        outcome = attempt(request, "ledgers.send", None, today)
        if outcome.result is not None:
            return redirect(outcome.result)
        form, status = outcome.form, outcome.status
    form = form or blank(request, "ledgers.send", None, today, {"kind": request.GET.get("kind", "")})
    known = [ledger for ledger in ledgers().values() if ledger.may_load(request.user, today)]
    return render(request, "ledgers/send.html", {"form": form, "ledgers": known}, status=status)


@require_http_methods(["GET", "POST"])
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the import stands and what is to be done next; while a job runs, its progress."""
    today = clock_today()
    found = _one(request, pk)
    if request.headers.get("HX-Request") and found.is_working:
        may_steer = _may_steer(request, found)
        return render(request, "ledgers/_progress.html", {"found": found, "job": found.job, "may_steer": may_steer})
    outcome_form, status = None, 200
    if request.method == "POST":
        try:
            if request.POST.get("look"):
                outcome_form = _layout_form(request, found, request.POST)
            else:
                outcome = attempt(request, "ledgers.assign", found, today)
                if outcome.result is not None:
                    return redirect(found)
                outcome_form, status = outcome.form, outcome.status
        except FileRefused as refused:
            messages.error(request, str(refused))
            return redirect(found)
    return _detail(request, found, outcome_form, status)


def _detail(request: HttpRequest, found: LedgerImport, form: Any, status: int) -> HttpResponse:
    today = clock_today()
    is_own = found.may_be_worked_on(request.user, today)
    context: dict[str, Any] = {
        "found": found,
        "job": found.job,
        "label": ledgers()[found.kind].label,
        "is_own": is_own,
        "may_steer": _may_steer(request, found),
        "has_left": has_left(found, today),
        "stopped": found.has_stopped,
    }
    asks_layout = found.status == S.SENT or form is not None or "assign" in request.GET
    if is_own and asks_layout and found.status in (S.SENT, S.TRYING, S.TRIED):
        try:
            context["form"] = form or _layout_form(request, found, None)
        except FileRefused as refused:
            context["gone"] = str(refused)
    elif found.status != S.SENT:
        context |= _outcome(request, found, today)
    return render(request, "ledgers/import.html", context, status=status)


def _layout_form(request: HttpRequest, found: LedgerImport, data: Any) -> Any:
    sent = {name: data[name] for name in data} if data is not None else None
    return LayoutForm(sent, subject=found, actor=request.user, today=clock_today())


def _outcome(request: HttpRequest, found: LedgerImport, today: Any) -> dict[str, Any]:
    """Refused rows, people to decide about, and what an undoing left."""
    rejected = found.imported_rows.filter(outcome=ImportedRow.Outcome.REJECTED)
    refused = paginate(rejected, ["number", "id"], request.GET)
    stays = waiting_rows(found).exclude(stays_because="").order_by("number")[:50] if found.undone_at else []
    context: dict[str, Any] = {"refused": refused, "stays": stays, "may_undo": False}
    context["has_cells"] = hasattr(found, "cells")
    if found.status == S.TRIED:
        context["to_decide"] = capped_count(found.questions.filter(answer=""))
        context["has_questions"] = found.questions.exists()
        refusals_found = Load().guard_refusals(found, None, today)
        context["load_refusal"] = refusals_found[0].message if refusals_found else ""
    if found.status in Undo.statuses:
        permitted = Undo().is_permitted(found, request.user, today)
        context["may_undo"] = permitted and not Undo().guard_refusals(found, None, today)
        context["undo_form"] = UndoForm(subject=found, actor=request.user, today=today)
        context["consequence"] = Undo.consequence
    return context


@require_GET
def import_people(request: HttpRequest, pk: int) -> HttpResponse:
    """People of the sheet who resemble somebody known, to be decided about one by one or all at once."""
    today = clock_today()
    found = _own(request, pk)
    if found.status != S.TRIED:
        return redirect(found)
    page = paginate(found.questions.select_related("party"), ["number", "id"], request.GET, size=QUESTIONS_SHOWN)
    known = {row.id: row for row in party_rows([one.party for one in page], request.user, today)}
    lines = [(one, known[one.party_id], LEVELS.get(one.level, one.level), WHY.get(one.why, one.why)) for one in page]
    waiting = found.questions.filter(answer="").order_by().values_list("level", flat=True).distinct()
    levels = [(level, LEVELS.get(level, level)) for level in waiting]
    context = {
        "found": found,
        "questions": page,
        "lines": lines,
        "levels": levels,
        "answers": RowQuestion.Answer.choices,
    }
    return render(request, "ledgers/people.html", context)


@require_POST
def import_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Decide, load, undo or discard."""
    found = _one(request, pk)
    if step not in ("decide", "load", "undo", "discard"):
        raise Http404
    outcome = attempt(request, f"ledgers.{step}", found, clock_today())
    if outcome.result is None:
        errors = outcome.form.errors.get_json_data() if outcome.form is not None else {}
        for several in errors.values():
            for error in several:
                messages.error(request, error["message"])
    return redirect("ledger_people", pk) if step == "decide" else redirect(found)


@require_POST
def import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop at the end of the running chunk; what is loaded stays."""
    found = _steered(request, pk)
    if found.job is not None:
        ask_to_cancel(found.job, timezone.now())
        messages.success(request, _("The work is asked to stop. What it has done so far stays."))
    return redirect(found)


@require_POST
def import_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on behind the last whole chunk."""
    found = _steered(request, pk)
    if found.job is not None and found.is_working and try_again(found.job):
        messages.success(request, _("The work is queued again and goes on where it stopped."))
    else:
        messages.warning(request, _("Only failed or cancelled work can be queued again."))
    return redirect(found)


@require_GET
def refused_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as they were sent in, with why, to be corrected and sent in again. Each fetch is recorded."""
    found = _own(request, pk)
    try:
        content = refusals.workbook_of(found)
    except FileRefused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    record_access(request.user, "ledger_refusals", found, ledger=found.kind)
    return workbook_answer(content, f"{found.file_name.rpartition('.')[0] or found.file_name}-{_('refused')}")


@require_http_methods(["GET", "POST"])
def ledger_fetch(request: HttpRequest, kind: str) -> HttpResponse:
    """A year's ledger in its own columns; numbers in full only with the permission, and a reason."""
    return fetching.fetch(request, kind)


def _one(request: HttpRequest, pk: int) -> LedgerImport:
    visible = LedgerImport.objects.visible_to(request.user, clock_today()).select_related("job", "cells", "by")
    found = visible.defer("cells__body", "cells__wrapped_key").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _may_steer(request: HttpRequest, found: LedgerImport) -> bool:
    """Whether the person stops the import's work and lets it go on: one's own, or the undoing in another's place."""
    today = clock_today()
    in_place = found.status == S.UNDOING and may_undo_in_place(found, request.user, today)
    return in_place or found.may_be_worked_on(request.user, today)


def _steered(request: HttpRequest, pk: int) -> LedgerImport:
    found = _one(request, pk)
    return found if _may_steer(request, found) else _own(request, pk)


def _own(request: HttpRequest, pk: int) -> LedgerImport:
    found = _one(request, pk)
    if not found.may_be_worked_on(request.user, clock_today()):
        raise PermissionDenied(_("Only who sent it in works on an import."))
    return found
