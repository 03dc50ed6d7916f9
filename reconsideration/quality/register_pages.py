"""Pages of the office's own rules and forms, and of model cases."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import ModelCase, OfficeRule, ReconsiderationCase


def _require(request: HttpRequest) -> date:
    today = clock_today()
    demand_reconsideration(request.user, today)
    return today


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """In force today or later; `?show=all` also earlier versions."""
    today = _require(request)
    rows = OfficeRule.objects.visible_to(request.user, today).defer("text")
    shows_all = request.GET.get("show") == "all"
    current = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    context = {
        "page": paginate(rows if shows_all else current, ["title", "-edition", "pk"], request.GET),
        "shows_all": shows_all,
        "today": today,
        "may_enter": is_allowed(request, "office_rule.enter", None, today),
    }
    return render(request, "reconsideration/quality/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, "office_rule.enter", "office_rules", requires=_require)


@require_safe
def rule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    rule = one(request, OfficeRule, pk, today, "replaces", "replaced_by")
    known = registry.every()
    context = {
        "rule": rule,
        "newer": getattr(rule, "replaced_by", None),
        "steps_governed": [known[name].label for name in rule.steps if name in known],
        "today": today,
        **steps(rule, request, today),
    }
    return render(request, "reconsideration/quality/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, OfficeRule, pk, _require(request)), name, "office_rules")


@require_safe
def model_list(request: HttpRequest) -> HttpResponse:
    """Told without names: whoever works on reconsideration anywhere may learn from them."""
    today = _require(request)
    rows = ModelCase.objects.visible_to(request.user, today).filter(ended_on=None)
    context = {"page": paginate(rows, ["-marked_on", "-pk"], request.GET)}
    return render(request, "reconsideration/quality/models.html", context)


@require_safe
def model_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The link to the case stands there only for who may see it."""
    today = _require(request)
    told = one(request, ModelCase, pk, today)
    seen = ReconsiderationCase.objects.visible_to(request.user, today).filter(pk=told.case_id).first()
    context = {"told": told, "case": seen, **steps(told, request, today)}
    return render(request, "reconsideration/quality/model.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def model_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, ModelCase, pk, _require(request)), name, "model_cases")
