"""Standing wording: what can be worded, what holds, what comes, what was; trying a draft on a sample case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.cases.models import Case
from casemgr.cases.visibility import visible_case
from casemgr.documents.approvals.differences import lines_between
from casemgr.documents.definition import preview
from casemgr.documents.responses import file_response
from casemgr.documents.wording.actions import WordingAction
from casemgr.documents.wording.known import Known, known_passages
from casemgr.documents.wording.models import Wording, WordingState
from casemgr.documents.wording.people import EDITORS, reaches_office
from casemgr.documents.wording.trial import Trial, try_on
from casemgr.documents.wording.versions import in_force
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id

PROPOSE, EDIT, TRY = "wording.propose", "wording.edit", "wording.try"
SAMPLES = 20
"""How many cases are offered as samples; any other is named by its number."""


def require_editor(request: HttpRequest) -> date:
    """Today, for those who may word papers."""
    today = clock_today()
    if not reaches_office(request.user, EDITORS, today):
        raise PermissionDenied(_("Standing wording is kept by the heads of the office and by administrators."))
    return today


@require_safe
def wording_list(request: HttpRequest) -> HttpResponse:
    """Every passage with what holds today and what is under way."""
    today = require_editor(request)
    rows = Wording.objects.exclude(state=WordingState.DROPPED).order_by("effective_on", "pk")
    holding: dict[str, Wording] = {}
    coming: dict[str, list[Wording]] = {}
    for row in rows:
        if row.state == WordingState.APPROVED and row.effective_on <= today:
            holding[row.passage] = row
        else:
            coming.setdefault(row.passage, []).append(row)
    passages = [
        (known, text_of_version(holding.get(code), known), holding.get(code), coming.get(code, ()))
        for code, known in known_passages().items()
    ]
    return render(request, "wording/list.html", {"passages": passages})


def text_of_version(version: Wording | None, known: Known) -> str:
    return (version.text if version else "") or known.passage.default


def _known(code: str) -> Known:
    if (known := known_passages().get(code)) is None:
        raise Http404
    return known


@require_safe
def wording_passage(request: HttpRequest, code: str) -> HttpResponse:
    """One passage: its versions, the newest first, each with what it changed."""
    today = require_editor(request)
    known = _known(code)
    versions = Wording.objects.filter(passage=code).select_related("author", "approver", "tried_case")
    page = paginate(versions, ["-effective_on", "-pk"], request.GET)
    context = {
        "known": known,
        "current": in_force(known.passage, today),
        "text": text_of_version(in_force(known.passage, today), known),
        "page": page,
        "versions": [(version, _changed_by(version, known)) for version in page],
        "draft": versions.filter(state=WordingState.DRAFT).first(),
    }
    return render(request, "wording/passage.html", context)


def _changed_by(version: Wording, known: Known) -> list:
    """The version against the one in force the day before it."""
    before = in_force(known.passage, version.effective_on - timedelta(days=1))
    return list(lines_between([text_of_version(before, known)], [text_of_version(version, known)]))


@require_http_methods(["GET", "HEAD", "POST"])
def wording_propose(request: HttpRequest, code: str) -> HttpResponse:
    """Draft a new wording, starting from the one in force."""
    today = require_editor(request)
    known = _known(code)
    if request.method == "POST":
        outcome = attempt(request, PROPOSE, None, today)
        if outcome.result is not None:
            messages.success(request, _("The draft is kept. Try it on a sample case next."))
            return redirect("wording_detail", outcome.result.pk)
        return _form(request, known, outcome.form, status=outcome.status, back=reverse("wording_passage", args=[code]))
    initial = {
        "passage_code": code,
        "text": text_of_version(in_force(known.passage, today), known),
        "effective_on": today + timedelta(days=1),
    }
    form = blank(request, PROPOSE, None, today, initial)
    return _form(request, known, form, back=reverse("wording_passage", args=[code]))


def _form(
    request: HttpRequest,
    known: Known,
    form: Any,
    *,
    back: str,
    status: int = 200,
    version: int | None = None,
    action: Any = None,
    refused: tuple = (),
) -> HttpResponse:
    context = {
        "known": known,
        "form": form,
        "back": back,
        "version": version,
        "action": action or registry.get(PROPOSE),
        "refused": refused,
        "shows_rules": action is None or action.name == EDIT,
    }
    return render(request, "wording/form.html", context, status=status)


@require_safe
def wording_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it changes, whether it was tried, and what can be done with it."""
    today = require_editor(request)
    wording = get_object_or_404(Wording.objects.select_related("author", "approver", "tried_by", "tried_case"), pk=pk)
    known = _known(wording.passage)
    visible = Case.objects.visible_to(request.user, today)
    offers = [offer for offer in registry.offers(wording, request.user, today) if offer.action.name != TRY]
    tried = wording.tried_case_id and visible.filter(pk=wording.tried_case_id).exists()
    context = {
        "wording": wording,
        "known": known,
        "lines": _changed_by(wording, known),
        "offers": offers,
        "main": next((offer for offer in offers if offer.is_possible and offer.action.primary), None),
        "tried_is_visible": tried,
        "is_own": wording.author_id == request.user.pk,
        "samples": _samples(known, visible) if wording.state == WordingState.DRAFT else [],
    }
    return render(request, "wording/detail.html", context)


def _samples(known: Known, visible: Any) -> list[Case]:
    """Cases to try it on: those that have such a paper first, then the latest."""
    kinds = [kind.code for kind in known.kinds]
    mine = visible.filter(procedure=known.procedure)
    with_paper = list(mine.filter(documents__kind__in=kinds).order_by("-pk").distinct()[:SAMPLES])
    if len(with_paper) < SAMPLES:
        rest = mine.exclude(pk__in=[case.pk for case in with_paper]).order_by("-pk")
        with_paper += rest[: SAMPLES - len(with_paper)]
    return with_paper


def _trial(request: HttpRequest, pk: int) -> tuple[Wording, Known, Case | None, Trial | None]:
    today = require_editor(request)
    wording = get_object_or_404(Wording, pk=pk)
    known = _known(wording.passage)
    case = None
    asked = row_id(request.GET.get("case", "").strip())
    if number := request.GET.get("number", "").strip():
        found = Case.objects.visible_to(request.user, today).filter(procedure=known.procedure, number=number)
        asked = found.values_list("pk", flat=True).first()
    if asked is not None:
        case = visible_case(request.user, asked, today)
        if case.procedure != known.procedure:
            raise Http404
    if case is None:
        return wording, known, None, None
    code = request.GET.get("kind") or _likely_kind(known, case)
    kind = next((kind for kind in known.kinds if kind.code == code), None)
    if kind is None:
        raise Http404
    return wording, known, case, try_on(wording, kind, case, request.user)


def _likely_kind(known: Known, case: Case) -> str:
    """A kind that the case has a paper of, or that could be drafted now; else the first."""
    codes = [kind.code for kind in known.kinds]
    has = case.documents.filter(kind__in=codes).order_by("-pk").values_list("kind", flat=True).first()
    return has or next((kind.code for kind in known.kinds if case.state in kind.states), codes[0])


@require_http_methods(["GET", "HEAD", "POST"])
def wording_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of a case in both wordings; keeping the trial is what approval asks for."""
    wording, known, case, trial = _trial(request, pk)
    today = clock_today()
    if request.method == "POST":
        outcome = attempt(request, TRY, wording, today)
        if outcome.result is not None:
            messages.success(request, _("The trial is kept with the draft."))
        else:
            messages.error(request, " ".join(str(e) for errors in outcome.form.errors.values() for e in errors))
        return redirect("wording_detail", pk)
    context = {
        "wording": wording,
        "known": known,
        "case": case,
        "trial": trial,
        "is_unknown": case is None and bool(request.GET.get("number")),
        "may_keep": wording.state == WordingState.DRAFT and is_allowed(request, TRY, wording, today),
    }
    return render(request, "wording/trial.html", context)


@require_safe
def wording_trial_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample paper in the new wording as PDF, with the watermark of a draft."""
    _wording, _known_passage, _case, trial = _trial(request, pk)
    if trial is None:
        raise Http404
    return file_response(preview(trial.after), "pdf", f"试用-{trial.kind.title}", download=False)


@require_http_methods(["GET", "HEAD", "POST"])
def wording_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Change, approve or drop a wording."""
    today = require_editor(request)
    wording = get_object_or_404(Wording, pk=pk)
    action = registry.every().get(name)
    if not isinstance(action, WordingAction) or name == TRY:
        raise Http404
    if not action.is_permitted(wording, request.user, today):
        raise PermissionDenied(action.forbidden_message(wording, request.user, today))
    known, back = _known(wording.passage), reverse("wording_detail", args=[pk])
    if request.method == "POST":
        outcome = attempt(request, name, wording, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect(back)
        given = {"status": outcome.status, "version": outcome.version, "back": back, "action": action}
        return _form(request, known, outcome.form, **given)
    refused = tuple(registry.refusals(action, wording, request.user, today))
    form = None if refused else blank(request, name, wording, today, action.form_values(wording, None))
    status = 409 if refused else 200
    return _form(
        request, known, form, back=back, status=status, version=wording.version, action=action, refused=refused
    )
