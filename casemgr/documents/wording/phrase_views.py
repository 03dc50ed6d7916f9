"""The office's phrases: list, add, change, retire."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions.performing import attempt, blank
from casemgr.cases.procedure import procedures
from casemgr.documents.kinds import kinds_of
from casemgr.documents.wording.models import Phrase
from casemgr.documents.wording.phrases import OWN
from casemgr.documents.wording.views import require_editor
from casemgr.pages.pagination import paginate

ADD, CHANGE, RETIRE = "wording.add_phrase", "wording.change_phrase", "wording.retire_phrase"


@require_safe
def phrase_list(request: HttpRequest) -> HttpResponse:
    """The office's phrases, those no longer offered last; and the program's own, which always stay."""
    require_editor(request)
    own = [*OWN, *(phrase for procedure in procedures() for phrase in procedure.extra.get("phrases", ()))]
    names = {code: kind.name for procedure in procedures() for code, kind in kinds_of(procedure.code).items()}
    page = paginate(Phrase.objects.all(), ["-is_offered", "part", "pk"], request.GET)
    for phrase in page:
        phrase.kind_name = names.get(phrase.kind, "")
    labels = dict(Phrase.Part.choices)
    context = {"page": page, "own": [(labels[part], names.get(kind, ""), text) for kind, part, text in own]}
    return render(request, "wording/phrases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase_add(request: HttpRequest) -> HttpResponse:
    """A new phrase."""
    today = require_editor(request)
    form, status = blank(request, ADD, None, today), 200
    if request.method == "POST":
        outcome = attempt(request, ADD, None, today)
        if outcome.result is not None:
            messages.success(request, _("The phrase is offered from now on."))
            return redirect("phrase_list")
        form, status = outcome.form, outcome.status
    return render(request, "wording/phrase.html", {"form": form, "phrase": None}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a phrase; its earlier wordings are listed."""
    today = require_editor(request)
    phrase = get_object_or_404(Phrase, pk=pk)
    initial = {name: getattr(phrase, name) for name in ("kind", "part", "text")}
    form, status, version = blank(request, CHANGE, phrase, today, initial), 200, phrase.version
    if request.method == "POST":
        outcome = attempt(request, CHANGE, phrase, today)
        if outcome.result is not None:
            messages.success(request, _("The phrase is changed."))
            return redirect("phrase_list")
        form, status, version = outcome.form, outcome.status, outcome.version
    earlier = phrase.history.order_by("-history_date", "-history_id")[:20]
    context = {"form": form, "phrase": phrase, "version": version, "earlier": earlier}
    return render(request, "wording/phrase.html", context, status=status)


@require_POST
def phrase_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a phrase no longer."""
    today = require_editor(request)
    outcome = attempt(request, RETIRE, get_object_or_404(Phrase, pk=pk), today)
    if outcome.result is not None:
        messages.success(request, _("The phrase is no longer offered."))
    return redirect("phrase_list")
