"""The papers shared with a mediation organisation: their text with numbers masked, and nothing else of the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.cases.models import Referral
from casemgr.documents.references import resolve
from casemgr.pages.clock import today as clock_today
from casemgr.pages.masking import without_numbers
from reconsideration.models import MediationHelp


def _help_of(referral: Referral) -> MediationHelp | None:
    rows = MediationHelp.objects.filter(referral_id=referral.pk)
    return rows.prefetch_related("papers__document__case__participations__party").first()


def is_open(referral: Referral) -> bool:
    """Read by the organisation once it has taken the help on and its mediator has signed for secrecy."""
    return bool(referral.extra.get("secrecy")) and referral.answered_on is not None


def referral_links(referral: Referral, user: Any, today: date) -> Iterator[tuple[str, str]]:
    """On the referral's page, for both sides."""
    if referral.dock == "reconsideration" and is_open(referral):
        yield _("Papers shared by the reconsideration office"), reverse("help_papers", args=[referral.pk])


@require_safe
def help_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every look is recorded."""
    referral = Referral.objects.visible_to(request.user, clock_today()).filter(pk=pk).first()
    help = _help_of(referral) if referral is not None and is_open(referral) else None
    if help is None:
        raise Http404
    papers = []
    for shared in help.papers.all():
        document = shared.document
        parts = list(document.case.participations.all())
        lines = [resolve(line, parts) for part in document.sections for line in part["paragraphs"]]
        papers.append((document, [without_numbers(line) for line in lines]))
    record_access(request.user, "shared_papers_read", referral, rows=len(papers))
    context = {"referral": referral, "help": help, "papers": papers}
    return render(request, "reconsideration/helping/papers.html", context)
