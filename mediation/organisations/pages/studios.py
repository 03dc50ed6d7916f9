"""Pages of personal studios and the rules for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.pages.pagination import paginate
from mediation.models import Studio, StudioPolicy, StudioState
from mediation.organisations.open_cases import open_cases_of
from mediation.organisations.pages.shared import action_page, new_page, one, require_role, steps
from mediation.organisations.requirements import requirements
from mediation.organisations.studio_findings import studio_findings

DRAFT, SET_POLICY = "studio.draft", "studio_policy.set"
S = StudioState
COURSE = (S.DRAFT, S.SUBMITTED, S.TOWN_REVIEWED, S.APPROVED, S.ACTIVE)


@require_safe
def studio_list(request: HttpRequest) -> HttpResponse:
    """Studios within the person's reach, by town."""
    today = require_role(request)
    rows = Studio.objects.visible_to(request.user, today).select_related("town", "committee__unit", "name_giver")
    shown = request.GET.get("show", "living")
    if shown == "living":
        rows = rows.living()
    elif shown in S.values:
        rows = rows.filter(state=shown)
    if name := request.GET.get("q", "").strip():
        rows = rows.filter(full_name__contains=name)
    page = paginate(rows, ["town__path", "pk"], request.GET)
    for studio in page:
        studio.findings = studio_findings(studio, today)
    context = {
        "page": page,
        "shown": shown,
        "states": S.choices,
        "asked": request.GET,
        "may_draft": is_allowed(request, DRAFT, None, today),
    }
    return render(request, "mediation/organisations/studio_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def studio_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, DRAFT, "studio_list")


@require_safe
def studio_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One studio: its course, conditions, people, filings and findings."""
    today = require_role(request)
    studio = one(request, Studio, pk, today, "town", "committee__unit", "name_giver", "unit")
    context = {
        "studio": studio,
        "findings": studio_findings(studio, today),
        "requirements": requirements(studio, studio.applied_on or today),
        "course": _course(studio),
        "members": studio.members.select_related("mediator"),
        "periods": studio.periods.all(),
        "reviews": studio.reviews.all(),
        "grades": studio.grades.order_by("-from_on", "-pk"),
        "filings": studio.filings.order_by("-happened_on", "-pk"),
        "open_cases": open_cases_of(studio).count(),
        **steps(studio, request, today),
    }
    return render(request, "mediation/organisations/studio.html", context)


def _course(studio: Studio) -> list[tuple[str, str]]:
    """Label and mark (done, now or nothing) of each step on the way to work."""
    if studio.state in (S.CANCELLED, S.REFUSED):
        return []
    place = COURSE.index(S.ACTIVE if studio.state == S.SUSPENDED else S(studio.state))
    mark = {True: "done", False: ""}
    return [
        (state.label, "now" if number == place and state != S.ACTIVE else mark[number <= place])
        for number, state in enumerate(COURSE)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def studio_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    studio = one(request, Studio, pk, today, "town", "committee__unit", "name_giver", "unit")
    return action_page(request, studio, name, "studio_list")


@require_safe
def studio_policy_list(request: HttpRequest) -> HttpResponse:
    """The rules for studios: those in force, those before and those to come."""
    today = require_role(request)
    page = paginate(StudioPolicy.objects.all(), ["-effective_on", "pk"], request.GET)
    context = {
        "page": page,
        "current": StudioPolicy.objects.on(today),
        "may_set": is_allowed(request, SET_POLICY, None, today),
    }
    return render(request, "mediation/organisations/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def studio_policy_new(request: HttpRequest) -> HttpResponse:
    today = require_role(request)
    current = StudioPolicy.objects.on(today)
    names = [field.name for field in StudioPolicy._meta.fields if field.name not in ("id", "effective_on", "version")]
    initial = {name: getattr(current, name) for name in names if getattr(current, name) is not None}
    return new_page(request, SET_POLICY, "studio_policy_list", initial)
