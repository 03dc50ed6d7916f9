"""Pages of hearings: the week, the lists, one hearing with what it lacks, free times."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.record_pages import action_page, steps, today_for
from casemgr.cases.visibility import visible_case
from casemgr.documents.responses import file_response
from casemgr.pages.pagination import capped_count, paginate
from reconsideration.case_records import demand_reconsideration
from reconsideration.hearings.docket import docket_pdf, hearings_on
from reconsideration.hearings.lacks import lacks, of_periods
from reconsideration.hearings.listing import SHOWN, joined, lines_of, listed
from reconsideration.hearings.notice_days import notice_days
from reconsideration.hearings.script import items_of, steps_of
from reconsideration.hearings.slot_page import slot_page
from reconsideration.hearings.week import week_of
from reconsideration.models import PROCEDURE, Hearing

ON_THE_CASE = ("change_hearing", "waive_hearing_notice", "hold_hearing", "forgo_hearing", "adjourn_hearing",
               "cancel_hearing")  # fmt: skip

ON_ITS_DAY = ("hold_hearing", "forgo_hearing", "adjourn_hearing")

_require = today_for(demand_reconsideration)


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


@require_safe
def hearing_week(request: HttpRequest) -> HttpResponse:
    """`?week=2026-12-07&by=person`: what is booked, by room or by person."""
    today = _require(request)
    by = "person" if request.GET.get("by") == "person" else "room"
    week = week_of(request.user, today, _day(request.GET.get("week", ""), today), by)
    return render(request, "reconsideration/hearings/week.html", {"week": week, "by": by, "today": today})


@require_safe
def hearing_list(request: HttpRequest) -> HttpResponse:
    today = _require(request)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "coming"
    order = ["-booking__starts_at", "-pk"] if shown == "held" else ["booking__starts_at", "pk"]
    page = paginate(joined(listed(request.user, today, shown)), order, request.GET)
    choices = [
        (code, label, None if code == "held" else capped_count(listed(request.user, today, code)))
        for code, label in SHOWN.items()
    ]
    context = {"page": page, "lines": lines_of(list(page), today), "shown": shown, "choices": choices}
    return render(request, "reconsideration/hearings/list.html", context)


@require_safe
def hearing_docket(request: HttpRequest, on: str) -> HttpResponse:
    """A day's hearings as PDF; `/2026-12-08/`."""
    today = _require(request)
    day = _day(on, date.min)
    if day == date.min:
        raise Http404
    content = docket_pdf(hearings_on(request.user, today, day), day, today)
    return file_response(content, "pdf", f"听证安排-{day.isoformat()}", download=False)


def one_hearing(request: HttpRequest, pk: int, today: date) -> Hearing:
    """:raises Http404: outside the person's reach. With panel, parties and the case as pages read it."""
    hearing = get_object_or_404(joined(Hearing.objects.visible_to(request.user, today)), pk=pk)
    hearing.case = visible_case(request.user, hearing.case_id, today)
    for row in hearing.parties.all():
        row.participation.case = hearing.case
    return hearing


@require_safe
def hearing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, panel, notice, what is missing, and the next steps."""
    today = _require(request)
    hearing = one_hearing(request, pk, today)
    case, parties, panel = hearing.case, list(hearing.parties.all()), list(hearing.panel.all())
    found = [*lacks(hearing, parties, panel, today), *of_periods(hearing, case.deadlines.all(), today)]
    days = notice_days(hearing.on, case.law_version)
    context = {
        "hearing": hearing,
        "case": case,
        "panel": panel,
        "parties": [(row, days.judge(row.notified_on) if days else "") for row in parties],
        "days": days,
        "lacks": found,
        "case_steps": _case_steps(hearing, request.user, today),
        "may_write": hearing.is_running and hearing.on <= today,
        "script": [(step, hearing.record.get(step.code)) for step in steps_of(parties) if step.kind == "text"],
        "items": items_of(hearing),
        "papers": case.documents.filter(kind__in=("hearing_notice", "hearing_record")).order_by("-pk")[:10],
        **steps(hearing, request, today),
    }
    return render(request, "reconsideration/hearings/detail.html", context)


def _case_steps(hearing: Hearing, user: Any, today: date) -> list[Any]:
    """Steps of the case that concern this hearing, where the person may take them now."""
    if not hearing.is_running:
        return []
    names = [name for name in ON_THE_CASE if hearing.on <= today or name not in ON_ITS_DAY]
    actions = [registry.get(f"{PROCEDURE}.{name}") for name in names]
    return [
        action
        for action in actions
        if action.is_permitted(hearing.case, user, today) and not registry.refusals(action, hearing.case, user, today)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one_hearing(request, pk, _require(request)), name, "hearing_list")


@require_safe
def hearing_slots(request: HttpRequest, pk: int) -> HttpResponse:
    """Free times for a hearing of this case that respect its periods."""
    today = _require(request)
    case = visible_case(request.user, pk, today)
    if case.procedure != PROCEDURE:
        raise Http404
    return slot_page(request, case, today)
