"""The register of the committee's members."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from reconsideration.case_records import demand_reconsideration, seen_cases
from reconsideration.models import CommitteeMember, ConsultedMember


def _require(request: HttpRequest) -> date:
    today = clock_today()
    demand_reconsideration(request.user, today)
    return today


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members in office; `?show=all` also who was."""
    today = _require(request)
    rows = CommitteeMember.objects.visible_to(request.user, today)
    shows_all = request.GET.get("show") == "all"
    context = {
        "page": paginate(rows if shows_all else rows.in_term(today), ["name", "pk"], request.GET),
        "shows_all": shows_all,
        "today": today,
        "may_enter": is_allowed(request, "committee.appoint", None, today),
    }
    return render(request, "reconsideration/committee/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, "committee.appoint", "committee_members", requires=_require)


@require_safe
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The member, and at which consultations of cases the reader may see they took part or stood aside."""
    today = _require(request)
    member = one(request, CommitteeMember, pk, today)
    at = ConsultedMember.objects.filter(
        member=member, consultation__struck_on=None, consultation__case__in=seen_cases(request.user, today)
    )
    context = {
        "member": member,
        "today": today,
        "consulted": list(at.select_related("consultation__case").order_by("-consultation__held_on", "-pk")[:50]),
        **steps(member, request, today),
    }
    return render(request, "reconsideration/committee/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, CommitteeMember, pk, _require(request)), name, "committee_members")
