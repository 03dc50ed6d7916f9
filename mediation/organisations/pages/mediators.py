"""Pages of mediators and the roster for publication."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.organisation.office import office_on
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from casemgr.pages.sheets.writing import Sheet, workbook, workbook_answer
from mediation.models import Committee, Engagement, Grade, Mediator
from mediation.organisations.actions.base import units_of
from mediation.organisations.pages.shared import action_page, new_page, one, require_role, steps
from mediation.organisations.permission import COMMITTEE, reaches
from mediation.organisations.roster import MEDIATOR_HEADINGS, ORGANISATION_HEADINGS, mediator_lines, organisation_lines

REGISTER = "mediator.register"


@require_safe
def mediator_list(request: HttpRequest) -> HttpResponse:
    """Mediators within the person's reach: name, committee, grade; nothing personal besides."""
    today = require_role(request)
    rows = Mediator.objects.visible_to(request.user, today)
    shown = request.GET.get("show", "active")
    if shown == "active":
        rows = rows.active_on(today)
    if name := request.GET.get("q", "").strip():
        rows = rows.filter(name__contains=name)
    page = paginate(rows, ["name", "pk"], request.GET)
    _add_engagements(page, today)
    context = {
        "page": page,
        "shown": shown,
        "asked": request.GET,
        "may_register": is_allowed(request, REGISTER, None, today),
    }
    return render(request, "mediation/organisations/mediator_list.html", context)


def _add_engagements(page: Any, today) -> None:
    rows = {mediator.pk: mediator for mediator in page}
    for mediator in rows.values():
        mediator.engaged, mediator.graded = [], []
    engaged = Engagement.objects.in_force(today).filter(mediator__in=rows).select_related("committee__unit")
    for row in engaged.order_by("pk"):
        rows[row.mediator_id].engaged.append(row)
    for grade in Grade.objects.in_force(today).filter(mediator__in=rows):
        rows[grade.mediator_id].graded.append(grade)


@require_http_methods(["GET", "HEAD", "POST"])
def mediator_new(request: HttpRequest) -> HttpResponse:
    given = row_id(request.GET.get("committee"))
    initial = {"committee": given} if given is not None else None
    return new_page(request, REGISTER, "mediator_list", initial)


@require_safe
def mediator_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mediator. What is counted of the person is shown only to those who keep the entry."""
    today = require_role(request)
    mediator = one(request, Mediator, pk, today, "user")
    years = range(today.year, today.year - 3, -1)
    context = {
        "mediator": mediator,
        "engagements": mediator.engagements.select_related("committee__unit").order_by("-from_on", "-pk"),
        "grades": mediator.grades.order_by("-from_on", "-pk"),
        "trainings": mediator.trainings.all()[:20],
        "hours": [(year, mediator.training_hours(year)) for year in years],
        "sanctions": mediator.sanctions.select_related("committee__unit"),
        "studios": mediator.studios_named.all(),
        "is_salaried": mediator.is_salaried(today),
        "keeps": reaches(request.user, COMMITTEE, units_of(mediator), today),
        **steps(mediator, request, today),
    }
    return render(request, "mediation/organisations/mediator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mediator_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    return action_page(request, one(request, Mediator, pk, today), name, "mediator_list")


@require_safe
def mediator_roster(request: HttpRequest) -> HttpResponse:
    """The roster of organisations and mediators for publication: of the whole banner, for everybody in mediation."""
    today = require_role(request)
    organisations, mediators = organisation_lines(today), mediator_lines(today)
    if request.GET.get("format") == "xlsx":
        sheets = [
            Sheet("调解组织", ORGANISATION_HEADINGS, organisations),
            Sheet("人民调解员", MEDIATOR_HEADINGS, mediators),
        ]
        return workbook_answer(workbook(sheets), f"mediation-roster-{today.isoformat()}")
    context = {
        "organisations": organisations,
        "mediators": mediators,
        "office": office_on(today).office,
        "standing": Committee.objects.standing().count(),
        "headings": (
            (_("Name"), _("Kind"), _("Town or street"), _("Place"), _("Office telephone"), _("Specialities")),
            (_("Name"), _("Organisation"), _("Position"), _("Grade"), _("Specialities")),
        ),
    }
    return render(request, "mediation/organisations/roster.html", context)
