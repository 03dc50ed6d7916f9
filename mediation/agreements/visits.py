"""When return visits fall due: the office's own rhythm. No statute sets one (dossier §1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.outbox import NoticeKind, declare, tell_all, telling_of
from casemgr.cases.models import Case
from casemgr.pages.dates import long_date
from mediation.agreements.standing import obligations_of
from mediation.models import Agreement, Obligation, Visit
from mediation.terms import ObligationKind

AFTER_DUE = timedelta(days=7)
AFTER_EFFECT = timedelta(days=30)
CATCH_UP = 7
"""Nights without a sweep whose visits are still told of."""
DUE = "mediation.visit_due"
EFFECT, PERFORMANCE = pgettext_lazy("visit", "after the effect"), pgettext_lazy("visit", "after a day of performance")
BATCH = 500
HANDLERS = ("mediator", "committee", "town")


@dataclass(frozen=True)
class VisitDue:
    """One visit the office wants: `since` is the day it is about, `on` the day by which it is made."""

    since: date
    on: date
    why: str
    made_on: date | None = None


def is_at_risk(case: Case) -> bool:
    """Such cases are visited without exception."""
    return bool(case.facts.risk_flags or case.facts.is_complex or case.risks.exists())


def is_drawn(case: Case) -> bool:
    """Whether the case is among the share the office visits (`VISIT_SHARE`): by its number, the same every day."""
    return case.pk * 2_654_435_761 % 2**32 * 100 < settings.VISIT_SHARE * 2**32


def is_visited(case: Case) -> bool:
    """Every case at risk, of the others the share."""
    return settings.VISIT_SHARE >= 100 or is_drawn(case) or is_at_risk(case)


def visits_due(
    agreement: Agreement, obligations: Sequence[Obligation], visits: Iterable[Visit], at_risk: bool
) -> list[VisitDue]:
    """Seven days after each day of performance, thirty after the effect where something was left to do or to fear.

    A visit made on or after the day it is about answers it, and so one visit may answer several.
    """
    if agreement.effective_on is None:
        return []
    made = sorted(visit.visited_on for visit in visits)
    days = sorted({one.due_on for one in obligations if one.due_on and one.kind != ObligationKind.REFRAIN})
    wanted = [(day, day + AFTER_DUE, PERFORMANCE) for day in days]
    left_open = any(one.done_on != agreement.effective_on for one in obligations)
    if at_risk or left_open:
        wanted.append((agreement.effective_on, agreement.effective_on + AFTER_EFFECT, EFFECT))
    found = [
        VisitDue(since, on, str(why), next((day for day in made if day >= since), None)) for since, on, why in wanted
    ]
    return sorted(found, key=lambda due: due.on)


def visits_of(case: Case, agreement: Agreement | None) -> list[VisitDue]:
    """The visits the case wants, made or not."""
    if agreement is None or not is_visited(case):
        return []
    return visits_due(agreement, obligations_of(agreement), case.visits.all(), is_at_risk(case))


def _text(data: Any) -> str:
    words = {"case": data["case"], "day": long_date(date.fromisoformat(data["since"]))}
    return _("%(case)s: a return visit is due (about %(day)s; the office's own rhythm, no statutory period).") % words


NOTICE = NoticeKind(DUE, gettext_lazy("Return visit due"), _text)
declare(NOTICE)


def tell_visits(on: date) -> int:
    """Tell the handlers whose visits fall due; a visit is told of once. For the nightly sweep."""
    told = 0
    first = on - timedelta(days=CATCH_UP)
    for agreement, since in _falling_due(first, on):
        case = agreement.case
        if case.lead_handler_id is None or not is_visited(case):
            continue
        once = f"visit:{case.pk}:{agreement.round}:{since}"
        tell_all([telling_of(DUE, [case.lead_handler_id], subject=case, once=once, case=case.number,
                             since=since.isoformat())])  # fmt: skip
        told += 1
    return told


def _falling_due(first: date, last: date) -> Iterable[tuple[Agreement, date]]:
    """Agreements in effect with the day their unmade visit is about, whose own day lies within."""
    visited = Visit.objects.filter(case_id=OuterRef("case_id"), visited_on__gte=OuterRef("effective_on"))
    rows = Agreement.objects.filter(
        Q(obligations__isnull=False) | ~Q(case__mediation_facts__risk_flags=[]),
        status=Agreement.Status.EFFECTIVE,
        effective_on__gt=first - AFTER_EFFECT,
        effective_on__lte=last - AFTER_EFFECT,
    )
    for agreement in rows.filter(~Exists(visited)).distinct().select_related("case").iterator(chunk_size=BATCH):
        yield agreement, agreement.effective_on
    seen = Visit.objects.filter(case_id=OuterRef("agreement__case_id"), visited_on__gte=OuterRef("due_on"))
    owed = Obligation.objects.filter(
        agreement__status=Agreement.Status.EFFECTIVE, due_on__gt=first - AFTER_DUE, due_on__lte=last - AFTER_DUE
    ).exclude(kind=ObligationKind.REFRAIN)
    found = owed.filter(~Exists(seen)).select_related("agreement__case").iterator(chunk_size=BATCH)
    told: set[tuple[int, date]] = set()
    for one in found:
        if (one.agreement_id, one.due_on) not in told:
            told.add((one.agreement_id, one.due_on))
            yield one.agreement, one.due_on


def waiting_visits(user: Any, today: date, most: int = 12) -> list[tuple[Case, date]]:
    """The person's own cases whose visits are due, the oldest first; for the work list."""
    if getattr(user, "pk", None) is None:
        return []
    first = today - timedelta(days=90)
    seen = Visit.objects.filter(case_id=OuterRef("agreement__case_id"), visited_on__gte=OuterRef("due_on"))
    owed = Obligation.objects.filter(
        agreement__status=Agreement.Status.EFFECTIVE,
        agreement__case__lead_handler_id=user.pk,
        due_on__gt=first,
        due_on__lte=today - AFTER_DUE,
    )
    owed = owed.exclude(kind=ObligationKind.REFRAIN).exclude(agreement__case__stage="archived")
    found: dict[int, tuple[Case, date]] = {}
    for one in owed.filter(~Exists(seen)).select_related("agreement__case").order_by("due_on", "pk")[: most * 4]:
        found.setdefault(one.agreement.case_id, (one.agreement.case, one.due_on + AFTER_DUE))
    return [row for row in found.values() if is_visited(row[0])][:most]


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """The work list's section; empty, without a query, for who works on no disputes."""
    if not user.role_codes(today).intersection(HANDLERS):
        return {"waiting": []}
    return {"waiting": waiting_visits(user, today), "today": today}
