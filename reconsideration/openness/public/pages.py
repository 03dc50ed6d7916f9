"""What everybody may read without logging in: the same for all, so it is drawn seldom and handed out often."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.documents.files import FileDamaged
from casemgr.documents.rendering import parts
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from reconsideration.hearings.announcements import announced_hearings
from reconsideration.models import PublicYear, PublishedPaper
from reconsideration.openness.public import guide
from reconsideration.openness.public.caching import same_for_everybody
from reconsideration.openness.public.figures import OTHERS
from reconsideration.openness.public.forms import SearchForm
from reconsideration.openness.publications.making import text_of
from reconsideration.openness.states import PublicationState
from reconsideration.terms import Outcome

NEWEST = 5
PAGE = 20
MOST_WORDS = 4


@login_not_required
@require_safe
@same_for_everybody
def public_home(request: HttpRequest) -> HttpResponse:
    papers = PublishedPaper.objects.public().order_by("-decided_on", "-pk").defer("content", "plain")
    context = {"papers": named(papers[:NEWEST]), "hearings": announced_hearings(clock_today(), NEWEST)}
    return render(request, "public/home.html", context)


@login_not_required
@require_safe
@same_for_everybody
def public_decisions(request: HttpRequest) -> HttpResponse:
    """Published decisions, the newest first, without ever counting them."""
    form = SearchForm(request.GET or None, today=clock_today())
    rows = found(form, request) if form.is_bound else PublishedPaper.objects.public()
    page = paginate(rows.defer("content", "plain"), ["-decided_on", "-pk"], request.GET, size=PAGE)
    named(page)
    asked = any(request.GET.get(name) for name in form.fields)
    return render(request, "public/decisions.html", {"form": form, "page": page, "is_search": asked})


def found(form: SearchForm, request: HttpRequest) -> QuerySet[PublishedPaper]:
    """Entries that are not valid narrow nothing."""
    form.is_valid()
    data = {name: value for name, value in form.cleaned_data.items() if value}
    rows = PublishedPaper.objects.public()
    for word in data.get("q", "").split()[:MOST_WORDS]:
        rows = rows.filter(plain__icontains=word)
    if "respondent" in data:
        rows = rows.filter(respondent__icontains=data["respondent"].strip())
    return rows.filter(**{name: data[name] for name in ("year", "area", "outcome") if name in data})


def named(papers):
    """With the outcome in words."""
    labels = dict(Outcome.choices)
    papers = list(papers)
    for paper in papers:
        paper.outcome_label = labels.get(paper.outcome, "")
    return papers


@login_not_required
@require_safe
@same_for_everybody
def public_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision; of one that was withdrawn only that it was, with 410."""
    paper = _paper(pk)
    if paper.publication.state != PublicationState.PUBLISHED:
        return render(request, "public/withdrawn.html", status=410)
    (paper,) = named([paper])
    context = {"paper": paper, "parts": list(parts(text_of(paper)))}
    return render(request, "public/decision.html", context)


@login_not_required
@require_safe
@same_for_everybody
def public_decision_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF. Its name is the number of the publication, nothing of the case."""
    paper = _paper(pk)
    if paper.publication.state != PublicationState.PUBLISHED:
        return render(request, "public/withdrawn.html", status=410)
    try:
        response = HttpResponse(paper.pdf(), content_type="application/pdf")
    except FileDamaged as error:
        raise Http404 from error
    return response


def _paper(pk: int) -> PublishedPaper:
    found_one = PublishedPaper.objects.select_related("publication").filter(pk=pk).first()
    if found_one is None:
        raise Http404
    return found_one


@login_not_required
@require_safe
@same_for_everybody
def public_figures(request: HttpRequest) -> HttpResponse:
    """As counted by night; the newest year first."""
    labels = {**dict(Outcome.choices), OTHERS: ""}
    years = []
    for row in PublicYear.objects.order_by("-year"):
        told = dict(row.figures)
        told["outcomes"] = [(labels.get(code, code), count) for code, count in told.get("outcomes", [])]
        years.append({"year": row.year, "counted_on": row.counted_on, **told})
    return render(request, "public/figures.html", {"years": years})


@login_not_required
@require_safe
@same_for_everybody
def public_hearings(request: HttpRequest) -> HttpResponse:
    return render(request, "public/hearings.html", {"hearings": announced_hearings(clock_today())})


@login_not_required
@require_safe
@same_for_everybody
def public_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "public/guide.html", {"periods": guide.periods(clock_today())})
