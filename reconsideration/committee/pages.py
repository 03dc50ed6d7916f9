"""The register of the committee's members."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from reconsideration.case_records import demand_reconsideration, seen_cases
from reconsideration.models import CommitteeMember, ConsultedMember

_require = today_for(demand_reconsideration)
MEMBERS = RecordPages(CommitteeMember, "committee_members", _require, enters="committee.appoint")


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members in office; `?show=all` also who was."""
    today = _require(request)
    rows = CommitteeMember.objects.visible_to(request.user, today)
    shows_all = request.GET.get("show") == "all"
    context = MEMBERS.listed(request, rows if shows_all else rows.in_term(today), ["name", "pk"], today)
    return render(request, "reconsideration/committee/members.html", context | {"shows_all": shows_all})


member_new = MEMBERS.new()


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


member_action = MEMBERS.step()
