"""Reading the risks of escalation: which are open, which wait for their report, and what was prevented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.cases.rows import Mark
from casemgr.organisation.roles import roles_for
from casemgr.organisation.scope import scope
from mediation.models import PROCEDURE, MediationCase, Risk
from mediation.terms import Prevented

SHOWN = 20


def open_risk() -> Exists:
    return Exists(Risk.objects.filter(case=OuterRef("pk"), ended_on__isnull=True))


MARK = Mark("risk", gettext_lazy("May escalate"), open_risk)
"""Shown beside the case in every list."""


def open_risks(case: MediationCase) -> list[Risk]:
    return [risk for risk in case.risks.all() if risk.ended_on is None]


def unreported(case: MediationCase) -> list[Risk]:
    return [risk for risk in open_risks(case) if risk.state == Risk.State.LIKELY]


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """For the first page of whoever sees mediation: open risks of the scope, those not reported yet first."""
    if not scope(user, today).has_role(roles_for(PROCEDURE), procedure=PROCEDURE):
        return {"risks": []}
    visible = Case.objects.visible_to(user, today).filter(procedure=PROCEDURE).order_by().values("pk")
    rows = Risk.objects.filter(ended_on__isnull=True, case_id__in=visible).select_related("case__unit")
    return {"risks": list(rows.order_by("state", "noticed_at", "pk")[:SHOWN])}


@dataclass(frozen=True)
class Effect:
    """One prevention effect, as table M-1 counts it."""

    cases: int
    people: int


def prevented(cases: QuerySet, since: date, until: date) -> dict[str, Effect]:
    """Of these cases, what was prevented in the days `since` to `until`: a case counts once per effect, its people all.

    One query. A risk that escalated is none that was prevented.
    """
    rows = Risk.objects.filter(
        case_id__in=cases.order_by().values("pk"), state=Risk.State.RESOLVED, ended_on__range=(since, until)
    )
    found = rows.order_by().values("kind").annotate(cases=Count("case", distinct=True), heads=Sum("people"))
    known = {row["kind"]: Effect(row["cases"], row["heads"]) for row in found}
    return {kind: known.get(kind, Effect(0, 0)) for kind in Prevented.values}
