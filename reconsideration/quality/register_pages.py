"""Pages of the office's own rules and forms, and of model cases."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.actions import registry
from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from casemgr.pages.pagination import paginate
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import ModelCase, OfficeRule, ReconsiderationCase

_require = today_for(demand_reconsideration)
RULES = RecordPages(OfficeRule, "office_rules", _require, enters="office_rule.enter")
MODELS = RecordPages(ModelCase, "model_cases", _require)


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """In force today or later; `?show=all` also earlier versions."""
    today = _require(request)
    rows = OfficeRule.objects.visible_to(request.user, today).defer("text")
    shows_all = request.GET.get("show") == "all"
    current = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    context = RULES.listed(request, rows if shows_all else current, ["title", "-edition", "pk"], today)
    return render(request, "reconsideration/quality/rules.html", context | {"shows_all": shows_all})


rule_new = RULES.new()


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


rule_action = RULES.step()


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


model_action = MODELS.step()
