"""Who enforces against an applicant or third party that neither sues in time nor performs (art. 78)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Deadline, Participation
from casemgr.cases.procedure import Text
from reconsideration.aftermath.terms import Enforcer
from reconsideration.terms import Outcome

AGAINST = (Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY)
"""Whom art. 78 is about; the respondent is pressed (art. 77(2))."""


@dataclass(frozen=True)
class Route:
    """Proposed from the outcome. `note` where the article does not name the outcome and a person decides."""

    enforcer: Enforcer
    article: str
    note: Text = ""


ROUTES: dict[str, Route] = {
    Outcome.UPHELD: Route(Enforcer.ACTING_ORGAN, "78①"),
    Outcome.CHANGED: Route(Enforcer.AUTHORITY, "78②"),
    Outcome.MEDIATED: Route(Enforcer.AUTHORITY, "78③"),
    Outcome.REQUEST_REJECTED: Route(
        Enforcer.ACTING_ORGAN,
        "78①",
        _("The article names only the upheld act; after a rejected request the act stands as it was. Check it."),
    ),
    Outcome.PARTLY_ANNULLED: Route(
        Enforcer.ACTING_ORGAN,
        "78①",
        _("The article does not name partial annulment; what was not annulled stands. Check it."),
    ),
}
"""What remains of an annulled, illegal or void act binds no applicant: those outcomes have no route."""


def route_of(case: Case) -> Route | None:
    return ROUTES.get(case.outcome)


def silent_parties(case: Case, today: date) -> list[Participation]:
    """Applicants and third parties whose time to sue is over without suit; after a mediation paper, all of them."""
    parts = [part for part in case.participations.all() if part.role in AGAINST and part.left_on is None]
    if case.outcome == Outcome.MEDIATED:
        return parts
    clocks = {row.party_id: row for row in case.deadlines.all() if row.rule == "R-SUE15"}
    return [part for part in parts if part.party_id in clocks and _is_over(clocks[part.party_id], today)]


def _is_over(clock: Deadline, today: date) -> bool:
    is_unmet = clock.status in (Deadline.Status.OPEN, Deadline.Status.LAPSED)
    return is_unmet and clock.due_on is not None and clock.due_on < today


__all__ = ["AGAINST", "ROUTES", "Route", "route_of", "silent_parties"]
