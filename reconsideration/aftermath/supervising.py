"""What is due of organs after decisions, across the cases a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case, Deadline
from casemgr.cases.procedure import Text
from casemgr.organisation.roles import RECONSIDERATION
from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate
from reconsideration.models import PROCEDURE

PERFORMANCE, LETTERS = ("R-PERF", "R-REDO"), ("R-OPIN",)
SHOWN: dict[str, Text] = {
    "overdue": pgettext_lazy("performance", "Overdue"),
    "due": pgettext_lazy("performance", "Still running"),
    "letters": gettext_lazy("Opinion letters awaiting a report"),
    "undated": pgettext_lazy("performance", "Without a day"),
}


@dataclass(frozen=True)
class Line:
    """One term that runs: of what, with whom, until when."""

    deadline: Deadline

    @property
    def case(self) -> Case:
        return self.deadline.case

    @property
    def rule(self) -> Text:
        return rule_name(self.deadline.rule, self.deadline.law)

    @property
    def what(self) -> str:
        data = self.deadline.root_event.data
        return data.get("duty") or data.get("text") or ""

    @property
    def whom(self) -> str:
        data = self.deadline.root_event.data
        party = self.deadline.party
        return data.get("debtor") or data.get("organ") or (party.name if party is not None else "")


def _cases(user: Any, today: date) -> QuerySet[Case]:
    return Case.objects.filter(procedure=PROCEDURE).visible_to(user, today)


def running(user: Any, today: date, rules: Iterable[str]) -> QuerySet[Deadline]:
    found = Deadline.objects.filter(status=Deadline.Status.OPEN, rule__in=list(rules), due_on__isnull=False)
    seen = found.filter(case__in=_cases(user, today).order_by().values("pk"))
    return seen.select_related("case", "root_event", "party")


def undated(user: Any, today: date) -> QuerySet[Case]:
    """Supervised, and nothing names a day."""
    clocks = Deadline.objects.filter(case=OuterRef("pk"), rule__in=PERFORMANCE, status=Deadline.Status.OPEN)
    return _cases(user, today).filter(~Exists(clocks), state="PERFORMING")


@require_safe
def performance_list(request: HttpRequest) -> HttpResponse:
    """What is overdue first; `?show=` due, letters, undated.

    :raises PermissionDenied: none of the person's roles sees reconsideration.
    """
    today = clock_today()
    if RECONSIDERATION not in scope(request.user, today).procedures:
        raise PermissionDenied(_("Your roles have nothing to do with reconsideration."))
    every = running(request.user, today, (*PERFORMANCE, *LETTERS))
    lists: dict[str, QuerySet] = {
        "overdue": every.filter(due_on__lt=today),
        "due": running(request.user, today, PERFORMANCE).filter(due_on__gte=today),
        "letters": running(request.user, today, LETTERS),
        "undated": undated(request.user, today),
    }
    asked = request.GET.get("show", "")
    shown = asked if asked in lists else "overdue"
    page = paginate(lists[shown], ["pk"] if shown == "undated" else ["due_on", "pk"], request.GET)
    context = {
        "page": page,
        "lines": [Line(row) for row in page] if shown != "undated" else [],
        "cases": list(page) if shown == "undated" else [],
        "shown": shown,
        "choices": [(code, label, capped_count(lists[code])) for code, label in SHOWN.items()],
        "today": today,
    }
    return render(request, "reconsideration/performance.html", context)


__all__ = ["performance_list", "running", "undated"]
