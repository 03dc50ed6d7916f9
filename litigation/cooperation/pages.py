"""Contacts of courts and procuratorates, joint meetings, and the decisions that are still open."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from litigation.models import Contact, Decision, JointMeeting
from litigation.roles import demand_liaison


def _require(request: HttpRequest) -> date:
    today = clock_today()
    demand_liaison(request.user, today)
    return today


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """Who is in office; `?show=ended` also who was."""
    today = _require(request)
    rows = Contact.objects.visible_to(request.user, today)
    shows_ended = request.GET.get("show") == "ended"
    context = {
        "page": paginate(rows if shows_ended else rows.filter(ended_on=None), ["organ", "pk"], request.GET),
        "shows_ended": shows_ended,
        "may_enter": is_allowed(request, "contact.enter", None, today),
    }
    return render(request, "litigation/cooperation/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, "contact.enter", "contact_list", requires=_require)


@require_safe
def contact_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    contact = one(request, Contact, pk, today)
    return render(
        request, "litigation/cooperation/contact.html", {"contact": contact, **steps(contact, request, today)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contact_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, Contact, pk, _require(request)), name, "contact_list")


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings, the newest first; `?show=open` the decisions that are not done, the next due first."""
    today = _require(request)
    shows_open = request.GET.get("show") == "open"
    open_ones = Decision.objects.visible_to(request.user, today).open().select_related("meeting", "owner")
    meetings = JointMeeting.objects.visible_to(request.user, today)
    context = {
        "page": paginate(open_ones, ["due_on", "pk"], request.GET) if shows_open
        else paginate(meetings, ["-held_on", "-pk"], request.GET),
        "shows_open": shows_open,
        "today": today,
        "may_enter": is_allowed(request, "meeting.enter", None, today),
    }  # fmt: skip
    return render(request, "litigation/cooperation/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, "meeting.enter", "meeting_list", requires=_require)


@require_safe
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A department sees what was given to it to do, not what the others were given."""
    today = _require(request)
    meeting = one(request, JointMeeting, pk, today)
    decisions = list(Decision.objects.visible_to(request.user, today).filter(meeting=meeting).select_related("owner"))
    for decision in decisions:
        decision.meeting = meeting
    context = {
        "meeting": meeting,
        "decisions": [(row, is_allowed(request, "decision.done", row, today) and not row.done_on) for row in decisions],
        "may_change": is_allowed(request, "meeting.decide", meeting, today),
        "today": today,
        **steps(meeting, request, today),
    }
    return render(request, "litigation/cooperation/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, JointMeeting, pk, _require(request)), name, "meeting_list")


@require_http_methods(["GET", "HEAD", "POST"])
def decision_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    decision = one(request, Decision, pk, _require(request), "meeting", "owner")
    return action_page(request, decision, name, "meeting_list")
