"""When the same facts and reasons may not be brought again."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.cases.models import Case, Event
from reconsideration.terms import Outcome
from reconsideration.timelimits.laws import REGULATION_2026


def ended_by_withdrawal(cases: Collection[Case]) -> list[Case]:
    """Those whose same facts and reasons may not be brought again: ended by withdrawal upon settlement (art. 74(2)),
    until 30 June 2026 by any withdrawal (Implementing Regulation 2007, art. 38(2)). Closing the file changes nothing.
    """
    ended = {case.pk: case for case in cases if case.outcome == Outcome.TERMINATED}
    barred = Q(data__after_settlement=True) | Q(occurred_on__lt=REGULATION_2026.in_force[0])
    terms = Event.objects.filter(barred, case_id__in=ended, kind="terminated", data__ground="withdrawn")
    return [ended[pk] for pk in dict.fromkeys(terms.order_by("case_id").values_list("case_id", flat=True))]


def bar_note(numbers: Collection[str]) -> str:
    """What speaks against a later application; whether it is the same facts and reasons is for a person to judge."""
    return _(
        "Withdrawn with permission before: %(numbers)s. The same facts and reasons may not be brought again, "
        "unless the applicant proves that the withdrawal was against the true will (art. 74(2))."
    ) % {"numbers": "、".join(numbers)}


__all__ = ["bar_note", "ended_by_withdrawal"]
