"""Pages of publications inside the office."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import blank, is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps, today_for
from casemgr.documents.files import FileDamaged
from casemgr.documents.models import Document
from casemgr.documents.responses import damaged_page
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from reconsideration.models import Publication
from reconsideration.openness.publications.papers import publish_by, visible_papers, waiting_papers
from reconsideration.openness.publications.sheet import Sheet
from reconsideration.openness.roles import demand_reconsideration
from reconsideration.openness.states import PublicationState

JOINED = ("case", "document", "document__case", "proposed_by", "approved_by", "published_by")

_require = today_for(demand_reconsideration)


@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """Publications, the newest first; `?show=waiting` the papers in effect about which nothing is decided."""
    today = _require(request)
    shows = request.GET.get("show", "")
    if shows == "waiting":
        page = paginate(waiting_papers(request.user, today).select_related("case"), ["issued_on", "pk"], request.GET)
        for document in page:
            document.publish_by = publish_by(document.effective_on)
    else:
        rows = Publication.objects.visible_to(request.user, today).select_related("document", "case", "paper")
        if shows in PublicationState.values:
            rows = rows.filter(state=shows)
        page = paginate(rows, ["-pk"], request.GET)
    context = {"page": page, "shows": shows, "states": PublicationState.choices, "today": today}
    return render(request, "openness/publications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publication_new(request: HttpRequest) -> HttpResponse:
    """`?document=17`; `?case=5` finds its last paper that can be published. `?decline` records that it is not."""
    today = _require(request)
    document = _asked(request, today)
    name = "publication.decline" if "decline" in request.GET else "publication.propose"
    initial = {"document": document.pk} if document else {}
    return new_page(request, name, "publication_list", initial, requires=_require, template="openness/propose.html")


def _asked(request: HttpRequest, today: date) -> Document | None:
    papers = visible_papers(request.user, today).order_by("-pk")
    if case := row_id(request.GET.get("case")):
        return papers.filter(case_id=case).first()
    return papers.filter(pk=row_id(request.GET.get("document")) or 0).first()


@require_safe
def publication_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side: the paper as issued with what is cut marked, and as the public would read it."""
    today = _require(request)
    publication = one(request, Publication, pk, today, *JOINED)
    context = {"publication": publication, **steps(publication, request, today)}
    context["others"] = [
        offer for offer in context["others"] if offer.action.name not in ("publication.judge", "publication.add")
    ]
    try:
        sheet = Sheet(publication)
        context |= {"rows": sheet.rows(), "lines": sheet.lines()}
    except FileDamaged:
        return damaged_page(request, reverse("publication_list"))
    is_open = publication.state == PublicationState.PROPOSED
    if is_open and is_allowed(request, "publication.judge", publication, today):
        context |= {"may_judge": True, "add_form": blank(request, "publication.add", publication, today)}
    context["unjudged"] = sum(not row.redaction.verdict for row in context["rows"])
    context["paper"] = getattr(publication, "paper", None)
    return render(request, "openness/publication.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publication_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    publication = one(request, Publication, pk, _require(request), *JOINED)
    try:
        return action_page(request, publication, name, "publication_list", "openness/step.html")
    except FileDamaged as error:
        raise Http404 from error
