"""Contacts of courts and procuratorates, joint meetings, and the decisions that are still open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from litigation.models import Contact, Decision, JointMeeting
from litigation.roles import demand_liaison

_require = today_for(demand_liaison)
CONTACTS = RecordPages(Contact, "contact_list", _require, enters="contact.enter")
MEETINGS = RecordPages(JointMeeting, "meeting_list", _require, enters="meeting.enter")
DECISIONS = RecordPages(Decision, "meeting_list", _require, joined=("meeting", "owner"))


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """Who is in office; `?show=ended` also who was."""
    today = _require(request)
    rows = Contact.objects.visible_to(request.user, today)
    shows_ended = request.GET.get("show") == "ended"
    context = CONTACTS.listed(request, rows if shows_ended else rows.filter(ended_on=None), ["organ", "pk"], today)
    return render(request, "litigation/cooperation/contacts.html", context | {"shows_ended": shows_ended})


contact_new = CONTACTS.new()


@require_safe
def contact_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    contact = one(request, Contact, pk, today)
    return render(
        request, "litigation/cooperation/contact.html", {"contact": contact, **steps(contact, request, today)}
    )


contact_action = CONTACTS.step()


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings, the newest first; `?show=open` the decisions that are not done, the next due first."""
    today = _require(request)
    shows_open = request.GET.get("show") == "open"
    open_ones = Decision.objects.visible_to(request.user, today).open().select_related("meeting", "owner")
    meetings = JointMeeting.objects.visible_to(request.user, today)
    rows, order = (open_ones, ["due_on", "pk"]) if shows_open else (meetings, ["-held_on", "-pk"])
    context = MEETINGS.listed(request, rows, order, today) | {"shows_open": shows_open}
    return render(request, "litigation/cooperation/meetings.html", context)


meeting_new = MEETINGS.new()


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


meeting_action = MEETINGS.step()


decision_action = DECISIONS.step()
