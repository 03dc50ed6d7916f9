"""A person's alerts, and the rules that raise them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.record_pages import action_page, new_page, one
from casemgr.boards.alerts.reading import shown
from casemgr.boards.alerts.watching import measure_of
from casemgr.boards.models import SETTING, Alert, AlertRule
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate


@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """The person's own, newest first, also those that are over."""
    today = clock_today()
    rows = Alert.objects.visible_to(request.user, today).select_related("rule")
    page = paginate(rows, ["-pk"], request.GET)
    return render(request, "boards/alerts.html", {"page": page, "alerts": shown(list(page)), "may_set": _sets(request)})


def _sets(request: HttpRequest) -> bool:
    return bool(request.user.role_codes(clock_today()).intersection(SETTING))


def _demand_setting(request: HttpRequest) -> date:
    """:raises PermissionDenied: rules are set by others."""
    if not _sets(request):
        raise PermissionDenied
    return clock_today()


@require_http_methods(["GET", "HEAD", "POST"])
def alert_note(request: HttpRequest, pk: int) -> HttpResponse:
    return action_page(request, one(request, Alert, pk, clock_today(), "rule"), "alert.note", "alert_list")


@require_safe
def alert_rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule, with what it watches and whom it tells."""
    today = _demand_setting(request)
    page = paginate(AlertRule.objects.visible_to(request.user, today), ["pk"], request.GET)
    rules = [(rule, measure_of(rule.watched)) for rule in page]
    return render(request, "boards/alert_rules.html", {"page": page, "rules": rules})


@require_http_methods(["GET", "HEAD", "POST"])
def alert_rule_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, "alert_rule.set", "alert_rule_list", requires=_demand_setting)


@require_http_methods(["GET", "HEAD", "POST"])
def alert_rule_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = one(request, AlertRule, pk, _demand_setting(request))
    return action_page(request, found, "alert_rule.change", "alert_rule_list")
